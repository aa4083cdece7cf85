import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { InputError, RunError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import { packageFile } from "../core/package-root.js";
import type { ParameterValue } from "../notebook/parameter-type.js";
import type { GivenParameters, ParameterText } from "../notebook/parameter-values.js";
import { inspectNotebook } from "../notebook/parameters.js";
import { createStagingFolder, discardStagingFolder, publishFolder } from "../notebook/publish-folder.js";
import {
  describeFailure,
  type NotebookRun,
  type RunProgress,
  runNotebooks,
} from "../notebook/run-notebooks.js";
import { definitionId } from "../segments/define-segments.js";
import type { Workbook } from "../workbook/open-workbook.js";
import { notebooksIn } from "./clean.js";
import type { Command, CommandInput, Surroundings } from "./command.js";
import { writeRunReport } from "./run-report.js";
import { openGivenWorkbook, workbookFile } from "./workbook-paths.js";

/** `segbook run`: notebooks in, one folder with report, executed copies and artefacts out. */
export const run: Command = {
  name: "run",
  summary: "run notebooks and write the report",
  usage:
    "segbook run [NOTEBOOK…] [--workbook FILE] [--data DIR] [-p name=value]… [--parameters F.yaml] [--output DIR] [--timeout S]",
  example: "segbook run notebooks/03-find-segments.ipynb -p clusterCount=5",
  options: {
    parameter: {
      type: "string",
      short: "p",
      multiple: true,
      help: "name=value (also -p), may be repeated",
    },
    parameters: { type: "string", help: "a YAML or JSON file of parameters; -p wins over it" },
    output: { type: "string", help: "the run's folder (default reports/<workbook>-<as-of date>)" },
    timeout: { type: "string", help: "longest time for one cell, in seconds" },
  },
  positionals: [0, Number.MAX_SAFE_INTEGER],
  async run(input, surroundings) {
    const started = surroundings.now();
    const notebooks = chosenNotebooks(input, surroundings);
    // Opened here first: a fault in the workbook or its sources is the user's input (exit 2), not a notebook's failure.
    const book = await openGivenWorkbook(input, surroundings);
    book.close();
    const output = outputFolder(input, surroundings, book);
    const staging = createStagingFolder(output);
    try {
      const runs = await runInto(staging, notebooks, input, surroundings);
      surroundings.signal.throwIfAborted();
      const seconds = Math.round(surroundings.now() - started) / 1000;
      const failed = runs.find((one) => one.failed !== undefined);
      writeRunReport(staging, { book, runs, seconds, workbook: basename(workbookFile(input, surroundings)) });
      // A failed run is kept beside the last good one, never in its place.
      const final = failed ? `${output}-failed` : output;
      publishFolder(staging, final);
      if (failed) throw failureOf(failed, relative(surroundings.folder, final));
      return outcomeOf(runs, relative(surroundings.folder, final) || ".", seconds);
    } finally {
      discardStagingFolder(staging);
    }
  },
};

function chosenNotebooks(input: CommandInput, { folder }: Surroundings): string[] {
  if (input.positionals.length > 0)
    return input.positionals.map((file) => {
      const path = resolve(folder, file);
      if (!existsSync(path)) throw new InputError(`run: notebook must exist, got ${JSON.stringify(file)}`);
      return path;
    });
  const own = join(folder, "notebooks");
  return notebooksIn(existsSync(own) ? own : packageFile("notebooks"));
}

function outputFolder(input: CommandInput, { folder }: Surroundings, { config }: Workbook): string {
  const given = input.text("output");
  return given === undefined
    ? resolve(folder, "reports", `${definitionId(config.name)}-${config.asOf}`)
    : resolve(folder, given);
}

function runInto(
  staging: string,
  notebooks: readonly string[],
  input: CommandInput,
  surroundings: Surroundings,
): Promise<readonly NotebookRun[]> {
  const { now, progress, folder } = surroundings;
  const timeoutSeconds = input.count("timeout", 1);
  const data = input.text("data");
  // Paths are given relative to the notebooks, so that an executed copy names no machine.
  const seen = (path: string): string => relative(dirname(notebooks[0]!), path) || ".";
  const ours = new Map<string, ParameterValue>([
    ["workbook", seen(workbookFile(input, surroundings))],
    ["outputFolder", seen(staging)],
    ["dataFolder", data === undefined ? "" : seen(resolve(folder, data))],
  ]);
  const declared = new Set(notebooks.flatMap((file) => inspectNotebook(file).map(({ name }) => name)));
  const parameters: GivenParameters = new Map<string, ParameterValue | ParameterText>([
    ...[...ours].filter(([name]) => declared.has(name)),
    ...fileParameters(input, folder),
    ...typedParameters(input),
  ]);
  return runNotebooks(notebooks, {
    outputFolder: join(staging, "notebooks"),
    now,
    parameters,
    onProgress: (step) => progress(progressLine(step)),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  });
}

function typedParameters(input: CommandInput): [string, ParameterText][] {
  return input.list("parameter").map((word) => {
    const cut = word.indexOf("=");
    if (cut < 1) throw new InputError(`run: -p must be name=value, got ${JSON.stringify(word)}`);
    return [word.slice(0, cut), { text: word.slice(cut + 1) }];
  });
}

function fileParameters(input: CommandInput, folder: string): [string, ParameterValue][] {
  const file = input.text("parameters");
  if (file === undefined) return [];
  const values = parseParameters(resolve(folder, file));
  if (typeof values !== "object" || values === null || Array.isArray(values))
    throw new InputError(`run: --parameters must hold name: value lines, got ${JSON.stringify(values)}`);
  return Object.entries(values) as [string, ParameterValue][];
}

function parseParameters(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"), { prettyErrors: false });
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw new InputError(`run: --parameters must be YAML, got "${error.message}" in ${path}`);
    throw fileError(error, {
      caller: "run",
      requirement: "--parameters must name a file that can be read",
      path,
    });
  }
}

function progressLine({
  notebook,
  notebookNumber,
  notebookCount,
  cellsDone,
  cellCount,
}: RunProgress): string {
  return `${notebookNumber}/${notebookCount} ${basename(notebook)}: ${cellsDone} of ${cellCount} cells`;
}

function failureOf(run: NotebookRun, folder: string): RunError {
  return new RunError(
    `run: ${describeFailure(run)}\nThe executed copies are in ${folder}; the last good report is untouched.`,
  );
}

function outcomeOf(runs: readonly NotebookRun[], folder: string, seconds: number) {
  const notebooks = runs.map(({ file, cells, seconds: own, parameters }) => ({
    notebook: basename(file),
    cells,
    seconds: own,
    failedCell: null,
    parameters: Object.fromEntries(parameters),
  }));
  const lines = notebooks.map(
    ({ notebook, cells, seconds: own }) => `${notebook.padEnd(34)}${cells} cells ${own.toFixed(1)} s`,
  );
  return {
    document: { folder, report: join(folder, "index.html"), seconds, notebooks },
    text: `${lines.join("\n")}\n\nreport: ${join(folder, "index.html")} (${seconds.toFixed(1)} s in all)`,
    exitCode: 0 as const,
  };
}
