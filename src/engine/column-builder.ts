import { DuckDBTypeId } from "@duckdb/node-api";
import type { ChunkColumn } from "./chunk-column.js";

/** The values of one column of a result. */
export type ColumnValues =
  | { readonly kind: "number"; readonly values: Float64Array }
  | { readonly kind: "text"; readonly values: readonly (string | null)[] };

/** Takes a column chunk by chunk. */
export interface ColumnBuilder {
  append(column: ChunkColumn): void;
  /** All values in one array; the builder must not be used any more. */
  finish(): ColumnValues;
}

/** Rows of a block: large enough that few are made, small enough that the last one wastes little. */
const blockLength = 1 << 18;

/** A builder of numbers or of text, as the type asks. */
export function columnBuilder(type: DuckDBTypeId): ColumnBuilder {
  if (!numericTypes.has(type)) return textBuilder();
  return numberBuilder(readers.get(type) ?? readItems);
}

/** Blocks instead of one array that grows: then memory never holds the column three times. */
function numberBuilder(read: NumberReader): ColumnBuilder {
  const blocks: Float64Array[] = [];
  let length = 0;
  return {
    append(column) {
      for (let done = 0; done < column.rowCount; ) {
        const at = length % blockLength;
        if (at === 0) blocks.push(new Float64Array(blockLength));
        const count = Math.min(column.rowCount - done, blockLength - at);
        read(column, { from: done, into: blocks.at(-1)!.subarray(at, at + count) });
        done += count;
        length += count;
      }
    },
    finish() {
      const values = new Float64Array(length);
      for (let at = 0; at < length; at += blockLength) {
        const block = blocks.shift()!;
        values.set(block.subarray(0, Math.min(blockLength, length - at)), at);
      }
      return { kind: "number", values };
    },
  };
}

function textBuilder(): ColumnBuilder {
  const values: (string | null)[] = [];
  return {
    append({ rowCount, item }) {
      for (let i = 0; i < rowCount; i++) {
        const value = item(i);
        values.push(value === null ? null : String(value));
      }
    },
    finish: () => ({ kind: "text", values }),
  };
}

/** Fills `into` with the values of the rows from `from` on; NULL becomes NaN. */
type NumberReader = (
  column: ChunkColumn,
  place: { readonly from: number; readonly into: Float64Array },
) => void;

interface Numbers extends ArrayLike<number> {
  subarray(from: number, to: number): ArrayLike<number>;
}

/** Reads numbers as the engine stores them; where a cell is NULL it stores anything. */
function readStored(bytesEach: number, numbersOf: (bytes: Uint8Array) => Numbers): NumberReader {
  return (column, { from, into }) => {
    into.set(numbersOf(column.bytes(bytesEach)).subarray(from, from + into.length));
    blankMissing(column, { from, into });
  };
}

/** A 64-bit number as its halves: high · 2³² is exact, so that the sum is rounded once. */
function readBigInts(highHalves: (bytes: Uint8Array) => ArrayLike<number>): NumberReader {
  return (column, { from, into }) => {
    const bytes = column.bytes(8);
    const low = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    const high = highHalves(bytes);
    for (let i = 0, at = 2 * from; i < into.length; i++, at += 2)
      into[i] = high[at + 1]! * 4294967296 + low[at]!;
    blankMissing(column, { from, into });
  };
}

function readItems(
  column: ChunkColumn,
  { from, into }: { readonly from: number; readonly into: Float64Array },
): void {
  for (let i = 0; i < into.length; i++) {
    const value = column.item(from + i);
    into[i] = value === null ? Number.NaN : Number(value);
  }
}

function blankMissing(
  { validity }: ChunkColumn,
  { from, into }: { readonly from: number; readonly into: Float64Array },
): void {
  if (validity === undefined) return;
  for (let i = 0, row = from; i < into.length; i++, row++)
    if ((validity[row >> 3]! & (1 << (row & 7))) === 0) into[i] = Number.NaN;
}

const readers: ReadonlyMap<DuckDBTypeId, NumberReader> = new Map([
  [
    DuckDBTypeId.DOUBLE,
    readStored(8, ({ buffer, byteOffset, length }) => new Float64Array(buffer, byteOffset, length / 8)),
  ],
  [
    DuckDBTypeId.FLOAT,
    readStored(4, ({ buffer, byteOffset, length }) => new Float32Array(buffer, byteOffset, length / 4)),
  ],
  [
    DuckDBTypeId.INTEGER,
    readStored(4, ({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length / 4)),
  ],
  [
    DuckDBTypeId.BIGINT,
    readBigInts(({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length / 4)),
  ],
  [
    DuckDBTypeId.UBIGINT,
    readBigInts(({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length / 4)),
  ],
]);

const numericTypes: ReadonlySet<DuckDBTypeId> = new Set([
  ...readers.keys(),
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.DECIMAL,
]);
