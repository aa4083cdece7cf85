import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { DisplayTable } from "../charts/figure.js";
import { packageFile } from "../core/package-root.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { leakLines, overrideSentences } from "../disclosure/check-texts.js";
import type { ParameterValue } from "../parameters/parameter-type.js";
import type { ReportInput, RunFacts } from "../report/report-input.js";
import { type WrittenReport, writeReport } from "../report/write-report.js";
import type { NotebookRun } from "../runner/notebook-run.js";
import type { Reuse } from "../runner/reuse-notebooks.js";
import { featuresTable } from "../tables/feature-tables.js";
import { searchTable } from "../tables/search-table.js";
import type { Workbook } from "../workbook/open-workbook.js";
import type { Surroundings } from "./command.js";
import { hasHistory, nothingChanged } from "./history-notebooks.js";
import { privacyOf } from "./privacy-option.js";
import type { RunSettings } from "./run-settings.js";
import { scanFolder } from "./scan-folder.js";

/** What a run leaves to be reported. */
export interface RunToReport {
  /** Absent: the notebooks are about no workbook. */
  readonly book: Workbook | undefined;
  /** Keys of the customers. */
  readonly keys: readonly string[];
  readonly title: string;
  readonly runs: readonly NotebookRun[];
  readonly seconds: number;
  readonly settings: RunSettings;
}

const reportedPackages = [
  "@duckdb/node-api",
  "tslab",
  "danfojs-node",
  "ml-kmeans",
  "simple-statistics",
  "plotly.js-cartesian-dist-min",
];

const limits: readonly string[] = [
  "Segments describe the customers of the as-of date; they do not say why customers behave as they do.",
  "Steadiness is not separateness: a slice of a continuum can come back every time. Only a natural segment has a gap around it that data without groups would not show.",
  "Shares of campaign response are what happened, not what the campaign caused: only a holdout shows that.",
];

/** Writes `index.html`, `run.json` and, where asked, `report.pdf` into a run's folder. */
export async function writeRunReport(
  folder: string,
  { book, keys, title, runs, seconds, settings }: RunToReport,
  environment: Surroundings["environment"],
): Promise<WrittenReport & { readonly leaks: readonly string[] }> {
  const privacy = privacyOf(book?.config.privacy, settings.allow);
  const facts: RunFacts = {
    parameters: distinctParameters(runs),
    inputs: (book?.account.sources ?? []).map(({ name, path, sha256 }) => ({
      name: `${name} (${basename(path)})`,
      sha256,
    })),
    versions: versions(),
    seconds,
  };
  const record = {
    workbook: book ? basename(book.config.file) : null,
    asOf: book?.config.asOf ?? null,
    privacy,
    ...facts,
    notebooks: runs.map(({ file, cells, seconds: own, parameters, failed, reuse }) => ({
      notebook: basename(file),
      cells,
      seconds: own,
      parameters: Object.fromEntries(tellingParameters(parameters)),
      failed: failed ?? null,
      ...(reuse && reuseRecord(reuse)),
    })),
  };
  writeFileAtomic(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  const input: ReportInput = {
    title,
    kind: book ? "workbook" : "notebooks",
    code: settings.code,
    notebooks: runs.map(({ executed, reuse }) => ({
      fileName: basename(executed),
      isReused: reuse?.isReused ?? false,
      notebook: JSON.parse(readFileSync(executed, "utf8")),
    })),
    run: facts,
    privacy: overrideSentences(privacy),
    ...(book && { account: book.account, method: methodTables(book), limits }),
    ...(book && !hasHistory(book.config) && { empties: new Map([["what-changed", nothingChanged]]) }),
    files: writtenFiles(folder),
  };
  const pdf = settings.hasPdf ? join(folder, "report.pdf") : undefined;
  const written = await writeReport(join(folder, "index.html"), input, { environment, pdf });
  const known = { keys, ...(book && { keyName: book.config.key }) };
  const isAllowed = privacy.allow.includes("personal-data");
  return { ...written, leaks: isAllowed ? [] : leakLines(scanFolder(folder, known)) };
}

function methodTables({ features, config }: Workbook): readonly DisplayTable[] {
  return [featuresTable(features), searchTable(config.segmentation)];
}

/** What the next run needs to know to take a notebook over. */
function reuseRecord({ isReused, because, inputs, ...kept }: Reuse): Record<string, unknown> {
  return { reused: isReused, because, inputs: inputs ?? null, ...kept };
}

/** Parameters that several notebooks share are named once. */
function distinctParameters(runs: readonly NotebookRun[]): RunFacts["parameters"] {
  const values = new Map(runs.flatMap(({ parameters }) => tellingParameters(parameters)));
  return [...values].map(([name, value]) => ({ name, value }));
}

/** Folders say nothing about the result, and the one that is written to has another name in each run. */
function tellingParameters(parameters: NotebookRun["parameters"]): [string, ParameterValue][] {
  return [...parameters].filter(([name]) => !["outputFolder", "dataFolder", "workbook"].includes(name));
}

function writtenFiles(folder: string): { name: string; bytes: number }[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => ({ name, bytes: statSync(join(folder, name)).size }));
}

/** Every dependency is pinned, so what was asked for is what ran. */
function versions(): RunFacts["versions"] {
  const { version, dependencies } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  return [
    { name: "segbook", version },
    { name: "Node", version: process.versions.node },
    ...reportedPackages.map((name) => ({ name, version: dependencies[name] as string })),
  ];
}
