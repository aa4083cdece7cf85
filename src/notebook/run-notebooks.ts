import { basename, dirname, resolve } from "node:path";
import { type Kernel, startKernel } from "./kernel-client.js";
import type { Notebook } from "./notebook.js";
import { writeNotebook } from "./notebook-file.js";
import type { ParameterValue } from "./parameter-type.js";
import { type PreparedNotebook, type PrepareOptions, prepareNotebooks } from "./prepare-notebooks.js";
import type { FailedCell } from "./run-cell.js";
import { runNotebook } from "./run-notebook.js";

/** Where a run stands. */
export interface RunProgress {
  readonly notebook: string;
  /** Counts from 1. */
  readonly notebookNumber: number;
  readonly notebookCount: number;
  readonly cellsDone: number;
  readonly cellCount: number;
}

/** Options of {@link runNotebooks}. */
export interface RunNotebooksOptions extends PrepareOptions {
  /** Milliseconds since 1970: the clock for times in the executed copies. */
  readonly now: () => number;
  /** Longest time for one cell; absent: no limit. */
  readonly timeoutSeconds?: number;
  /** Largest heap of a kernel in megabytes; absent: what Node chooses. */
  readonly heapMegabytes?: number;
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
}

/**
 * Runs notebooks one after the other, each in a kernel of its own that works in the notebook's folder, and
 * saves an executed copy after every cell. The first cell that fails ends the run: the record of its notebook,
 * the last one returned, says which and why ({@link describeFailure} puts it into a sentence). The sources are not changed.
 *
 * @throws {@link InputError} before any cell runs, if a notebook cannot be read, two have the same name, or a
 * parameter is in none of them or has the wrong type.
 * @throws {@link MachineError} if a kernel cannot be started.
 */
export async function runNotebooks(
  paths: readonly string[],
  options: RunNotebooksOptions,
): Promise<readonly NotebookRun[]> {
  const notebooks = prepareNotebooks(paths, options);
  const runs: NotebookRun[] = [];
  let next = startFor(notebooks[0], options);
  try {
    for (const [i, notebook] of notebooks.entries()) {
      const kernel = await next?.kernel;
      if (kernel === undefined) break;
      // A kernel needs seconds to start and little memory while it waits: the next one starts meanwhile.
      next = startFor(notebooks[i + 1], options);
      const run = await runOne(notebook, kernel, { ...options, number: i + 1, count: notebooks.length });
      runs.push(run);
      if (run.failed !== undefined) break;
    }
  } finally {
    await next?.stop();
  }
  return runs;
}

/** Which notebook failed, in which cell, and what it said; undefined if it did not. */
export function describeFailure({ file, failed }: NotebookRun): string | undefined {
  if (failed === undefined) return undefined;
  const { cell, name, message } = failed;
  return `notebook ${basename(file, ".ipynb")}, cell ${cell} failed: ${name}: ${message}`;
}

interface StartingKernel {
  readonly kernel: Promise<Kernel>;
  readonly stop: () => Promise<void>;
}

function startFor(
  notebook: PreparedNotebook | undefined,
  options: RunNotebooksOptions,
): StartingKernel | undefined {
  if (notebook === undefined) return undefined;
  const { now, heapMegabytes } = options;
  const kernel = startKernel({ folder: dirname(resolve(notebook.file)), now, heapMegabytes }).then(
    (started) => warmImports(started, notebook.notebook),
  );
  // Whoever waits for it hears of a failure; until then it is nobody's unhandled rejection.
  kernel.catch(() => undefined);
  const stop = async (): Promise<void> => {
    const started = await kernel.catch(() => undefined);
    await started?.shutdown();
  };
  return { kernel, stop };
}

/** Loads the packages of the notebook while nobody waits for it. What fails here fails again in its cell. */
async function warmImports(kernel: Kernel, notebook: Notebook): Promise<Kernel> {
  const code = notebook.cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source);
  const imports = code.join("\n").matchAll(/^import\s[^"';]*from\s*["']([^."'][^"']*)["']/gm);
  const packages = new Set([...imports].map((match) => match[1]!));
  const warming = [...packages].map((name) => `import ${JSON.stringify(name)};`).join("\n");
  if (warming !== "") await kernel.execute(warming, { silent: true, timeoutSeconds: 60 });
  return kernel;
}

interface RunOneOptions extends RunNotebooksOptions {
  readonly number: number;
  readonly count: number;
}

async function runOne(
  { file, executed, notebook, parameters }: PreparedNotebook,
  kernel: Kernel,
  { now, timeoutSeconds, onProgress, number, count }: RunOneOptions,
): Promise<NotebookRun> {
  const started = now();
  try {
    const { cellsRun, failed } = await runNotebook(notebook, {
      kernel,
      now,
      timeoutSeconds,
      save: (snapshot) => writeNotebook(executed, snapshot),
      onCell: (cellsDone, cellCount) =>
        onProgress?.({ notebook: file, notebookNumber: number, notebookCount: count, cellsDone, cellCount }),
    });
    const seconds = Math.round(now() - started) / 1000;
    const run = { file, executed, cells: cellsRun, seconds, parameters };
    return failed === undefined ? run : { ...run, failed };
  } finally {
    await kernel.shutdown();
  }
}
