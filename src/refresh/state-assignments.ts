import { rmSync } from "node:fs";
import { copyQuery } from "../engine/copy-query.js";
import type { Engine } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";
import type { Assignment } from "../segments/assign.js";
import type { Definition } from "../segments/definition.js";
import { type RefreshColumns, writeAssignments } from "../segments/write-assignments.js";

/** Columns of the assignments of a state. */
const types: readonly (readonly [name: string, type: "VARCHAR" | "DOUBLE" | "BOOLEAN"])[] = [
  ["customer_id", "VARCHAR"],
  ["segment", "VARCHAR"],
  ["segment_name", "VARCHAR"],
  ["distance", "DOUBLE"],
  ["runner_up", "VARCHAR"],
  ["margin", "DOUBLE"],
  ["nearest", "VARCHAR"],
  ["held", "BOOLEAN"],
  ["former", "VARCHAR"],
];

/** What {@link writeStateAssignments} writes. */
export interface AssignmentsToWrite {
  readonly definition: Definition;
  /** By the definition alone. */
  readonly assignment: Assignment;
  readonly refresh: RefreshColumns;
}

/**
 * Writes the assignments of a state as Parquet, in the order given: the columns of an assignments file, then `nearest`,
 * `held` and `former`. Whole file or nothing.
 */
export async function writeStateAssignments(
  engine: Engine,
  path: string,
  { definition, assignment, refresh }: AssignmentsToWrite,
): Promise<void> {
  const text = `${path}.csv`;
  const columns = types.map(([name, type]) => `'${name}': '${type}'`).join(", ");
  const sql = `SELECT * FROM read_csv(${quoteText(text, "duckdb")}, columns = {${columns}}, header = true, auto_detect = false,
    delim = ',', quote = '"', escape = '"', parallel = false, hive_partitioning = false)`;
  try {
    writeAssignments(text, definition, assignment, { refresh });
    await copyQuery(
      engine,
      { sql, columns: types.map(([name]) => name), path },
      { format: "parquet", inspect: async () => undefined },
    );
  } finally {
    rmSync(text, { force: true });
  }
}
