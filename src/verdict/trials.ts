import { InputError } from "../core/errors.js";
import { countText } from "../core/number-text.js";
import type { Trial } from "./fit-solution.js";
import type { CheckedOptions, OwnLabels } from "./judge-options.js";
import type { PreparedRows } from "./prepare-rows.js";
import { smallestSegment } from "./valley-limits.js";

/** Everything that is compared with copies. */
export interface Trials {
  /** Every count on both routes: the recommended one is chosen from these. */
  readonly tried: readonly Trial[];
  /** Counts that were asked for beyond these. */
  readonly further: readonly Trial[];
  /** Counts of the plain route to judge, whether tried anyway or not. */
  readonly shownCounts: readonly number[];
  /** Labellings of the caller's, in canonical order. */
  readonly own: readonly OwnLabels[];
  readonly notes: readonly string[];
}

/**
 * What to try: no count whose segments could not all be large enough.
 *
 * @throws InputError if a count that was asked for exceeds the different rows, or a labelling comes without a column that
 *   varies.
 */
export function countTrials(prepared: PreparedRows, options: CheckedOptions): Trials {
  const { lowCount, highCount, shownCounts, ownLabels } = options;
  const { rowCount, rowNumbers, columnCount } = prepared;
  const most = Math.min(highCount, Math.floor(rowCount / smallestSegment(rowCount)));
  const different = countDifferent(prepared, Math.max(most, ...shownCounts));
  for (const count of shownCounts)
    if (count > different)
      throw new InputError(
        `judgeSegments: a count under shown must be at most ${different} (the number of different rows), got ${count}`,
      );
  if (ownLabels.length > 0 && columnCount === 0)
    throw new InputError(
      "judgeSegments: matrix must have a column that varies where labels are to be judged, got none",
    );
  const high = Math.min(most, different);
  const counts = Array.from({ length: Math.max(0, high - lowCount + 1) }, (_, i) => lowCount + i);
  return {
    tried: counts.flatMap((count): Trial[] => [
      { count, route: "plain" },
      { count, route: "weighted" },
    ]),
    further: shownCounts
      .filter((count) => !counts.includes(count))
      .map((count): Trial => ({ count, route: "plain" })),
    shownCounts,
    own: ownLabels.map(({ count, labels }) => ({
      count,
      labels: Int32Array.from(rowNumbers, (row) => labels[row]!),
    })),
    notes: high < highCount ? [shortNote(rowCount, { lowCount, high })] : [],
  };
}

function shortNote(
  rowCount: number,
  { lowCount, high }: { readonly lowCount: number; readonly high: number },
): string {
  const few = `too few or too alike, at ${countText(rowCount)} ${rowCount === 1 ? "row" : "rows"}, for`;
  return high < lowCount
    ? `No count was tried: the customers are ${few} ${lowCount} segments of at least 20 customers each.`
    : `Counts above ${high} were not tried: the customers are ${few} more segments of at least 20 customers each.`;
}

/** How many different rows there are, counted no further than `limit`. */
function countDifferent({ scores, columnCount, rowCount }: PreparedRows, limit: number): number {
  const seen = new Set<string>();
  for (let i = 0; i < rowCount && seen.size < limit; i++)
    seen.add(scores.subarray(i * columnCount, (i + 1) * columnCount).join());
  return seen.size;
}
