import { writeFileAtomic } from "../core/write-atomic.js";
import { createNotebookFormatter } from "../notebook/format-notebook.js";
import type { Notebook } from "../notebook/notebook.js";
import { beforeOurEnd } from "./our-end.js";

/** Keeps the file of a notebook up to date while it runs. */
export interface NotebookSaver {
  /**
   * Asks for the notebook to be saved; `snapshot` is called when that happens, the last one given also at our own end.
   * @throws {@link InputError} or {@link MachineError} if this save or one before it failed; the file is then as it was before.
   */
  readonly save: (snapshot: () => Notebook) => void;
  /** Saves what is left to save. Throws as `save`. */
  readonly finish: () => void;
  /** Saves no more. */
  readonly stop: () => void;
}

/** Pauses are this many times as long as the save before them, so that saving never takes more than a tenth of the time. */
const pauseFactor = 10;

/**
 * Saves at once if it can, else soon: a notebook of many cells is a large file, and writing it after every cell would take longer than
 * running it. Only the cells that have changed are laid out anew.
 */
export function createNotebookSaver(
  path: string,
  { write = writeFileAtomic }: { readonly write?: (path: string, text: string) => void } = {},
): NotebookSaver {
  const format = createNotebookFormatter();
  let latest: (() => Notebook) | undefined;
  let isDue = false;
  let nextTime = 0;
  let timer: NodeJS.Timeout | undefined;
  let problem: { readonly error: unknown } | undefined;

  function writeLatest(): void {
    clearTimeout(timer);
    timer = undefined;
    isDue = false;
    const start = performance.now();
    try {
      if (latest !== undefined) write(path, format(latest()));
    } catch (error) {
      problem = { error };
    }
    const end = performance.now();
    nextTime = end + pauseFactor * (end - start);
  }
  const forget = beforeOurEnd(writeLatest);

  function throwProblem(): void {
    if (problem !== undefined) throw problem.error;
  }
  return {
    save: (snapshot) => {
      latest = snapshot;
      isDue = true;
      const wait = nextTime - performance.now();
      if (wait <= 0) writeLatest();
      else timer ??= setTimeout(writeLatest, wait);
      throwProblem();
    },
    finish: () => {
      if (isDue) writeLatest();
      throwProblem();
    },
    stop: () => {
      clearTimeout(timer);
      forget();
    },
  };
}
