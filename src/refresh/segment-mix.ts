import { checkCount, checkSameLength } from "../core/check.js";
import { numberText, percentText } from "../core/number-text.js";
import { chiSquareTest } from "../inference/chi-square-test.js";
import type { SegmentLabel } from "../segments/profile.js";

/** Size of one segment at both dates. */
export interface MixedSegment extends SegmentLabel {
  readonly before: number;
  readonly after: number;
  /** Of the customers of that date, 0…1. */
  readonly shareBefore: number;
  readonly shareAfter: number;
}

/** Whether the customers of two dates spread over the segments of one definition in the same way. */
export interface SegmentMix {
  readonly segments: readonly MixedSegment[];
  /** χ²; null where all customers of both dates are in one segment. */
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  readonly pValue: number | null;
  /** Bias-corrected, 0…1. */
  readonly cramersV: number | null;
  /** Below this Cramér's V nothing is called drift. */
  readonly floor: number;
  readonly isDrifting: boolean;
  readonly sentence: string;
}

const mixFloor = 0.1;

/**
 * Sets segment sizes at two dates beside each other, under one definition: χ² with Cramér's V.
 *
 * Drift where p is below 0.05 *and* V reaches 0.1. Customers at both dates make p too large, never too small. O(segments).
 *
 * @param segments - Segments of the definition, and the fallback if customers are in it.
 * @param before - Customers in each at the baseline.
 * @param after - Customers in each now.
 * @throws InputError if lengths differ or a size is not a whole number of at least 0.
 */
export function compareSegmentMix(
  segments: readonly SegmentLabel[],
  before: readonly number[],
  after: readonly number[],
): SegmentMix {
  for (const [name, sizes] of Object.entries({ before, after })) {
    checkSameLength("compareSegmentMix", name, sizes, segments.length, "one per segment");
    for (const [i, size] of sizes.entries()) checkCount("compareSegmentMix", `${name}[${i}]`, size, 0);
  }
  const totals = [before, after].map((sizes) => sizes.reduce((sum, size) => sum + size, 0));
  const rows = segments.map(({ key, name }, i): MixedSegment => {
    const [was, is] = [before[i]!, after[i]!];
    const [shareBefore, shareAfter] = [was / Math.max(1, totals[0]!), is / Math.max(1, totals[1]!)];
    return { key, name, before: was, after: is, shareBefore, shareAfter };
  });
  const used = rows.filter((row) => row.before + row.after > 0);
  if (used.length < 2 || totals.includes(0)) return withoutTest(rows);
  const result = chiSquareTest(
    used.map((row) => [row.before, row.after]),
    { resamples: 0 },
  );
  const cramersV = result.effect.value;
  const isSignificant = result.pValue < 0.05;
  const isDrifting = isSignificant && cramersV >= mixFloor;
  return {
    segments: rows,
    statistic: result.statistic,
    degreesOfFreedom: result.degreesOfFreedom[0]!,
    pValue: result.pValue,
    cramersV,
    floor: mixFloor,
    isDrifting,
    sentence: mixSentence(used, { cramersV, isSignificant, isDrifting }),
  };
}

function withoutTest(segments: readonly MixedSegment[]): SegmentMix {
  return {
    segments,
    statistic: null,
    degreesOfFreedom: null,
    pValue: null,
    cramersV: null,
    floor: mixFloor,
    isDrifting: false,
    sentence: "There are no two segments with customers at both dates whose shares could be compared.",
  };
}

function mixSentence(
  segments: readonly MixedSegment[],
  {
    cramersV,
    isSignificant,
    isDrifting,
  }: { readonly cramersV: number; readonly isSignificant: boolean; readonly isDrifting: boolean },
): string {
  const figure = `Cramér's V ${numberText(cramersV)}`;
  if (!isSignificant)
    return `Under the definition of before, segments have about the shares they had (${figure}).`;
  const change = ({ shareBefore, shareAfter }: MixedSegment) => Math.abs(shareAfter - shareBefore);
  // Of two segments that mirror each other the first is named, whatever the last bit says.
  const most = segments.reduce((best, segment) => (change(segment) > change(best) + 1e-12 ? segment : best));
  const how = isDrifting ? "moved" : "moved by less than what counts as drift";
  return `Under the definition of before, the shares of the segments ${how} (${figure}), most of all ${most.name}: ${percentText(most.shareBefore)} → ${percentText(most.shareAfter)}.`;
}
