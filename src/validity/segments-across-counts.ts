import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { tableOverlaps } from "./overlap-table.js";

/** Members of a segment that came from one segment of the solution before. */
export interface SegmentFlow {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A segment in a series of solutions with more and more segments. */
export interface SegmentAcross {
  readonly segment: number;
  readonly size: number;
  /**
   * 1 − entropy of where its members came from, divided by that of an even mix: 0…1, higher is steadier; 1 all from one
   * segment. Null in the first solution and after one of a single segment, where there is nothing to mix.
   */
  readonly stability: number | null;
}

/** One solution of the series. */
export interface CountAcross {
  readonly count: number;
  /** One per segment, in label order. */
  readonly segments: readonly SegmentAcross[];
  /** From the solution before, where there are any rows; none for the first. */
  readonly flows: readonly SegmentFlow[];
}

/** Segment level stability across solutions. */
export interface SegmentsAcrossCounts {
  readonly rowCount: number;
  /** In the order given. */
  readonly counts: readonly CountAcross[];
}

/**
 * Segment level stability across solutions (SLSA): as the count rises, do segments stay, split, or come from everywhere?
 *
 * stability = 1 − (−Σ p log p) / log k, p the shares of a segment's members by their segment in the solution before, which
 * has k segments. Range 0…1, higher is steadier. A segment that stays whole over many counts has something to it; one whose
 * members come from all over was drawn, not found. O(nCounts · nRows).
 *
 * @param labellings - Two or more solutions of the same rows, fewest segments first; labels 0…count − 1, shape (nRows,) each.
 * @throws InputError if there are fewer than two, lengths differ or a label is not a whole number of at least 0.
 * @see Dolnicar & Leisch (2017), doi:10.1007/s11002-016-9410-1; `slsaplot` of R's flexclust, whose formula is checked in
 * test/reference/stability.json.
 */
export function segmentsAcrossCounts(labellings: readonly ArrayLike<number>[]): SegmentsAcrossCounts {
  if (labellings.length < 2)
    throw new InputError(
      `segmentsAcrossCounts: labellings must hold at least 2 solutions, got ${labellings.length}`,
    );
  const solutions = labellings.map((labels, at) => readSolution(labels, at, labellings[0]!.length));
  const counts = solutions.map((solution, at) =>
    at === 0 ? firstCount(solution) : countAfter(solutions[at - 1]!, solution),
  );
  return { rowCount: labellings[0]!.length, counts };
}

interface Solution {
  readonly labels: Int32Array;
  readonly count: number;
}

function readSolution(labels: ArrayLike<number>, at: number, rowCount: number): Solution {
  const argument = `labellings[${at}]`;
  checkSameLength("segmentsAcrossCounts", argument, labels, rowCount, "as labellings[0]");
  const values = Array.from(labels);
  const row = values.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= rowCount);
  if (row >= 0 || rowCount === 0)
    throw new InputError(
      `segmentsAcrossCounts: ${argument} must be whole numbers from 0 to below the number of rows, got ${row >= 0 ? `${describeValue(values[row])} at row ${row}` : "none"}`,
    );
  return {
    labels: Int32Array.from(values),
    count: values.reduce((most, label) => Math.max(most, label), 0) + 1,
  };
}

function firstCount({ labels, count }: Solution): CountAcross {
  const sizes = new Array<number>(count).fill(0);
  for (const label of labels) sizes[label]!++;
  return { count, segments: sizes.map((size, segment) => ({ segment, size, stability: null })), flows: [] };
}

function countAfter(before: Solution, after: Solution): CountAcross {
  const table = tableOverlaps(before.labels, after.labels, { before: before.count, after: after.count });
  const flows = Array.from(table.shared, (count, cell) => ({
    from: Math.floor(cell / after.count),
    to: cell % after.count,
    count,
  })).filter(({ count }) => count > 0);
  const segments = Array.from(table.sizesAfter, (size, segment) => ({
    segment,
    size,
    stability:
      before.count === 1 || size === 0
        ? null
        : 1 -
          entropyOf(
            flows.filter(({ to }) => to === segment),
            size,
          ) /
            Math.log(before.count),
  }));
  return { count: after.count, segments, flows };
}

function entropyOf(flows: readonly SegmentFlow[], size: number): number {
  const sum = flows.reduce((total, { count }) => total + (count / size) * Math.log(count / size), 0);
  // Of a single flow the sum is 0, whose negative would print as −0.
  return sum === 0 ? 0 : -sum;
}
