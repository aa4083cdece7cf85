import { admits } from "./parameter-problem.js";
import { isListType, optionsOf, type ParameterType } from "./parameter-type.js";
import { readYaml } from "./parameter-yaml.js";

/**
 * The value that somebody meant who typed a text for a parameter of a type: what reads as a number, `true`, `null`, text in quotes,
 * a list or an object is taken as that if the type admits it, and as text otherwise. `a, b` is a list where the type is one.
 * What no reading makes fit comes back in its nearest reading, for its problem to be named.
 */
export function readText(text: string, type: ParameterType): unknown {
  const read = readStructured(text.trim());
  if (read !== undefined && admits(type, read)) return read;
  if (!/^\s*\[/.test(text)) {
    const list = readBareList(text, type);
    if (list !== undefined) return list;
  }
  return admits(type, text) || read === undefined ? text : read;
}

/** The parts of a text between the commas that stand outside quotes and brackets. */
export function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const piece of text.match(/"(?:[^"\\]|\\.)*"|[\s\S]/g) ?? []) {
    if (piece === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += piece;
    if ("[{(".includes(piece)) depth++;
    else if ("]})".includes(piece)) depth = Math.max(0, depth - 1);
  }
  return parts.map((part) => part.trim());
}

function readStructured(text: string): unknown {
  if (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return BigInt(text);
  if (/^[[{]/.test(text)) {
    const read = readYaml(text);
    return "value" in read ? read.value : undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readBareList(text: string, type: ParameterType): unknown {
  if (!isListType(type) || text.trim() === "") return undefined;
  const parts = splitAtCommas(text);
  for (const option of optionsOf(type)) {
    const itemAt = (i: number): ParameterType | undefined =>
      option.kind === "array" ? option.item : option.kind === "tuple" ? option.items[i] : undefined;
    const list = parts.map((part, i) => {
      const item = itemAt(i);
      return item === undefined ? undefined : readText(part, item);
    });
    if (admits(option, list)) return list;
  }
  return undefined;
}
