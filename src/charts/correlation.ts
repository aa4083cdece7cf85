import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { plotColumnLabel, plotLabel, plotText } from "./plot-text.js";
import { divergingScale } from "./theme.js";

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
      {
        type: "heatmap",
        x: labels.slice(0, -1).map((_, j) => j),
        y: labels.slice(1).map((_, i) => i),
        z: below,
        zmin: -1,
        zmax: 1,
        colorscale: divergingScale,
        showscale: false,
        xgap: 2,
        ygap: 2,
        text: below.map((row) => row.map((value) => (value === null ? "" : coefficientText(value)))),
        texttemplate: "%{text}",
        hoverongaps: false,
        hovertext: below.map((row, i) =>
          row.map((value, j) =>
            plotText(`${labels[i + 1]} and ${labels[j]}: ${value === null ? "–" : coefficientText(value)}`),
          ),
        ),
        hovertemplate: "%{hovertext}<extra></extra>",
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle(`${measure[0]!.toUpperCase()}${measure.slice(1)}, −1 to 1`),
        tickvals: labels.slice(0, -1).map((_, j) => j),
        ticktext: labels.slice(0, -1).map(plotColumnLabel),
        showgrid: false,
        zeroline: false,
      },
      yaxis: {
        tickvals: labels.slice(1).map((_, i) => i),
        ticktext: labels.slice(1).map(plotLabel),
        autorange: "reversed",
        showgrid: false,
        zeroline: false,
      },
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
  if (first === undefined) return "No two features vary together, because none varies";
  const how = first.coefficient < 0 ? "against each other" : "together";
  return `“${first.first}” and “${first.second}” move most strongly ${how} (${coefficientText(first.coefficient)})`;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function coefficientText(value: number): string {
  return value.toFixed(2).replace("-", "−");
}
