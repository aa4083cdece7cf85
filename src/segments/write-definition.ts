import { writeFileAtomic } from "../core/write-atomic.js";
import type { Definition } from "./definition.js";

/** Writes a definition as JSON: the same definition gives the same bytes. Whole file or nothing. */
export function writeDefinition(path: string, definition: Definition): void {
  writeFileAtomic(path, definitionText(definition));
}

/** A definition as JSON for people: two spaces, lists of plain values on one line, members in the order of the type. */
export function definitionText(definition: Definition): string {
  return `${indented(definition, "")}\n`;
}

function indented(value: unknown, margin: string): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = `${margin}  `;
  if (!Array.isArray(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return bracketed(
      "{}",
      members.map(([key, member]) => `${JSON.stringify(key)}: ${indented(member, inner)}`),
      margin,
    );
  }
  const isPlain = value.every((item) => item === null || typeof item !== "object");
  if (isPlain) return `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
  return bracketed(
    "[]",
    value.map((item) => indented(item, inner)),
    margin,
  );
}

function bracketed(brackets: string, items: readonly string[], margin: string): string {
  const lines = items.map((item) => `${margin}  ${item}`).join(",\n");
  return `${brackets[0]}\n${lines}\n${margin}${brackets[1]}`;
}
