/** When a whole run must be over. */
export interface RunDeadline {
  /** That the run has in all. */
  readonly seconds: number;
  readonly secondsLeft: () => number;
}

/** How long a cell may take, and because of which limit. */
export interface TimeLimit {
  readonly seconds: number;
  readonly whole: "cell" | "run";
  /** The limit as it was given. */
  readonly wholeSeconds: number;
}

/** Starts the clock of a run. */
export function startDeadline(seconds: number): RunDeadline {
  const start = performance.now();
  return { seconds, secondsLeft: () => seconds - (performance.now() - start) / 1000 };
}

/** The limit that is reached first; undefined if there is none. */
export function shorterLimit(
  cellSeconds: number | undefined,
  deadline: RunDeadline | undefined,
): TimeLimit | undefined {
  const secondsLeft = deadline?.secondsLeft() ?? Number.POSITIVE_INFINITY;
  if (cellSeconds !== undefined && cellSeconds <= secondsLeft)
    return { seconds: cellSeconds, whole: "cell", wholeSeconds: cellSeconds };
  if (deadline === undefined) return undefined;
  return { seconds: secondsLeft, whole: "run", wholeSeconds: deadline.seconds };
}
