import type { ConnectionConfig, EngineConfig } from "../config/engine-config.js";
import type { Environment } from "../engine/connection-password.js";
import type { ScoringDialect } from "../engine/dialect.js";
import type { Definition } from "../segments/definition.js";
import type { NotRun, TargetRun, TargetTask } from "./target-task.js";

/** What a definition can be exported as. */
export type ExportTarget = "json" | "sql" | "typescript" | "pmml" | "onnx" | "dbt";

/** File name → content, as an export writes it. */
export type ExportedFiles = ReadonlyMap<string, string | Uint8Array>;

/** A system that can be handed a definition. */
export interface Target {
  /** As `segbook verify --targets` calls it: of SQL the dialect. */
  readonly name: string;
  readonly to: ExportTarget;
  /** SQL only. */
  readonly dialect?: ScoringDialect;
  /**
   * Writes the export.
   *
   * @param table - SQL and dbt: the features table; `schema.table` or `table`.
   * @param dialect - dbt: the database of the project; default DuckDB.
   * @throws InputError if the definition cannot be written for the target, such as a name that it cannot hold.
   */
  write(definition: Definition, table: string, dialect?: ScoringDialect): ExportedFiles;
  /** Runs what was written over the rows of a task; says why not where this machine cannot. */
  run(files: ExportedFiles, task: TargetTask, tools: TargetTools): Promise<TargetRun | NotRun>;
}

/** What a machine has to run targets with. Optional tools are looked for, never required. */
export interface TargetTools {
  /** Names databases (PGHOST, MYSQL_HOST, …) and tools (SEGBOOK_JPMML, SEGBOOK_DBT). */
  readonly environment: Environment;
  /** Databases that a workbook names: looked at where the environment names none of the kind. */
  readonly connections?: ReadonlyMap<string, ConnectionConfig>;
  /** The cluster that a workbook names. */
  readonly engine?: EngineConfig;
}

/** Name of the features table while a target is verified. */
export const verifiedTable = "customers_to_verify";

/** The text of the only file of an export. */
export function onlyText(files: ExportedFiles): string {
  const [content] = files.values();
  if (files.size !== 1 || typeof content !== "string")
    throw new Error(`onlyText: files must be one text, got ${files.size} files`);
  return content;
}
