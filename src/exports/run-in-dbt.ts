import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../engine/connection-password.js";
import { openDuckDb } from "../engine/duckdb.js";
import { numberColumn, textColumn } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";
import { dbtNames } from "./dbt-project.js";
import { fillTable } from "./run-in-duckdb.js";
import { inNewFolder, type ProgramResult, runProgram } from "./run-program.js";
import { type ExportedFiles, verifiedTable } from "./target.js";
import type { NotRun, TargetRun, TargetTask } from "./target-task.js";

const toRun = "pip install dbt-duckdb and dbt-core, and put dbt on the PATH or name it in SEGBOOK_DBT";

/** Builds the files of a definition in a dbt project of their own on DuckDB: seed, model, contract and every test. */
export async function runInDbt(
  files: ExportedFiles,
  task: TargetTask,
  environment: Environment,
): Promise<TargetRun | NotRun> {
  const { SEGBOOK_DBT: dbt = "dbt", PATH } = environment;
  if (environment.SEGBOOK_DBT === undefined && PATH === undefined)
    return { notRun: "no dbt was named", toRun };
  return inNewFolder(async (folder) => {
    const { model } = dbtNames(task.definition, "duckdb", verifiedTable);
    for (const [path, content] of [...files, ...projectFiles(folder, model)]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    await writeRows(join(folder, "rows.parquet"), task);
    const quiet = { ...environment, DBT_SEND_ANONYMOUS_USAGE_STATS: "False", DO_NOT_TRACK: "1" };
    const words = [
      "--no-use-colors",
      "--no-version-check",
      "build",
      "--project-dir",
      folder,
      "--profiles-dir",
      folder,
    ];
    const result = await runProgram(dbt, words, { environment: quiet, folder });
    if (result === null) return { notRun: "there is no dbt", toRun };
    if (/could not find adapter type duckdb/i.test(result.output))
      return { notRun: "this dbt has no adapter for DuckDB", toRun };
    if (result.exitCode !== 0) throw new Error(`dbt build ended with ${faultIn(result)}`);
    return readAnswer(join(folder, "segments.parquet"), versionIn(result.output));
  });
}

/** Around the files of a definition: the project, a database in its folder, the rows to place, and a copy of the result. */
function projectFiles(folder: string, model: string): ReadonlyMap<string, string> {
  const copied = `COPY (SELECT customer_id, segment FROM {{ this }}) TO 'segments.parquet' (FORMAT parquet)`;
  return new Map([
    [
      "dbt_project.yml",
      `name: segbook_verification
version: "1.0.0"
profile: segbook
flags: { send_anonymous_usage_stats: false }
models:
  segbook_verification:
    ${model}:
      +post-hook: ${JSON.stringify(copied.replace("segments.parquet", () => join(folder, "segments.parquet").replaceAll("'", "''")))}
`,
    ],
    [
      "profiles.yml",
      `segbook:
  target: here
  outputs:
    here: { type: duckdb, path: ${JSON.stringify(join(folder, "verification.duckdb"))} }
`,
    ],
    [
      `models/${verifiedTable}.sql`,
      `SELECT * FROM read_parquet(${quoteText(join(folder, "rows.parquet"), "duckdb")})\n`,
    ],
  ]);
}

async function writeRows(path: string, task: TargetTask): Promise<void> {
  const engine = await openDuckDb();
  try {
    await fillTable(engine, task);
    await engine.run(`COPY ${verifiedTable} TO ${quoteText(path, "duckdb")} (FORMAT parquet)`);
  } finally {
    engine.close();
  }
}

async function readAnswer(path: string, engineVersion: string): Promise<TargetRun> {
  const engine = await openDuckDb();
  try {
    const answer = await engine.columns(
      `SELECT CAST(customer_id AS BIGINT) AS customer_id, segment FROM read_parquet(${quoteText(path, "duckdb")}) ORDER BY 1`,
    );
    return {
      rowNumbers: numberColumn(answer, "customer_id"),
      segments: textColumn(answer, "segment"),
      engineVersion,
    };
  } finally {
    engine.close();
  }
}

/** What dbt says when it starts: `Running with dbt=1.10.23`, `Registered adapter: duckdb=1.11.1`. */
function versionIn(output: string): string {
  const found = [/Running with (dbt=\S+)/, /Registered adapter: (\S+)/].map(
    (pattern) => pattern.exec(output)?.[1],
  );
  return found.filter(Boolean).join(", ") || "dbt";
}

/** The first error or failed test with the lines that explain it, without their times. */
function faultIn({ output, errors }: ProgramResult): string {
  const lines = `${output}\n${errors}`.split("\n").map((line) => line.replace(/^[\d:]+\s+/, "").trim());
  const first = lines.findIndex((line) => /^Encountered an error|^(Failure|.* Error) in /.test(line));
  return lines
    .slice(Math.max(0, first), first + 4)
    .filter(Boolean)
    .join(" ");
}
