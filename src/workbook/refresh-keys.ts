import type { SegmentMatching } from "../refresh/match-segments.js";

/** Which segment of a refit carries which key. */
export interface ContinuedKeys {
  /** The segment of the refit, as found, at each place: those that go on in their old order, then new ones, largest first. */
  readonly order: readonly number[];
  /** By place; numbers ascend. */
  readonly keys: readonly string[];
  /** By place: the former segment that it goes on from; null for a new one. */
  readonly keeps: readonly (number | null)[];
}

/**
 * Keys for the segments of a refit: who continued or drifted keeps its own, others take the next numbers that were never used.
 *
 * @param former - Keys of the former definition, in its order.
 * @param sizes - Customers of the segments of the refit.
 * @param highest - Highest number that any segment ever had.
 */
export function continueKeys(
  { segments }: SegmentMatching,
  {
    former,
    sizes,
    highest,
  }: { readonly former: readonly string[]; readonly sizes: ArrayLike<number>; readonly highest: number },
): ContinuedKeys {
  const kept = segments.filter(({ keeps }) => keeps !== null).sort((one, other) => one.keeps! - other.keeps!);
  const born = segments
    .filter(({ keeps }) => keeps === null)
    .sort((one, other) => sizes[other.after]! - sizes[one.after]! || one.after - other.after);
  const inOrder = [...kept, ...born];
  return {
    order: inOrder.map(({ after }) => after),
    keys: [...kept.map(({ keeps }) => former[keeps!]!), ...born.map((_, i) => `s${highest + i + 1}`)],
    keeps: inOrder.map(({ keeps }) => keeps),
  };
}

/** Highest number of keys such as `s7`; 0 without any. */
export function highestKey(keys: readonly string[]): number {
  return keys.reduce((highest, key) => Math.max(highest, Number(key.slice(1)) || 0), 0);
}
