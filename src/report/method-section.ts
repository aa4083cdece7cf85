import type { DisplayTable } from "../charts/figure.js";
import { escapeHtml } from "../core/escape-html.js";
import { countText, numberText } from "../core/number-text.js";
import { tableHtml } from "../notebook/table-html.js";
import { cleanHtml } from "./clean-html.js";
import { aside } from "./prose.js";
import type { DroppedRows, ReportAccount, ReportInput, RunFacts } from "./report-input.js";

/** Data and method: what was read and left out, how to run it again, what must not be concluded, what can be taken away. */
export function methodHtml(input: ReportInput): string {
  const { account, run, method = [], limits = [], privacy = [], files, kind } = input;
  const setAside = privacy.length === 0 ? [] : ["<h3>Privacy</h3>", limitsHtml(privacy)];
  if (kind === "notebooks")
    return [...setAside, runHtml(run), files.length === 0 ? "" : pageTable(filesTable(files))].join("\n");
  return [
    "<h3>What was read</h3>",
    account === undefined ? aside("No cleaning account was given.") : accountHtml(account),
    ...(method.length === 0 ? [] : ["<h3>How it was done</h3>", ...method.map(pageTable)]),
    ...(limits.length === 0 ? [] : ["<h3>Limits</h3>", limitsHtml(limits)]),
    ...setAside,
    "<h3>This run</h3>",
    runHtml(run),
    "<h3>Files to take away</h3>",
    files.length === 0 ? aside("No files were written beside this report.") : pageTable(filesTable(files)),
  ].join("\n");
}

function accountHtml(account: ReportAccount): string {
  const { customers, sources } = account;
  const sentence = `${countText(customers.kept)} of ${countText(customers.found)} customers were kept. Every row read is accounted for: kept, or left out for a reason.`;
  return [`<p>${sentence}</p>`, pageTable(sourcesTable(sources)), droppedHtml(account)].join("\n");
}

function sourcesTable(sources: ReportAccount["sources"]): DisplayTable {
  return {
    kind: "table",
    caption: "Rows by source",
    columns: [{ name: "Source" }, { name: "Rows read" }, { name: "Rows kept" }, { name: "Left out" }],
    rows: sources.map(({ name, rowsRead, rowsKept, dropped }) => [
      name,
      rowsRead,
      rowsKept,
      totalRows(dropped),
    ]),
  };
}

function droppedHtml({ sources, customers }: ReportAccount): string {
  const listed = [...sources, { name: "customers as a whole", dropped: customers.dropped }];
  const rows = listed.flatMap(({ name, dropped }) =>
    dropped.map(({ reason, rows }) => [name, reason.replaceAll("-", " "), rows] as const),
  );
  if (rows.length === 0) return aside("Nothing was left out.");
  return pageTable({
    kind: "table",
    caption: "Left out, and why",
    columns: [{ name: "Source" }, { name: "Reason" }, { name: "Rows" }],
    rows,
  });
}

function totalRows(dropped: readonly DroppedRows[]): number {
  return dropped.reduce((sum, { rows }) => sum + rows, 0);
}

function limitsHtml(limits: readonly string[]): string {
  return `<ul>${limits.map((limit) => `<li>${escapeHtml(limit)}</li>`).join("")}</ul>`;
}

function runHtml(run: RunFacts): string {
  const parameters = run.parameters.map(({ name, value }) => [name, valueText(value)] as const);
  const inputs = run.inputs.map(
    ({ name, sha256, bytes }) => [name, bytes === undefined ? "–" : sizeText(bytes), sha256] as const,
  );
  const versions = run.versions.map(({ name, version }) => [name, version] as const);
  return [
    run.seconds === undefined
      ? ""
      : `<p>It took ${numberText(run.seconds)} seconds. The same inputs, parameters and versions give the same result.</p>`,
    factsHtml("Parameters", ["Parameter", "Value"], parameters),
    factsHtml("Inputs", ["Input", "Size", "SHA-256"], inputs),
    factsHtml("Versions", ["Program", "Version"], versions),
  ].join("\n");
}

function factsHtml(caption: string, names: readonly string[], rows: DisplayTable["rows"]): string {
  if (rows.length === 0) return "";
  return pageTable({ kind: "table", caption, columns: names.map((name) => ({ name, align: "left" })), rows });
}

function filesTable(files: ReportInput["files"]): DisplayTable {
  return {
    kind: "table",
    caption: "Beside this report",
    columns: [{ name: "File" }, { name: "Size", align: "right" }],
    rows: files.map(({ name, bytes }) => [name, sizeText(bytes)]),
  };
}

function sizeText(bytes: number): string {
  if (bytes >= 1e6) return `${numberText(bytes / 1e6)} MB`;
  return bytes >= 1e3 ? `${numberText(bytes / 1e3)} kB` : `${bytes} bytes`;
}

/** A whole table under the page's policy, which has no place for style attributes. */
function pageTable(table: DisplayTable): string {
  return cleanHtml(tableHtml(table, Number.POSITIVE_INFINITY));
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "not set");
}
