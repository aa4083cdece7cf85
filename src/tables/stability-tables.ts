import type { DisplayTable } from "../charts/figure.js";
import { countText, numberText } from "../core/number-text.js";
import type { StabilityAssessment } from "../validity/assess-stability.js";
import type { TimeSplit } from "../validity/assess-time-split.js";

/** One row per segment and way of drawing customers anew: overlaps, and how often it was recovered or dissolved. */
export function stabilityTable(
  assessments: readonly StabilityAssessment[],
  names: readonly string[],
): DisplayTable {
  return {
    kind: "table",
    caption: "How the segments come back when customers are drawn anew",
    columns: [
      { name: "Segment" },
      { name: "Drawn by", align: "left" },
      { name: "Mean overlap", digits: 2 },
      { name: "5 % quantile", digits: 2 },
      { name: "95 % quantile", digits: 2 },
      { name: "Recovered", unit: "%", digits: 0 },
      { name: "Dissolved", unit: "%", digits: 0 },
    ],
    rows: names.flatMap((name, segment) =>
      assessments.map(({ scheme, resamples, segments }) => {
        const { jaccard, low, high, recovered, dissolved } = segments[segment]!;
        return [
          name,
          scheme,
          jaccard,
          low,
          high,
          (100 * recovered) / resamples,
          (100 * dissolved) / resamples,
        ];
      }),
    ),
    note: [...assessments.map(describe), ...new Set(assessments.flatMap(({ notes }) => notes))].join(" "),
  };
}

const drawnBy: Readonly<Record<StabilityAssessment["scheme"], string>> = {
  bootstrap: "as many customers with replacement",
  subset: "half of the customers",
  noise: "all customers, 5 % of them replaced by noise",
};

function describe({
  scheme,
  resamples,
  startsPerResample,
  meanJaccard,
  keepRepeats,
}: StabilityAssessment): string {
  const repeats = scheme === "bootstrap" && !keepRepeats ? ", repeats dropped" : "";
  return `${scheme}: ${drawnBy[scheme]}${repeats}, ${countText(resamples)} times with ${countText(startsPerResample)} starts; mean overlap ${numberText(meanJaccard)} of 1.`;
}

/** Whether a later window would find the same segments, by segment. */
export function timeSplitTable(split: TimeSplit, names: readonly string[]): DisplayTable {
  return {
    kind: "table",
    caption: "The earlier window's segments in the later one",
    columns: [
      { name: "Segment" },
      { name: "Share before", unit: "%", digits: 1 },
      { name: "Share after", unit: "%", digits: 1 },
      { name: "Overlap with a new fit", digits: 2 },
      { name: "Centre moved", unit: "standard deviations", digits: 2 },
    ],
    rows: split.segments.map(({ segment, shareBefore, shareAfter, overlap, centreMoved }) => [
      names[segment] ?? String(segment + 1),
      ...[100 * shareBefore, 100 * shareAfter, overlap, centreMoved],
    ]),
    note: `${countText(split.customersBefore)} customers before, ${countText(split.customersAfter)} after; adjusted Rand index of the old segments and a new fit ${split.adjustedRand.toFixed(2)}.`,
  };
}
