import { parseDocument } from "yaml";

/** A YAML or JSON text after reading: its value, or what is wrong with it and in which line. */
export type ReadYaml = { readonly value: unknown } | { readonly problem: string; readonly line: number };

/**
 * Reads YAML, of which JSON is a part, into plain values: a name given twice and an unknown tag are problems, days stay text,
 * and whole numbers that a number cannot hold exactly stay `bigint`.
 */
export function readYaml(text: string): ReadYaml {
  const document = parseDocument(text, { prettyErrors: false, intAsBigInt: true, stringKeys: true });
  const found = document.errors[0] ?? document.warnings[0];
  if (found !== undefined)
    return { problem: found.message.replace(/\.$/, ""), line: lineOf(text, found.pos[0]) };
  try {
    return { value: plain(document.toJS({ mapAsMap: true })) };
  } catch (error) {
    return { problem: (error as Error).message, line: 1 };
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  // YAML 1.1 reads a day as a moment.
  if (value instanceof Date) return value.toISOString().replace("T00:00:00.000Z", "");
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([name, item]) => [String(name), plain(item)]));
  return value;
}
