import { readFileSync } from "node:fs";

/** Columns of a plain comma-separated file (no quotes in it), as text. */
export function csvColumns(file: string): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(file, "utf8").replace(/^\ufeff/, "");
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const rows = lines.map((line) => line.split(","));
  return new Map(header!.split(",").map((name, j) => [name, rows.map((row) => row[j]!)]));
}

/** Text as numbers; an empty field is missing. */
export function numbersOf(texts: readonly string[]): Float64Array {
  return Float64Array.from(texts, (text) => (text === "" ? Number.NaN : Number(text)));
}
