import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type CopyFormat, copyQuery } from "../engine/copy-query.js";
import { type DuckDbOptions, openDuckDb } from "../engine/duckdb.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { refuseEmpty } from "../sources/check-feature-file.js";
import { type OpenFeatureFile, openFeatureFile } from "../sources/open-feature-file.js";
import { type AssignmentPolicy, completePolicy } from "./assignment-policy.js";
import { type CellAccount, countCells } from "./count-cells.js";
import { definitionSql } from "./definition-sql.js";
import { type SkippedRows, settleRows } from "./settle-file-rows.js";

/** How a file is assigned. */
export interface AssignFileOptions
  extends Pick<DuckDbOptions, "threads" | "memoryLimitMb" | "signal" | "onProgress"> {
  readonly policy?: Partial<AssignmentPolicy>;
  /** The day, `YYYY-MM-DD`, from which rules count days; default: that of the definition. */
  readonly asOf?: string;
}

/** What was read and written: `rowsRead = rows + Σ skipped.rows`. */
export interface FileAssignment {
  readonly rowsRead: number;
  /** Rows written. */
  readonly rows: number;
  readonly segments: readonly { readonly key: string; readonly name: string; readonly rows: number }[];
  /** Rows in the fallback. */
  readonly unassigned: number;
  /** Rows left out, as the policy says. */
  readonly skipped: readonly SkippedRows[];
  /** Cells of written rows that hold nothing that can be used, and what became of them. */
  readonly cells: readonly CellAccount[];
  /** Columns of the file that the definition does not need. */
  readonly ignoredColumns: readonly string[];
}

const caller = "assignFile";
const defaultMemoryMb = 1000;
const outputColumns = ["customer_id", "segment", "segment_name", "distance", "runner_up", "margin"];
const customersView = "segbook_customers";

/**
 * Puts the customers of a file of any size into the segments of a definition and writes one row per customer, in the order of
 * the file: `customer_id, segment, segment_name, distance, runner_up, margin`.
 *
 * The same segments and the same text as `assignCustomers` and `writeAssignments`, at a memory that does not grow with the file.
 * The bytes do not depend on the number of threads. In Parquet the key keeps its type. An interrupted or failed run leaves
 * nothing behind.
 *
 * @param files - Input `.csv`, `.tsv` (also `.gz`) or `.parquet`, columns in any order; output `.csv` or `.parquet`.
 * @throws InputError if the file cannot be read as the definition needs it and the policy does not say what then.
 */
export async function assignFile(
  definition: Definition,
  { input, output }: { readonly input: string; readonly output: string },
  options: AssignFileOptions = {},
): Promise<FileAssignment> {
  const policy = completePolicy(caller, options.policy ?? {});
  const format = formatOf(output);
  const engine = await openDuckDb({ memoryLimitMb: defaultMemoryMb, ...options });
  try {
    const inputs = inputsOf(definition);
    const file = await openFeatureFile(engine, input, { key: definition.keyName, inputs });
    try {
      const rows = await settleRows(engine, file, policy);
      refuseEmpty(file, rows.read);
      const cells = await countCells(engine, definition, { file, policy, kept: rows.kept });
      const written = { ...file, definition: dated(definition, options.asOf), relation: cells.relation };
      const counts = await writeSegments(engine, written, { path: output, format });
      const known = new Set([definition.keyName, ...inputs.map(({ name }) => name)]);
      return {
        rowsRead: rows.read,
        ...countSegments(definition, counts),
        skipped: rows.skipped,
        cells: cells.accounts,
        ignoredColumns: file.names.filter((name) => !known.has(name)),
      };
    } finally {
      file.release();
    }
  } finally {
    engine.close();
  }
}

function formatOf(output: string): CopyFormat {
  const format = /\.(csv|parquet)$/i.exec(output)?.[1]?.toLowerCase();
  if (format === undefined)
    throw new InputError(`${caller}: output must end in .csv or .parquet, got ${describeValue(output)}`);
  return format as CopyFormat;
}

function dated(definition: Definition, asOf: string | undefined): Definition {
  return asOf === undefined ? definition : { ...definition, createdFor: asOf };
}

/** @returns Segment key → rows. */
async function writeSegments(
  engine: Engine,
  {
    definition,
    relation,
    checkUnchanged,
  }: Pick<OpenFeatureFile, "relation" | "checkUnchanged"> & { readonly definition: Definition },
  { path, format }: { readonly path: string; readonly format: CopyFormat },
): Promise<ReadonlyMap<string, number>> {
  const plain = withPlainNames(definition);
  const names = inputsOf(plain).map(({ name }, j) => `v${j} AS ${quoteIdentifier(name, "duckdb")}`);
  const key = `customer AS ${quoteIdentifier(plain.keyName, "duckdb")}`;
  await engine.run(
    `CREATE OR REPLACE TEMPORARY VIEW ${customersView} AS SELECT ${[key, ...names].join(", ")} FROM ${relation}`,
  );
  const sql = definitionSql(plain, "duckdb", customersView);
  const columns = outputColumns.map((name) =>
    format === "csv" && (name === "distance" || name === "margin") ? `${sixDecimals(name)} AS ${name}` : name,
  );
  const query = `SELECT ${columns.join(", ")} FROM (\n${sql})`;
  const copied = { sql: query, columns: outputColumns, path };
  return copyQuery(engine, copied, {
    format,
    async inspect(written) {
      checkUnchanged();
      const counted = await engine.rows(
        `SELECT segment, count(*) AS "rows" FROM ${written} GROUP BY segment`,
      );
      return new Map(counted.map((row) => [String(row.get("segment")), Number(row.get("rows"))]));
    },
  });
}

/**
 * A k-means definition reads its columns by position here, so that names which the database cannot hold, or not side by side,
 * do no harm.
 */
function withPlainNames(definition: Definition): Definition {
  if (definition.model.kind === "rules") return definition;
  const steps = definition.recipe.steps.map((step, j) => ({ ...step, feature: `v${j}` }));
  return { ...definition, keyName: "customer", recipe: { ...definition.recipe, steps } };
}

/** As JavaScript writes six decimals: halves go up. They are exact in a double only at odd multiples of 1/128. */
export function sixDecimals(name: string): string {
  const isHalf = `${name} * 128 = floor(${name} * 128)`;
  return `printf('%.6f', CASE WHEN ${isHalf} THEN ${name} + 1e-9 ELSE ${name} END)`;
}

function countSegments(
  { segments, fallback }: Definition,
  counts: ReadonlyMap<string, number>,
): Pick<FileAssignment, "rows" | "segments" | "unassigned"> {
  const rowsOf = (key: string): number => counts.get(key) ?? 0;
  return {
    rows: [...counts.values()].reduce((sum, rows) => sum + rows, 0),
    segments: segments.map(({ key, name }) => ({ key, name, rows: rowsOf(key) })),
    unassigned: rowsOf(fallback.key),
  };
}
