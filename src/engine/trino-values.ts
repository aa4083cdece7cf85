import type { CellValue, QueryColumn } from "./engine.js";

/** A column of an answer of Trino. */
export interface TrinoColumn {
  readonly name: string;
  /** As Trino writes it, such as `decimal(12,2)` or `timestamp(3)`. */
  readonly type: string;
}

const numericTypes: ReadonlySet<string> = new Set([
  "tinyint",
  "smallint",
  "integer",
  "bigint",
  "real",
  "double",
  "decimal",
]);

/**
 * What a value of JSON means in a column: whole numbers exact (as text beyond 2^53), `NaN` and `Infinity` as numbers, decimals,
 * dates and times as text, arrays, maps and rows as JSON.
 */
export function decoderOf({ type }: TrinoColumn): (value: unknown) => CellValue {
  switch (baseType(type)) {
    case "bigint":
      return orNull(exactInteger);
    case "double":
      return orNull(Number);
    case "real":
      return orNull((value) => Math.fround(Number(value)));
    default:
      return orNull((value) => (typeof value === "object" ? JSON.stringify(value) : (value as CellValue)));
  }
}

/** All values of one column, told apart by the column's type; NULL is NaN among numbers. */
export function columnOfValues(column: TrinoColumn, values: readonly CellValue[]): QueryColumn {
  const { name } = column;
  if (numericTypes.has(baseType(column.type))) {
    const numbers = Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
    return { kind: "number", name, values: numbers };
  }
  return { kind: "text", name, values: values.map((value) => (value === null ? null : String(value))) };
}

/** Pieces of one column put together, in order. */
export function joinColumns(pieces: readonly QueryColumn[]): QueryColumn {
  const [first] = pieces;
  if (first!.kind === "text")
    return { ...first!, values: pieces.flatMap((piece) => piece.values as readonly (string | null)[]) };
  const values = new Float64Array(pieces.reduce((length, piece) => length + piece.values.length, 0));
  let filled = 0;
  for (const piece of pieces) {
    values.set(piece.values as Float64Array, filled);
    filled += piece.values.length;
  }
  return { ...first!, values };
}

function baseType(type: string): string {
  return type.replace(/\(.*$/, "").toLowerCase();
}

function orNull(decode: (value: unknown) => CellValue): (value: unknown) => CellValue {
  return (value) => (value === null ? null : decode(value));
}

function exactInteger(value: unknown): CellValue {
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : String(value);
}
