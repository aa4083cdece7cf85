import { countText, stabilityText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { stripTraces } from "./strip-rows.js";
import { lightPalette } from "./theme.js";

/** How far the solutions of each pair of samples agreed on one count. */
export interface CountSpread {
  readonly count: number;
  /** One adjusted Rand index per pair of samples. */
  readonly values: readonly number[];
  readonly mean: number;
  /** 5 % quantile, median and 95 % quantile. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Which number of segments comes back? A strip per count: how far two refits agree, pair by pair. */
export function countStability(counts: readonly CountSpread[]): Figure {
  const lowest = Math.min(0, ...counts.flatMap(({ values }) => values));
  const pairs = Math.max(0, ...counts.map(({ values }) => values.length));
  return buildFigure({
    title: finding(counts),
    data: stripTraces(counts.map((count) => ({ ...count, colour: lightPalette.accent }))),
    layout: {
      xaxis: {
        title: axisTitle("Agreement of two refits (adjusted Rand index, 0 by chance to 1)"),
        range: [lowest - 0.02, 1.02],
        dtick: 0.25,
        zeroline: false,
      },
      yaxis: {
        tickmode: "array",
        tickvals: counts.map((_, i) => i),
        ticktext: counts.map(({ count }) => `${countText(count)} segments`),
        range: [counts.length - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
    },
    height: 46 * counts.length + 70,
    table: {
      kind: "table",
      caption: "Stability of each count",
      columns: [
        { name: "Segments" },
        { name: "Mean index", digits: 2 },
        { name: "5 % quantile", digits: 2 },
        { name: "Median", digits: 2 },
        { name: "95 % quantile", digits: 2 },
      ],
      rows: counts.map(({ count, mean, low, median, high }) => [count, mean, low, median, high]),
      note: `Adjusted Rand index of the two solutions of each of ${pairs} pairs of bootstrap samples, on all customers. Steady is not the same as real.`,
    },
  });
}

function finding(counts: readonly CountSpread[]): string {
  const ordered = [...counts].sort((a, b) => b.median - a.median || a.count - b.count);
  const [best, worst] = [ordered[0]!, ordered.at(-1)!];
  const first = `${countText(best.count)} segments come back most alike (median index ${stabilityText(best.median)})`;
  return best === worst
    ? first
    : `${first}, ${countText(worst.count)} least (${stabilityText(worst.median)})`;
}
