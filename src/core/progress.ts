/** How far a piece of work has come. */
export interface Progress {
  /** Units that are done, such as starts, resamples or merges. */
  readonly done: number;
  /** Units that there are in all. */
  readonly total: number;
}

/** Tells a listener at most some 200 times how many units are done: of the first, now and then, and of the last. */
export function tellSparingly(
  total: number,
  onProgress: ((progress: Progress) => void) | undefined,
): (done: number) => void {
  const spacing = Math.ceil(total / 200);
  let next = 1;
  return (done) => {
    if (done < next) return;
    next = done < total ? Math.min(done + spacing, total) : Infinity;
    onProgress?.({ done, total });
  };
}
