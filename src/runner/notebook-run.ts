import { basename } from "node:path";
import type { ParameterValue } from "../parameters/parameter-type.js";
import type { PrepareOptions } from "./prepare-notebooks.js";
import type { Reuse, ReuseOptions } from "./reuse-notebooks.js";
import type { FailedCell } from "./run-cell.js";

/** Where a notebook of a run stands. */
export interface RunProgress {
  readonly notebook: string;
  /** Counts from 1. */
  readonly notebookNumber: number;
  readonly notebookCount: number;
  readonly cellsDone: number;
  readonly cellCount: number;
  /** A guess for this notebook; absent while there is nothing to guess from. */
  readonly secondsLeft?: number;
  /** It was taken from an earlier run. */
  readonly isReused?: boolean;
}

/** Options of `runNotebooks`. */
export interface RunNotebooksOptions extends PrepareOptions {
  /** Milliseconds since 1970: the clock for times in the executed copies. */
  readonly now: () => number;
  /** Longest time for one cell; absent: no limit. A notebook's own `metadata.execution.timeout` goes before it. */
  readonly timeoutSeconds?: number;
  /** Longest time for the whole run; absent: no limit. */
  readonly runTimeoutSeconds?: number;
  /** Kernels at work at once; as many more may wait, ready to begin. Absent: 1. */
  readonly parallel?: number;
  /** Largest heap of a kernel in megabytes; absent: what the kernel chooses. */
  readonly heapMegabytes?: number;
  /** Environment variables of the kernels, besides the secrets. */
  readonly environment?: ReadonlyMap<string, string>;
  /** Folder with the executed copies of an earlier run, to guess the time left from. */
  readonly earlierFolder?: string;
  /** Take unchanged notebooks from an earlier run; absent: run all. */
  readonly reuse?: ReuseOptions;
  readonly onProgress?: (progress: RunProgress) => void;
}

/** How one notebook ran. */
export interface NotebookRun {
  /** As given. */
  readonly file: string;
  /** Path of the executed copy. */
  readonly executed: string;
  /** Code cells that ran. */
  readonly cells: number;
  readonly seconds: number;
  /** Every parameter of the notebook with the value that it had. */
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  /** Absent if every cell ran. */
  readonly failed?: FailedCell;
  /** Absent where nothing was to be taken from an earlier run. */
  readonly reuse?: Reuse;
}

/** Which notebook failed, in which cell, and what it said; undefined if it did not. */
export function describeFailure({ file, failed }: NotebookRun): string | undefined {
  if (failed === undefined) return undefined;
  const { cell, name, message } = failed;
  return `notebook ${basename(file, ".ipynb")}, cell ${cell} failed: ${name}: ${message}`;
}
