import { existsSync } from "node:fs";
import { join } from "node:path";
import { readWorkbook } from "../config/read-workbook.js";
import type { WorkbookConfig } from "../config/workbook-config.js";
import { type ClaimLedger, writeClaimLedger } from "../core/claim-ledger.js";
import type { Combination } from "../parameters/parameter-grid.js";
import type { Secrets } from "../parameters/parameter-values.js";
import { claimsOfRuns } from "../runner/claims-of-runs.js";
import type { NotebookRun } from "../runner/notebook-run.js";
import type { ReadNotebook } from "../runner/prepare-notebooks.js";
import { runNotebooks } from "../runner/run-notebooks.js";
import { customerKeys } from "../workbook/customer-keys.js";
import type { Workbook } from "../workbook/open-workbook.js";
import type { CommandInput, Surroundings } from "./command.js";
import { publishedClaims, runDataOf } from "./run-data.js";
import { runTitle } from "./run-output.js";
import { placeParameters } from "./run-parameters.js";
import { watchNotebooks } from "./run-progress.js";
import { writeRunReport } from "./run-report.js";
import type { RunSettings } from "./run-settings.js";
import { openGivenWorkbook, workbookFile } from "./workbook-paths.js";

/** What one run of notebooks needs to know. */
export interface RunJob {
  readonly notebooks: readonly ReadNotebook[];
  readonly combination: Combination;
  readonly secrets: Secrets;
  readonly settings: RunSettings;
  /** Stands over the progress lines; empty: nothing does. */
  readonly heading: string;
  /** Folder of an earlier run of the same, from which unchanged notebooks are taken. */
  readonly earlier: string;
}

/** How a run went. */
export interface FinishedRun {
  /** In the order of the notebooks; those that did not start are left out. */
  readonly runs: readonly NotebookRun[];
  readonly seconds: number;
  readonly failed?: NotebookRun;
  /** Figures that the report names instead of drawing, a sentence each. */
  readonly unshown: readonly string[];
  /** Places in the files that name people, a line each; empty: none, or it was allowed. */
  readonly leaks: readonly string[];
  /** The sentences that the notebooks bind to numbers. */
  readonly claims: ClaimLedger;
  /** What the report lacks because of this machine; empty: nothing. */
  readonly note: string;
}

/**
 * The workbook that the notebooks are about, as they will see it; undefined where there is none to open: no notebook asks for one
 * and none is given or stands in the folder.
 *
 * @throws InputError as readWorkbook.
 */
export function readConfig(
  { notebooks, combination }: Pick<RunJob, "notebooks" | "combination">,
  input: CommandInput,
  surroundings: Surroundings,
): WorkbookConfig | undefined {
  const file = workbookFile(input, surroundings);
  const isAsked = notebooks.some(({ declared }) => declared.some(({ name }) => name === "workbook"));
  if (!isAsked && input.text("workbook") === undefined && !existsSync(file)) return undefined;
  return readWorkbook(file, { asOf: asOfOf(notebooks, combination) });
}

/** A workbook that was read and closed again. */
export interface ReadBook {
  /** Absent: the notebooks are about no workbook. */
  readonly book?: Workbook;
  /** Keys of its customers: what the report must not hold. */
  readonly keys: readonly string[];
}

/**
 * Reads the sources of {@link readConfig}, for the account. Closed again at once: the notebooks open them for themselves.
 *
 * @throws InputError for a fault in the workbook or its sources: the user's input, not a notebook's failure.
 */
export async function readBook(
  job: Pick<RunJob, "notebooks" | "combination">,
  input: CommandInput,
  surroundings: Surroundings,
): Promise<ReadBook> {
  const config = readConfig(job, input, surroundings);
  if (config === undefined) return { keys: [] };
  const book = await openGivenWorkbook(input, surroundings, { asOf: config.asOf });
  try {
    return { book, keys: await customerKeys(book) };
  } finally {
    book.close();
  }
}

/** The as-of day that the notebooks will be told, or have as a default; empty: the workbook's own. */
function asOfOf(notebooks: readonly ReadNotebook[], { parameters }: Combination): string {
  const declared = notebooks.flatMap((notebook) => notebook.declared).find(({ name }) => name === "asOf");
  if (declared === undefined) return "";
  const value = parameters.has("asOf") ? parameters.get("asOf") : declared.defaultValue;
  return typeof value === "string" ? value : "";
}

/** Fills a folder with executed copies, what the notebooks write, the report and `run.json`. */
export async function runInto(
  folder: string,
  { book, keys, ...job }: RunJob & ReadBook,
  input: CommandInput,
  surroundings: Surroundings,
): Promise<FinishedRun> {
  const { notebooks, combination, secrets, settings, heading, earlier } = job;
  const { now } = surroundings;
  const { timeoutSeconds, runTimeoutSeconds, parallel } = settings;
  const heapMegabytes = book?.config.kernel.heapMegabytes;
  const started = now();
  const data = runDataOf(book, input.text("data") !== undefined);
  const places = placeParameters({ output: folder, notebooks }, input, surroundings);
  const runs = await runNotebooks(
    notebooks.map(({ file }) => file),
    {
      outputFolder: join(folder, "notebooks"),
      now,
      parameters: new Map([...combination.parameters, ...places]),
      secrets,
      parallel,
      environment: publishedClaims(book),
      earlierFolder: join(earlier, "notebooks"),
      reuse: { from: earlier, to: folder, data, isFresh: settings.isFresh },
      onProgress: watchNotebooks(notebooks, { heading, progress: surroundings.progress }),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      ...(runTimeoutSeconds !== undefined && { runTimeoutSeconds }),
      ...(heapMegabytes !== undefined && { heapMegabytes }),
    },
  );
  surroundings.signal.throwIfAborted();
  const seconds = Math.round(now() - started) / 1000;
  const failed = runs.find((one) => one.failed !== undefined);
  const title = runTitle({ config: book?.config, notebooks });
  const claims = claimsOfRuns(runs, book?.config.asOf ?? null);
  writeClaimLedger(join(folder, "claims.json"), claims);
  const { environment } = surroundings;
  const toReport = { book, keys, title, runs, seconds, settings };
  const { unshown, leaks, lack = "" } = await writeRunReport(folder, toReport, environment);
  return { runs, seconds, unshown, leaks, claims, note: lack, ...(failed && { failed }) };
}
