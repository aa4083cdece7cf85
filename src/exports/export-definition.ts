import { checkChoice } from "../core/check.js";
import type { ScoringDialect } from "../engine/sql-text.js";
import type { Definition } from "../segments/definition.js";
import { definitionText } from "../segments/write-definition.js";
import type { ExportedFiles, ExportTarget, Target } from "./target.js";
import { targets } from "./targets.js";

/** How a definition is exported. */
export interface ExportOptions {
  readonly to: ExportTarget;
  /** Needed for SQL. */
  readonly dialect?: ScoringDialect;
  /** SQL and dbt: the features table, `schema.table` or `table`; default `customer_features`. */
  readonly table?: string;
}

/** File name → content of an export, holding no customer row. @see exportDefinition */
export function exportFiles(definition: Definition, options: ExportOptions): ExportedFiles {
  const { to, dialect, table = "customer_features" } = options;
  checkChoice("exportDefinition", "to", to, exportTargets);
  if (to === "json") return new Map([["definition.json", definitionText(definition)]]);
  const dialects = targets.flatMap((target) => target.dialect ?? []);
  if (to === "sql") checkChoice("exportDefinition", "dialect", dialect, dialects);
  const isAsked = (target: Target): boolean =>
    target.to === to && (to !== "sql" || target.dialect === dialect);
  return targets.find(isAsked)!.write(definition, table);
}

/** What `--to` takes, in the order of the help text. */
export const exportTargets: readonly ExportTarget[] = ["json", ...new Set(targets.map(({ to }) => to))];

/** An export that is one text. */
export type TextTarget = "json" | "sql" | "typescript" | "pmml";

/**
 * A definition as what another system runs, holding no customer row.
 *
 * `json` is the definition file itself. `sql` is one SELECT over a table with one row per customer, a key column called as in
 * the definition and one column per input; it returns customer_id, segment, segment_name, distance, runner_up, margin, and gives
 * every customer the segment that assignCustomers gives. `typescript` and `pmml` are text, `onnx` bytes, `dbt` several files.
 *
 * @throws InputError if the target or dialect is unknown, or a name cannot be written in it.
 */
export function exportDefinition(
  definition: Definition,
  options: ExportOptions & { readonly to: TextTarget },
): string;
export function exportDefinition(
  definition: Definition,
  options: ExportOptions & { readonly to: "onnx" },
): Uint8Array;
export function exportDefinition(
  definition: Definition,
  options: ExportOptions & { readonly to: "dbt" },
): ReadonlyMap<string, string>;
export function exportDefinition(
  definition: Definition,
  options: ExportOptions,
): string | Uint8Array | ExportedFiles;
export function exportDefinition(
  definition: Definition,
  options: ExportOptions,
): string | Uint8Array | ExportedFiles {
  const files = exportFiles(definition, options);
  const [content] = files.values();
  return options.to === "dbt" ? files : content!;
}
