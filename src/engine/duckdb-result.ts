import type { DuckDBResult, DuckDBValue } from "@duckdb/node-api";
import { chunkColumn } from "./chunk-column.js";
import { columnBuilder } from "./column-builder.js";
import type { CellValue, QueryColumn, QueryRow } from "./engine.js";

/** All rows of a result, one Map each. */
export async function readRows(result: DuckDBResult): Promise<QueryRow[]> {
  const names = result.columnNames();
  const rows = await result.getRows();
  return rows.map((row) => new Map(row.map((value, j) => [names[j]!, cellValue(value)])));
}

/** All columns of a result, read chunk by chunk as the engine stores them: numbers as Float64Array, everything else as text. */
export async function readColumns(result: DuckDBResult): Promise<QueryColumn[]> {
  const names = result.columnNames();
  const builders = names.map((_, j) => columnBuilder(result.columnTypeId(j)));
  let next = result.fetchChunk();
  for (let chunk = await next; chunk?.rowCount; chunk = await next) {
    // The engine works on the next one while this one is copied.
    next = result.fetchChunk();
    for (let j = 0; j < builders.length; j++) builders[j]!.append(chunkColumn(chunk, j));
  }
  return builders.map((builder, j) => ({ name: names[j]!, ...builder.finish() }));
}

function cellValue(value: DuckDBValue): CellValue {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "bigint") return String(value);
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : String(value);
}
