import { isObject, type NotebookCell } from "../notebook/notebook.js";
import { readNotebook } from "../notebook/notebook-file.js";

/** Where a notebook stands. */
export interface CellsLeft {
  readonly done: readonly NotebookCell[];
  readonly toCome: readonly NotebookCell[];
  /** Since the first cell started. */
  readonly secondsSoFar: number;
}

/** Seconds that each cell took in an executed copy, by its id; empty if there is no such copy. */
export function readCellSeconds(path: string): ReadonlyMap<string, number> {
  try {
    const cells = readNotebook(path).cells.map(({ id, metadata }) => {
      const duration = isObject(metadata.papermill) ? metadata.papermill.duration : undefined;
      return [id, duration] as const;
    });
    return new Map(cells.filter((cell): cell is [string, number] => typeof cell[1] === "number"));
  } catch {
    return new Map();
  }
}

/**
 * A guess of how long a notebook still takes, in seconds: what its cells took before, else what the cells done so far took on average;
 * undefined if neither is known.
 */
export function estimateSecondsLeft(
  { done, toCome, secondsSoFar }: CellsLeft,
  earlier: ReadonlyMap<string, number>,
): number | undefined {
  const known = toCome.map(({ id }) => earlier.get(id));
  const average = done.length > 0 ? secondsSoFar / done.length : undefined;
  const guessed = known.map((seconds) => seconds ?? average);
  if (guessed.some((seconds) => seconds === undefined)) return undefined;
  return guessed.reduce((sum: number, seconds) => sum + seconds!, 0);
}
