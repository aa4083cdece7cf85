import type { DuckDBDataChunk, DuckDBValue, DuckDBVector } from "@duckdb/node-api";
import bindings from "@duckdb/node-bindings";

/** One column of a chunk of a result, as the engine stores it. */
export interface ChunkColumn {
  readonly rowCount: number;
  /** One bit per row, set where there is a value; absent: every row has one. */
  readonly validity: Uint8Array | undefined;
  /** The stored values, so many bytes each; slots of missing ones hold anything. Valid while the chunk is. */
  bytes(bytesEach: number): Uint8Array;
  /** One value; null where it is missing. */
  item(row: number): DuckDBValue;
}

/** A column of a chunk without a copy. */
export function chunkColumn(chunk: DuckDBDataChunk, index: number): ChunkColumn {
  const { rowCount } = chunk;
  const vector = bindings.data_chunk_get_vector(chunk.chunk, index);
  let readable: DuckDBVector | undefined;
  const validity = bindings.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8) as
    | Uint8Array
    | null
    | undefined;
  return {
    rowCount,
    validity: validity ?? undefined,
    bytes: (bytesEach) => bindings.vector_get_data(vector, rowCount * bytesEach),
    item(row) {
      readable ??= chunk.getColumnVector(index);
      return readable.getItem(row);
    },
  };
}
