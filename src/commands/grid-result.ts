import { existsSync } from "node:fs";
import { join } from "node:path";
import type { GridRun } from "../report/render-grid.js";
import { describeFailure } from "../runner/notebook-run.js";
import { readDefinition } from "../segments/read-definition.js";
import type { Workbook } from "../workbook/open-workbook.js";
import { valueText } from "./grid-names.js";
import type { FinishedRun, RunJob } from "./run-once.js";
import { notebookRecord } from "./run-outcome.js";

/** One combination after its run. */
export interface GridResult {
  /** As the overview shows it. */
  readonly shown: GridRun;
  /** The values that set it apart, by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Absent where the notebooks could not begin. */
  readonly finished?: FinishedRun;
}

/** Where and for what a combination ran. */
export interface GridPlace extends Pick<RunJob, "combination"> {
  readonly folder: string;
  /** The folder's name inside the grid's. */
  readonly name: string;
}

/** A combination whose notebooks ran, to their end or to a cell that failed. */
export function resultOf(
  { folder, name, combination: { chosen } }: GridPlace,
  finished: FinishedRun,
  book: Workbook | undefined,
): GridResult {
  const definition = join(folder, "definition.json");
  const { failed, seconds, unshown, leaks } = finished;
  const segments = existsSync(definition) ? readDefinition(definition).segments : [];
  return {
    shown: {
      folder: name,
      values: chosen.map(([, value]) => valueText(value)),
      failure: (failed && describeFailure(failed)) ?? leaks[0] ?? unshown[0] ?? null,
      hasReport: true,
      customers: book?.account.customers.kept ?? null,
      segments: segments.map(({ key, name: called, size }) => ({ key, name: called, size })),
      seconds,
    },
    parameters: Object.fromEntries(chosen),
    finished,
  };
}

/** A combination that could not begin: its data are not there, or the workbook refuses them. */
export function refusedResult({ name, combination: { chosen } }: GridPlace, reason: string): GridResult {
  const values = chosen.map(([, value]) => valueText(value));
  const nothing = { hasReport: false, customers: null, segments: [], seconds: 0 };
  return {
    shown: { folder: name, values, failure: reason, ...nothing },
    parameters: Object.fromEntries(chosen),
  };
}

/** What scripts read of a combination. */
export function resultRecord({ shown, parameters, finished }: GridResult): Record<string, unknown> {
  const { folder, failure, customers, segments, seconds } = shown;
  const notebooks = finished?.runs.map(notebookRecord) ?? [];
  return { folder, parameters, failed: failure, customers, segments, seconds, notebooks };
}
