import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure, verticalLine } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { lightPalette, segmentColour } from "./theme.js";

/** Customers of two segments along the line that parts them best. */
export interface PairDensityView {
  /** The lower and the upper of the two. */
  readonly segments: readonly [ChartSegment, ChartSegment];
  /** Places along the line, 0: the mean of the lower segment, 1: of the upper. */
  readonly places: ArrayLike<number>;
  /** Density of both together and of each, in one unit, shape of `places`. */
  readonly together: ArrayLike<number>;
  readonly each: readonly [ArrayLike<number>, ArrayLike<number>];
  /** Where the valley is. */
  readonly valleyAt: number;
  readonly valley: number;
  readonly limit: number;
  readonly open: boolean;
}

/** Is there a gap? How many customers stand where along the line from one segment to another. */
export function pairDensity(view: PairDensityView): Figure {
  const { segments, places, together, each, valleyAt } = view;
  const top = Math.max(...Array.from(together));
  const share = (values: ArrayLike<number>): number[] =>
    Array.from(values, (value) => Math.round((1000 * value) / top) / 10);
  const x = Array.from(places, (place) => Math.round(1000 * place) / 1000);
  const lines = [
    ...segments.map(({ key }, i) => line(x, share(each[i]!), segmentColour(key))),
    line(x, share(together), lightPalette.ink),
  ];
  return buildFigure({
    title: finding(view),
    data: lines,
    layout: {
      xaxis: {
        title: axisTitle("Along the line that parts them best"),
        tickmode: "array",
        tickvals: [0, 1],
        ticktext: segments.map(({ name, size }) => `${name}<br>n = ${countText(size)}`),
        zeroline: false,
      },
      yaxis: { title: axisTitle("Customers, % of the peak"), range: [0, 105], dtick: 25 },
      shapes: [verticalLine(valleyAt, lightPalette.muted)],
    },
    height: 320,
    table: tableOf(view, { x, together: share(together), each: each.map(share) }),
  });
}

function line(x: readonly number[], y: readonly number[], color: string): Readonly<Record<string, unknown>> {
  return { type: "scatter", mode: "lines", x, y, line: { color, width: 2 }, hoverinfo: "skip" };
}

/** Every tenth place is enough to follow the curve. */
function tableOf(
  { segments, valley, limit }: PairDensityView,
  curves: {
    readonly x: readonly number[];
    readonly together: readonly number[];
    readonly each: readonly (readonly number[])[];
  },
): Figure["table"] {
  const rows = curves.x
    .map((place, i) => [place, curves.together[i]!, curves.each[0]![i]!, curves.each[1]![i]!])
    .filter((_, i) => i % 10 === 0);
  return {
    kind: "table",
    caption: "Customers along the line from one segment to the other",
    columns: [
      { name: "Place (0: first, 1: second)", digits: 2 },
      { name: "Both", unit: "% of the peak", digits: 1 },
      ...segments.map(({ name }) => ({ name, unit: "% of the peak", digits: 1 })),
    ],
    rows,
    note: `Valley ${valley.toFixed(2)} of the lower peak; up to ${limit.toFixed(2)} counts as a gap. Values that many customers share were spread or set aside.`,
  };
}

function finding({ segments: [one, other], valley, limit, open }: PairDensityView): string {
  const names = `“${one.name}” and “${other.name}”`;
  if (valley >= 0.995)
    return `There is no gap between ${names}: customers only thin out from one to the other`;
  const between = `between ${names} there are ${percentText(valley)} as many customers as in the lower of their peaks`;
  return open
    ? `A gap: ${between}`
    : `No gap that counts: ${between}, where a gap needs ${percentText(limit)} or less`;
}
