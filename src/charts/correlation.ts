import { correlationText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { heatMapAxis, heatMapTrace } from "./heat-map.js";
import { plotColumnLabel, plotLabel } from "./plot-text.js";

export interface CorrelationView {
  /** Feature labels, in order. */
  readonly labels: readonly string[];
  /** Shape (nFeatures, nFeatures), −1…1; NaN where a feature does not vary. */
  readonly coefficients: readonly (readonly number[])[];
  /** Which coefficient, such as "Spearman’s rank correlation". */
  readonly measure?: string;
}

interface Pair {
  readonly first: string;
  readonly second: string;
  readonly coefficient: number;
}

/** Which features say the same? A heat map of the correlations below the diagonal. */
export function correlation(view: CorrelationView): Figure {
  const { labels, coefficients, measure = "correlation" } = view;
  const pairs = strongestFirst(view);
  const below = coefficients
    .slice(1)
    .map((row, i) => row.slice(0, -1).map((value, j) => (j <= i ? orNull(value) : null)));
  return buildFigure({
    title: finding(pairs),
    data: [
      heatMapTrace({
        places: below,
        limit: 1,
        texts: below.map((row) => row.map((value) => (value === null ? "" : coefficientText(value)))),
        hovers: below.map((row, i) =>
          row.map((value, j) => `${labels[i + 1]} and ${labels[j]}: ${coefficientText(value)}`),
        ),
      }),
    ],
    layout: {
      xaxis: {
        title: axisTitle(`${measure[0]!.toUpperCase()}${measure.slice(1)}, −1 to 1`),
        ...heatMapAxis(labels.slice(0, -1).map(plotColumnLabel)),
      },
      yaxis: { ...heatMapAxis(labels.slice(1).map(plotLabel)), autorange: "reversed" },
    },
    height: 44 * labels.length + 130,
    table: {
      kind: "table",
      caption: `Pairs of features by ${measure}, strongest first`,
      columns: [{ name: "Feature" }, { name: "Feature" }, { name: "Coefficient", digits: 2 }],
      rows: pairs.map((pair) => [pair.first, pair.second, pair.coefficient]),
    },
  });
}

function strongestFirst({ labels, coefficients }: CorrelationView): readonly Pair[] {
  return labels
    .flatMap((second, i) =>
      labels.slice(0, i).map((first, j) => ({ first, second, coefficient: coefficients[i]![j]! })),
    )
    .filter((pair) => Number.isFinite(pair.coefficient))
    .sort((a, b) => Math.abs(b.coefficient) - Math.abs(a.coefficient));
}

function finding(pairs: readonly Pair[]): string {
  const first = pairs[0];
  if (first === undefined) return "There are no two features that vary and could be compared";
  const how = first.coefficient < 0 ? "against each other" : "together";
  return `“${first.first}” and “${first.second}” move most strongly ${how} (${coefficientText(first.coefficient)})`;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function coefficientText(value: number | null): string {
  return value === null ? "–" : correlationText(value);
}
