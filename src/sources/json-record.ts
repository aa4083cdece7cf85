import type { RecordFault } from "./csv-record.js";

/** A cell of a record: text as it stands in the file, null where there is nothing. */
export interface JsonCell {
  /** Path of the field: `address.city`. */
  readonly name: string;
  readonly text: string | null;
  readonly type: "text" | "number" | "word" | "list";
}

/** Objects within objects beyond this depth are left as text. */
const deepest = 20;

/**
 * The cells of a record, which must be a JSON object: numbers keep their digits, `null` is an empty cell, an object within becomes
 * fields with a dot in their name, a list stays JSON text.
 */
export function parseJsonRecord(text: string): JsonCell[] | RecordFault {
  if (!isObject(text)) return "broken-json";
  const cells: JsonCell[] = [];
  collectCells({ text, at: text.indexOf("{") }, cells, "");
  const names = new Set(cells.map(({ name }) => name));
  if (names.size < cells.length) return "repeated-field";
  if (cells.some((cell) => cell.text?.includes("\0"))) return "nul-byte";
  return cells.some((cell) => cell.text !== null && /\p{Surrogate}/u.test(cell.text))
    ? "invalid-encoding"
    : cells;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A place in a text that is known to be JSON. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** Collects the cells of the object at the cursor, which then stands after it. */
function collectCells(cursor: Cursor, cells: JsonCell[], prefix: string, depth: number = 1): void {
  cursor.at++;
  for (;;) {
    const next = skipTo(cursor, /["}]/g);
    if (next === "}") break;
    const name = prefix + (JSON.parse(takeText(cursor)) as string);
    skipTo(cursor, /[^\s:]/g);
    const first = cursor.text[cursor.at];
    if (first === "{" && depth < deepest) collectCells(cursor, cells, `${name}.`, depth + 1);
    else cells.push({ name, ...takeCell(cursor, first!) });
  }
  cursor.at++;
}

function takeCell(cursor: Cursor, first: string): Omit<JsonCell, "name"> {
  if (first === '"') return { text: JSON.parse(takeText(cursor)) as string, type: "text" };
  if (first === "[" || first === "{") return { text: takeNested(cursor), type: "list" };
  const start = cursor.at;
  skipTo(cursor, /[\s,}]/g);
  const text = cursor.text.slice(start, cursor.at);
  if (text === "null") return { text: null, type: "word" };
  return { text, type: text === "true" || text === "false" ? "word" : "number" };
}

/** Moves the cursor to the next character that fits. */
function skipTo(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  cursor.at = pattern.exec(cursor.text)!.index;
  return cursor.text[cursor.at]!;
}

/** The text in quotes at the cursor, quotes included. */
function takeText(cursor: Cursor): string {
  const start = cursor.at;
  let end = cursor.text.indexOf('"', start + 1);
  while (isEscaped(cursor.text, end)) end = cursor.text.indexOf('"', end + 1);
  cursor.at = end + 1;
  return cursor.text.slice(start, cursor.at);
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === "\\") first--;
  return (at - first) % 2 === 1;
}

function takeNested(cursor: Cursor): string {
  const start = cursor.at;
  let depth = 0;
  do {
    const next = skipTo(cursor, /["[\]{}]/g);
    if (next === '"') takeText(cursor);
    else {
      depth += next === "[" || next === "{" ? 1 : -1;
      cursor.at++;
    }
  } while (depth > 0);
  return cursor.text.slice(start, cursor.at);
}
