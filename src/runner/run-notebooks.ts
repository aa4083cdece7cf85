import { basename, dirname, resolve } from "node:path";
import { createMask } from "./mask-secrets.js";
import type { NotebookRun, RunNotebooksOptions } from "./notebook-run.js";
import { type PreparedNotebook, prepareNotebooks } from "./prepare-notebooks.js";
import { planReuse, type Reuser } from "./reuse-notebooks.js";
import { runInOrder } from "./run-in-order.js";
import { type RunOneOptions, runOne } from "./run-one.js";
import { type StartingKernel, startKernelFor } from "./starting-kernel.js";
import { startDeadline } from "./time-limit.js";

/**
 * Runs notebooks, each in a kernel of its own that works in the notebook's folder, and keeps an executed copy up to date meanwhile.
 *
 * A notebook waits for all before it, or only for those that its metadata names: `"segbook": { "after": ["01-load"] }`. Up to `parallel`
 * notebooks run side by side; those that ask for `outputFolder` one after the other, so that each file has one author.
 * With `reuse` a notebook whose inputs are those of an earlier run is taken from there. After the first cell that fails no further
 * notebook starts: the record of its notebook
 * says which and why (`describeFailure` puts it into a sentence). The sources are not changed; secrets stand in no executed copy and no record.
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
  const { secrets = new Map(), runTimeoutSeconds, parallel = 1 } = options;
  const notebooks = prepareNotebooks(paths, options);
  const after = notebooks.map((_, index) => earlierNotebooks(notebooks, index));
  const reuser = options.reuse && (await planReuse(notebooks, after, options.reuse));
  const runs = new Map<number, NotebookRun>();
  const kernels = createKernels(notebooks, options);
  const mask = createMask(secrets);
  const deadline = runTimeoutSeconds === undefined ? undefined : startDeadline(runTimeoutSeconds);
  const run = async (index: number): Promise<boolean> => {
    const notebook = notebooks[index]!;
    const own = { ...options, number: index + 1, count: notebooks.length, mask, deadline };
    const taken = reuser && (await takeOver(reuser, notebook, { ...own, index }));
    const done = taken ?? (await watched(reuser, index, () => runOne(notebook, kernels.of(index), own)));
    runs.set(index, done);
    return done.failed === undefined;
  };
  try {
    // A kernel needs seconds to start and little memory while it waits.
    const prepare = (indices: readonly number[]): void =>
      indices.filter((index) => !reuser?.isLikely(index)).forEach(kernels.of);
    await runInOrder({ after, parallel, run, prepare });
  } finally {
    await kernels.stop();
  }
  return [...runs].sort(([a], [b]) => a - b).map(([, done]) => done);
}

/** One kernel for each notebook, started when it is first asked for. */
function createKernels(
  notebooks: readonly PreparedNotebook[],
  { now, heapMegabytes, secrets = new Map(), environment: own = new Map() }: RunNotebooksOptions,
): { readonly of: (index: number) => StartingKernel; readonly stop: () => Promise<unknown> } {
  const environment = new Map([...own, ...secrets]);
  const kernels = new Map<number, StartingKernel>();
  return {
    of: (index) => {
      const { file, notebook } = notebooks[index]!;
      const folder = dirname(resolve(file));
      const starting =
        kernels.get(index) ?? startKernelFor(notebook, { folder, now, heapMegabytes, environment });
      kernels.set(index, starting);
      return starting;
    },
    stop: () => Promise.all([...kernels.values()].map(({ stop }) => stop())),
  };
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
