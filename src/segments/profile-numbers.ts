import { medianSorted } from "simple-statistics";
import type { NumberColumn } from "../core/feature.js";
import { suppressGroups } from "../disclosure/suppress-cells.js";
import { type GroupMoments, groupMoments } from "../inference/group-moments.js";
import type { NumberProfile, SegmentNumber } from "./profile.js";
import { numberVTest } from "./v-test.js";

/** A numeric feature: of everyone in a segment, and of each segment. */
export function profileNumbers(
  column: NumberColumn,
  rowsOfSegments: readonly (readonly number[])[],
  smallestGroup: number,
): { readonly total: NumberProfile; readonly segments: readonly SegmentNumber[] } {
  const known = rowsOfSegments.map((rows) =>
    Float64Array.from(rows.map((row) => column.values[row]!).filter(Number.isFinite)).sort(),
  );
  const all = Float64Array.from(known.flatMap((values) => Array.from(values))).sort();
  const total = summarize(column, all);
  const moments = known.map(groupMoments);
  const [everyone, pooled] = [groupMoments(all), pooledDeviation(moments)];
  const isShown = suppressGroups(
    known.map(({ length }) => length),
    smallestGroup,
  );
  const segments = known.map((values, j) => {
    const summary = summarize(column, values);
    const [index, difference] = [indexOf(summary, total), differenceOf(summary, total, pooled)];
    const vTest = numberVTest(moments[j]!, everyone);
    return { ...summary, index, difference, vTest, isShown: isShown[j]! };
  });
  return { total, segments };
}

function summarize(column: NumberColumn, sorted: Float64Array): NumberProfile {
  const start = { kind: "number", feature: column.feature, known: sorted.length } as const;
  if (sorted.length === 0)
    return { ...start, mean: null, median: null, standardDeviation: null, least: null };
  const { mean, variance } = groupMoments(sorted);
  const median = medianSorted(Array.from(sorted));
  return { ...start, mean, median, standardDeviation: Math.sqrt(variance), least: sorted[0]! };
}

/** Standard deviation within the segments, pooled over them; 0 where nothing varies within. */
function pooledDeviation(moments: readonly GroupMoments[]): number {
  const used = moments.filter(({ size }) => size > 1);
  const degrees = used.reduce((sum, { size }) => sum + size - 1, 0);
  const squares = used.reduce((sum, { size, variance }) => sum + (size - 1) * variance, 0);
  return degrees === 0 ? 0 : Math.sqrt(squares / degrees);
}

function indexOf(segment: NumberProfile, total: NumberProfile): number | null {
  if (segment.mean === null || total.mean === null || total.least === null) return null;
  return total.least >= 0 && total.mean > 0 ? (100 * segment.mean) / total.mean : null;
}

function differenceOf(segment: NumberProfile, total: NumberProfile, pooled: number): number | null {
  if (segment.mean === null || total.mean === null || pooled === 0) return null;
  return (segment.mean - total.mean) / pooled;
}
