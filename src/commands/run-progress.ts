import { basename } from "node:path";
import type { RunProgress } from "../runner/notebook-run.js";
import type { ReadNotebook } from "../runner/prepare-notebooks.js";
import { durationText } from "./duration-text.js";

/** Where the lines go and what stands over them. */
export interface WatchOptions {
  /** Empty: nothing. */
  readonly heading: string;
  /** Called with all lines whenever one has changed; they take the place of those before. */
  readonly progress: (...lines: readonly string[]) => void;
}

/** Returns what a run calls on its way: keeps one line per notebook that has begun. */
export function watchNotebooks(
  notebooks: readonly ReadNotebook[],
  { heading, progress }: WatchOptions,
): (step: RunProgress) => void {
  const width = Math.max(...notebooks.map(({ file }) => basename(file, ".ipynb").length)) + 2;
  const steps = new Map<number, RunProgress>();
  return (step) => {
    steps.set(step.notebookNumber, step);
    const lines = [...steps].sort(([a], [b]) => a - b).map(([, one]) => progressLine(one, width));
    progress(...(heading === "" ? lines : [heading, ...lines]));
  };
}

function progressLine(step: RunProgress, width: number): string {
  const { notebook, notebookNumber, notebookCount, cellsDone, cellCount, secondsLeft, isReused } = step;
  const place = `${String(notebookNumber).padStart(String(notebookCount).length)}/${notebookCount}`;
  const isDone = cellsDone === cellCount;
  const left = secondsLeft === undefined || isDone ? "" : `, about ${durationText(secondsLeft)} left`;
  if (isReused) return `${place} ${basename(notebook, ".ipynb").padEnd(width)}unchanged`;
  return `${place} ${basename(notebook, ".ipynb").padEnd(width)}${cellsDone} of ${cellCount} cells${isDone ? ", done" : left}`;
}
