/** Options of {@link runInOrder}. */
export interface RunInOrderOptions {
  /** For each piece of work the pieces that must have succeeded before it; only earlier ones count. */
  readonly after: readonly ReadonlySet<number>[];
  /** Pieces at work at once, at least 1. */
  readonly parallel: number;
  /** Does one piece; false, or an error, lets no further piece start. */
  readonly run: (index: number) => Promise<boolean>;
  /** Told of the pieces that may come next, as many as run at once. */
  readonly prepare: (indices: readonly number[]) => void;
}

/**
 * Does pieces of work side by side where they do not depend on each other, earlier ones first. After a failure what runs is let finish.
 * @throws The first error that a piece threw, once all that ran have finished.
 */
export async function runInOrder({ after, parallel, run, prepare }: RunInOrderOptions): Promise<void> {
  const waiting = new Set(after.keys());
  const done = new Set<number>();
  const running = new Map<number, Promise<void>>();
  const errors: unknown[] = [];
  let isStopped = false;

  const isReady = (index: number): boolean => [...after[index]!].every((other) => done.has(other));
  const work = async (index: number): Promise<void> => {
    try {
      if (await run(index)) done.add(index);
      else isStopped = true;
    } catch (error) {
      errors.push(error);
      isStopped = true;
    } finally {
      running.delete(index);
    }
  };
  const startNext = (): boolean => {
    const next = [...waiting].find(isReady);
    if (next === undefined || isStopped || running.size >= parallel) return false;
    waiting.delete(next);
    running.set(next, work(next));
    return true;
  };
  while (startNext());
  while (running.size > 0) {
    if (!isStopped) prepare([...waiting].slice(0, parallel));
    await Promise.race(running.values());
    while (startNext());
  }
  if (errors.length > 0) throw errors[0];
}
