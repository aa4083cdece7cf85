import { existsSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { InputError, RunError } from "../core/errors.js";
import { packageFile } from "../core/package-root.js";
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
import { runParameters } from "./run-parameters.js";
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
  tidiesUp: true,
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
      const runs = await runInto({ staging, notebooks }, input, surroundings);
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
  place: { readonly staging: string; readonly notebooks: readonly string[] },
  input: CommandInput,
  surroundings: Surroundings,
): Promise<readonly NotebookRun[]> {
  const { now, progress } = surroundings;
  const timeoutSeconds = input.count("timeout", 1);
  return runNotebooks(place.notebooks, {
    outputFolder: join(place.staging, "notebooks"),
    now,
    parameters: runParameters(place, input, surroundings),
    onProgress: (step) => progress(progressLine(step)),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  });
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
