import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { packageFile } from "../core/package-root.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import type { ParameterValue } from "../notebook/parameter-type.js";
import type { NotebookRun } from "../notebook/run-notebooks.js";
import { renderReport } from "../report/render-report.js";
import type { RunFacts } from "../report/report-input.js";
import { featuresTable } from "../tables/feature-tables.js";
import type { Workbook } from "../workbook/open-workbook.js";

/** What a run leaves to be reported. */
export interface RunToReport {
  readonly book: Workbook;
  readonly runs: readonly NotebookRun[];
  readonly seconds: number;
  /** File name of the workbook. */
  readonly workbook: string;
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
  "Steadiness is not separateness: a slice of a continuum can come back every time. Segments are not compared with data without groups in this version.",
  "Shares of campaign response are what happened, not what the campaign caused: only a holdout shows that.",
];

/** Writes `index.html` and `run.json` into a run's folder. */
export function writeRunReport(folder: string, { book, runs, seconds, workbook }: RunToReport): void {
  const { config, account, features } = book;
  const facts: RunFacts = {
    parameters: distinctParameters(runs),
    inputs: account.sources.map(({ name, path, sha256 }) => ({
      name: `${name} (${basename(path)})`,
      sha256,
    })),
    versions: versions(),
    seconds,
  };
  const record = {
    workbook,
    asOf: config.asOf,
    ...facts,
    notebooks: runs.map(({ file, cells, seconds: own, parameters, failed }) => ({
      notebook: basename(file),
      cells,
      seconds: own,
      parameters: Object.fromEntries(tellingParameters(parameters)),
      failed: failed ?? null,
    })),
  };
  writeFileAtomic(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  const html = renderReport({
    title: config.name,
    notebooks: runs.map(({ executed }) => ({
      fileName: basename(executed),
      notebook: JSON.parse(readFileSync(executed, "utf8")),
    })),
    run: facts,
    account,
    method: [featuresTable(features)],
    limits,
    files: writtenFiles(folder),
  });
  writeFileAtomic(join(folder, "index.html"), html);
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
