import type { CellValue, QueryColumn } from "./engine.js";

/** A column of an answer of Spark. */
export interface SparkColumn {
  readonly name: string;
  /** Number of the Thrift type, as in `TTypeId`. */
  readonly type: number;
}

/** Values of a column as Thrift brings them: under the name of their kind, with one bit per row that is NULL. */
export type ThriftColumn = Readonly<
  Record<string, { readonly values: readonly unknown[]; readonly nulls?: Buffer } | null | undefined>
>;

const type = { boolean: 0, tinyint: 1, smallint: 2, int: 3, bigint: 4, float: 5, double: 6, decimal: 15 };
const numericTypes: ReadonlySet<number> = new Set([
  type.tinyint,
  type.smallint,
  type.int,
  type.bigint,
  type.float,
  type.double,
  type.decimal,
]);

/** Cells of a column: whole numbers exact (as digits beyond 2^53), NaN and infinities as numbers, decimals and dates as text. */
export function cellsOf(column: ThriftColumn): CellValue[] {
  const filled = Object.values(column).find((part) => part !== null && part !== undefined);
  if (filled === undefined) return [];
  const { values, nulls } = filled;
  return values.map((value, i) => (isNull(nulls, i) ? null : cellOf(value)));
}

/** All cells of one column, told apart by the column's type; NULL is NaN among numbers. */
export function columnOfCells({ name, type: id }: SparkColumn, cells: readonly CellValue[]): QueryColumn {
  if (!numericTypes.has(id))
    return { kind: "text", name, values: cells.map((cell) => (cell === null ? null : String(cell))) };
  return {
    kind: "number",
    name,
    values: Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell))),
  };
}

function isNull(nulls: Buffer | undefined, row: number): boolean {
  return nulls !== undefined && ((nulls[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

/** 64-bit whole numbers come as eight bytes in a buffer. */
function cellOf(value: unknown): CellValue {
  if (typeof value !== "object" || value === null) return value as CellValue;
  if (Buffer.isBuffer(value)) return value.toString("hex");
  const { buffer, offset } = value as { readonly buffer: Buffer; readonly offset: number };
  const whole = Buffer.from(buffer).readBigInt64BE(offset);
  const near = Number(whole);
  return Number.isSafeInteger(near) ? near : String(whole);
}
