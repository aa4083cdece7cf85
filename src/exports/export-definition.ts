import { checkChoice } from "../core/check.js";
import { runnableDialects, type ScoringDialect } from "../engine/dialect.js";
import type { Definition } from "../segments/definition.js";
import { requireTotal } from "../segments/require-total.js";
import { definitionText } from "../segments/write-definition.js";
import { featureQuerySql, type SourceTables } from "./feature-query.js";
import { type Proof, proofLines } from "./proof.js";
import type { ExportedFiles, ExportTarget, Target } from "./target.js";
import { targets } from "./targets.js";

/** How a definition is exported. */
export interface ExportOptions {
  readonly to: ExportTarget;
  /** Needed for SQL; of a dbt project the database, default duckdb. */
  readonly dialect?: ScoringDialect;
  /** SQL and dbt: the features table, `schema.table` or `table`; default `customer_features`. */
  readonly table?: string;
  /** SQL of an engine that can be run: the whole query from these tables of sources, instead of one over a features table. */
  readonly sources?: SourceTables;
  /** What `verifyTargets` found; SQL and TypeScript carry it in their first lines. */
  readonly proof?: Proof;
}

/** File name → content of an export, holding no customer row; see {@link exportDefinition}. */
export function exportFiles(definition: Definition, options: ExportOptions): ExportedFiles {
  const { to, dialect, table = "customer_features", proof } = options;
  checkChoice("exportDefinition", "to", to, exportTargets);
  if (to === "json") return new Map([["definition.json", definitionText(definition)]]);
  const dialects = targets.flatMap((target) => target.dialect ?? []);
  if (to === "sql") checkChoice("exportDefinition", "dialect", dialect, dialects);
  const isAsked = (target: Target): boolean =>
    target.to === to && (to !== "sql" || target.dialect === dialect);
  if (definition.model.kind === "rules") requireTotal("exportDefinition", definition);
  const target = targets.find(isAsked)!;
  const files =
    options.sources === undefined
      ? target.write(definition, table, dialect)
      : new Map([["segments.sql", wholeQuery(definition, options)]]);
  return proof && proofSigns[to] ? withLines(files, proofLines(proof), proofSigns[to]) : files;
}

function wholeQuery(definition: Definition, { dialect, sources = new Map() }: ExportOptions): string {
  checkChoice("exportDefinition", "dialect (with sources)", dialect, runnableDialects);
  return featureQuerySql(definition, dialect, sources);
}

/** What begins a comment where the text may carry a proof. */
export const proofSigns: Partial<Record<ExportTarget, string>> = { sql: "--", typescript: "//" };

/** After the first line, which holds the fingerprint. */
function withLines(files: ExportedFiles, lines: readonly string[], sign: string): ExportedFiles {
  const text = lines.map((line) => `${sign} ${line}\n`).join("");
  return new Map(
    [...files].map(([name, content]) => [name, String(content).replace("\n", () => `\n${text}`)]),
  );
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
 * @throws InputError if the target or dialect is unknown, a name cannot be written in it, or rules have a hole that nobody
 * declared.
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
