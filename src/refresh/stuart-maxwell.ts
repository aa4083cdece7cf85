import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { invert } from "../inference/invert.js";
import { chiSquareUpperTail } from "../inference/tail-probability.js";

/** Whether as many customers came into each segment as went out of it. */
export interface StuartMaxwellTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Whether the sizes of segments moved, when the same customers are counted at both dates.
 *
 * Tests that row and column totals of a square table are alike; customers who stayed say nothing. Segments that nobody left or
 * entered drop out. O(segments³).
 *
 * @param counts - Shape (nSegments, nSegments): customers by segment before and segment after; whole numbers.
 * @throws InputError if the table is not square, a count is not a whole number, or nobody moved.
 * @see Stuart (1955), doi:10.1093/biomet/42.3-4.412; Maxwell (1970), doi:10.1192/bjp.116.535.651
 */
export function stuartMaxwell(counts: readonly (readonly number[])[]): StuartMaxwellTest {
  for (const [i, row] of counts.entries()) {
    if (row.length !== counts.length)
      throw new InputError(
        `stuartMaxwell: counts must be as many columns as rows (${counts.length}), got ${row.length} in row ${i}`,
      );
    for (const [j, count] of row.entries()) checkCount("stuartMaxwell", `counts[${i}][${j}]`, count, 0);
  }
  const moving = counts
    .map((_, i) => i)
    .filter((i) => counts.some((row, j) => j !== i && (row[i]! > 0 || counts[i]![j]! > 0)));
  if (moving.length === 0)
    throw new InputError("stuartMaxwell: counts must hold customers who moved, got none");
  // The last difference is what the others leave.
  const kept = moving.slice(0, -1);
  const outOf = (i: number) => moving.reduce((sum, j) => sum + (j === i ? 0 : counts[i]![j]!), 0);
  const into = (i: number) => moving.reduce((sum, j) => sum + (j === i ? 0 : counts[j]![i]!), 0);
  const differences = kept.map((i) => outOf(i) - into(i));
  const inverse = invert(
    kept.map((i) =>
      Float64Array.from(kept, (j) => (i === j ? outOf(i) + into(i) : -(counts[i]![j]! + counts[j]![i]!))),
    ),
  );
  if (inverse === undefined)
    throw new InputError(
      "stuartMaxwell: moves must join all segments that anybody moved between, got groups of them apart",
    );
  const statistic = differences.reduce(
    (sum, x, i) => sum + x * differences.reduce((inner, y, j) => inner + inverse[i]![j]! * y, 0),
    0,
  );
  return { statistic, degreesOfFreedom: kept.length, pValue: chiSquareUpperTail(statistic, kept.length) };
}
