import { type DuckDBResult, DuckDBTypeId, type DuckDBValue } from "@duckdb/node-api";
import type { CellValue, QueryColumn, QueryRow } from "./engine.js";

/** All rows of a result, one Map each. */
export async function readRows(result: DuckDBResult): Promise<QueryRow[]> {
  const names = result.columnNames();
  const rows = await result.getRows();
  return rows.map((row) => new Map(row.map((value, j) => [names[j]!, cellValue(value)])));
}

/** All columns of a result, read chunk by chunk: numbers as Float64Array, everything else as text. */
export async function readColumns(result: DuckDBResult): Promise<QueryColumn[]> {
  const names = result.columnNames();
  const builders = names.map((_, j) =>
    numericTypes.has(result.columnTypeId(j)) ? numberBuilder() : textBuilder(),
  );
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    const { rowCount } = chunk;
    for (let j = 0; j < builders.length; j++) {
      const vector = chunk.getColumnVector(j);
      builders[j]!.append(rowCount, (i) => vector.getItem(i));
    }
  }
  return builders.map((builder, j) => ({ name: names[j]!, ...builder.finish() }));
}

type ColumnValues =
  | { readonly kind: "number"; readonly values: Float64Array }
  | { readonly kind: "text"; readonly values: readonly (string | null)[] };

interface ColumnBuilder {
  append(count: number, item: (index: number) => DuckDBValue): void;
  finish(): ColumnValues;
}

function numberBuilder(): ColumnBuilder {
  let values = new Float64Array(2048);
  let length = 0;
  return {
    append(count, item) {
      if (length + count > values.length) {
        const grown = new Float64Array(Math.max(2 * values.length, length + count));
        grown.set(values);
        values = grown;
      }
      for (let i = 0; i < count; i++) {
        const value = item(i);
        values[length++] = value === null ? Number.NaN : Number(value);
      }
    },
    finish: () => ({ kind: "number", values: values.slice(0, length) }),
  };
}

function textBuilder(): ColumnBuilder {
  const values: (string | null)[] = [];
  return {
    append(count, item) {
      for (let i = 0; i < count; i++) {
        const value = item(i);
        values.push(value === null ? null : String(value));
      }
    },
    finish: () => ({ kind: "text", values }),
  };
}

const numericTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
]);

function cellValue(value: DuckDBValue): CellValue {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "bigint") return String(value);
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : String(value);
}
