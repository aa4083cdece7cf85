import { basename, dirname, join, resolve } from "node:path";
import { MachineError } from "../core/errors.js";
import { withoutErrorNotes } from "../notebook/error-notes.js";
import type { NotebookCell } from "../notebook/notebook.js";
import type { ParameterValue } from "../parameters/parameter-type.js";
import { createMask, type Mask } from "./mask-secrets.js";
import { type PreparedNotebook, type PrepareOptions, prepareNotebooks } from "./prepare-notebooks.js";
import { planReuse, type Reuse, type ReuseOptions, type Reuser } from "./reuse-notebooks.js";
import type { FailedCell } from "./run-cell.js";
import { runInOrder } from "./run-in-order.js";
import { runNotebook } from "./run-notebook.js";
import { createNotebookSaver } from "./save-notebook.js";
import { type StartingKernel, startKernelFor } from "./starting-kernel.js";
import { estimateSecondsLeft, readCellSeconds } from "./time-left.js";
import { type RunDeadline, startDeadline } from "./time-limit.js";

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

/** Options of {@link runNotebooks}. */
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

/**
 * Runs notebooks, each in a kernel of its own that works in the notebook's folder, and keeps an executed copy up to date meanwhile.
 *
 * A notebook waits for all before it, or only for those that its metadata names: `"segbook": { "after": ["01-load"] }`. Up to `parallel`
 * notebooks run side by side; those that ask for `outputFolder` one after the other, so that each file has one author. With `reuse` a notebook
 * whose inputs are those of an earlier run is taken from there ({@link planReuse}). After the first cell that fails no further notebook starts: the record of its notebook says which and why
 * ({@link describeFailure} puts it into a sentence). The sources are not changed; secrets stand in no executed copy and no record.
 *
 * @returns The notebooks that ran, in the order given.
 * @throws {@link InputError} before any cell runs, if a notebook cannot be read, two have the same name, or a parameter is in none of
 * them or has the wrong type.
 * @throws {@link MachineError} if a kernel cannot be started or a copy not be saved; the copies are then as they were last saved.
 */
export async function runNotebooks(
  paths: readonly string[],
  options: RunNotebooksOptions,
): Promise<readonly NotebookRun[]> {
  const { now, heapMegabytes, secrets = new Map(), runTimeoutSeconds, parallel = 1 } = options;
  const notebooks = prepareNotebooks(paths, options);
  const after = notebooks.map((_, index) => earlierNotebooks(notebooks, index));
  const reuser = options.reuse && (await planReuse(notebooks, after, options.reuse));
  const runs = new Map<number, NotebookRun>();
  const kernels = new Map<number, StartingKernel>();
  const mask = createMask(secrets);
  const environment = new Map([...(options.environment ?? []), ...secrets]);
  const deadline = runTimeoutSeconds === undefined ? undefined : startDeadline(runTimeoutSeconds);
  const kernelFor = (index: number): StartingKernel => {
    const { file, notebook } = notebooks[index]!;
    const folder = dirname(resolve(file));
    const starting =
      kernels.get(index) ?? startKernelFor(notebook, { folder, now, heapMegabytes, environment });
    kernels.set(index, starting);
    return starting;
  };
  const run = async (index: number): Promise<boolean> => {
    const place = { number: index + 1, count: notebooks.length, mask, deadline };
    const start = (): Promise<NotebookRun> =>
      runOne(notebooks[index]!, kernelFor(index), { ...options, ...place });
    const taken = reuser && (await takeOver(reuser, notebooks[index]!, { ...options, ...place, index }));
    const done = taken ?? (await watched(reuser, index, start));
    runs.set(index, done);
    return done.failed === undefined;
  };
  try {
    await runInOrder({
      after,
      parallel,
      run,
      // A kernel needs seconds to start and little memory while it waits.
      prepare: (indices) => indices.filter((index) => !reuser?.isLikely(index)).forEach(kernelFor),
    });
  } finally {
    await Promise.all([...kernels.values()].map(({ stop }) => stop()));
  }
  return [...runs].sort(([a], [b]) => a - b).map(([, done]) => done);
}

/** The run of a notebook that an earlier run has made already; undefined where it must run. */
async function takeOver(
  reuser: Reuser,
  { file, executed, parameters }: PreparedNotebook,
  {
    index,
    onProgress,
    number,
    count,
  }: Pick<RunOneOptions, "onProgress" | "number" | "count"> & { index: number },
): Promise<NotebookRun | undefined> {
  const taken = await reuser.take(index);
  if (taken === undefined) return undefined;
  const { cells, seconds } = taken.kept;
  onProgress?.({
    notebook: file,
    notebookNumber: number,
    notebookCount: count,
    cellsDone: cells,
    cellCount: cells,
    isReused: true,
  });
  return { file, executed, cells, seconds, parameters, reuse: taken.reuse };
}

/** Runs a notebook and notes what it wrote. */
async function watched(
  reuser: Reuser | undefined,
  index: number,
  start: () => Promise<NotebookRun>,
): Promise<NotebookRun> {
  const finish = reuser?.watch(index);
  const done = await start();
  return finish === undefined ? done : { ...done, reuse: await finish() };
}

/** Which notebook failed, in which cell, and what it said; undefined if it did not. */
export function describeFailure({ file, failed }: NotebookRun): string | undefined {
  if (failed === undefined) return undefined;
  const { cell, name, message } = failed;
  return `notebook ${basename(file, ".ipynb")}, cell ${cell} failed: ${name}: ${message}`;
}

/** Places of the earlier notebooks that one waits for: those it names, else all; of those that write files, every other that does. */
function earlierNotebooks(notebooks: readonly PreparedNotebook[], index: number): ReadonlySet<number> {
  const { after, writesFiles } = notebooks[index]!;
  const earlier = [...notebooks.keys()].slice(0, index);
  return new Set(
    earlier.filter((other) => {
      const { file, writesFiles: writesToo } = notebooks[other]!;
      return (after?.includes(basename(file, ".ipynb")) ?? true) || (writesFiles && writesToo);
    }),
  );
}

interface RunOneOptions extends RunNotebooksOptions {
  readonly number: number;
  readonly count: number;
  readonly mask: Mask;
  readonly deadline: RunDeadline | undefined;
}

async function runOne(
  { file, executed, notebook, parameters }: PreparedNotebook,
  starting: StartingKernel,
  { now, timeoutSeconds, onProgress, earlierFolder, ...options }: RunOneOptions,
): Promise<NotebookRun> {
  const kernel = await starting.kernel;
  const started = now();
  const earlier =
    earlierFolder === undefined ? new Map() : readCellSeconds(join(earlierFolder, basename(file)));
  const saver = createNotebookSaver(executed);
  const place = { notebook: file, notebookNumber: options.number, notebookCount: options.count };
  let lastDone: NotebookCell | undefined;
  try {
    const { cellsRun, failed } = await runNotebook(notebook, {
      kernel,
      now,
      timeoutSeconds,
      deadline: options.deadline,
      mask: options.mask,
      save: saver.save,
      onCell: (done, toCome) => {
        lastDone = done.at(-1);
        const soFar = { done, toCome, secondsSoFar: (now() - started) / 1000 };
        const secondsLeft = estimateSecondsLeft(soFar, earlier);
        const left = secondsLeft === undefined ? {} : { secondsLeft };
        onProgress?.({ ...place, cellsDone: done.length, cellCount: done.length + toCome.length, ...left });
      },
    });
    saver.finish();
    const seconds = Math.round(now() - started) / 1000;
    return { file, executed, cells: cellsRun, seconds, parameters, ...(failed !== undefined && { failed }) };
  } catch (error) {
    throw describeNotSaved(error, { file, notebook }, lastDone);
  } finally {
    saver.stop();
    await starting.stop();
  }
}

/** Whoever has to make room on the disk wants to know how far the notebook came. */
function describeNotSaved(
  error: unknown,
  { file, notebook }: Pick<PreparedNotebook, "file" | "notebook">,
  lastDone: NotebookCell | undefined,
): unknown {
  if (!(error instanceof MachineError) || lastDone === undefined) return error;
  const cell = withoutErrorNotes(notebook).cells.indexOf(lastDone) + 1;
  return new MachineError(
    `run: notebook ${basename(file, ".ipynb")} must be saved after cell ${cell}, got ${error.message}`,
    { cause: error },
  );
}
