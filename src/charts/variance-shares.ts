import { percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { plotLabel } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** What one feature or block makes up. */
export interface VarianceBar {
  readonly label: string;
  /** Share of the total variance, 0–1. */
  readonly ofVariance: number;
  /** Share of the solution, 0–1; null where there is none. */
  readonly ofSolution: number | null;
}

export interface VarianceSharesView {
  readonly features: readonly (VarianceBar & { readonly block: string })[];
  readonly blocks: readonly (VarianceBar & { readonly name: string; readonly featureCount: number })[];
}

interface BarRow extends VarianceBar {
  readonly isBlock: boolean;
}

/** Who dominates? Share of the variance (pale) and of the solution (full), by block and within it by feature. */
export function varianceShares(view: VarianceSharesView): Figure {
  const rows = rowsOf(view);
  const hasSolution = rows.some(({ ofSolution }) => ofSolution !== null);
  const largest = Math.max(...rows.flatMap(({ ofVariance, ofSolution }) => [ofVariance, ofSolution ?? 0]));
  const bars = [barTrace(rows, "variance", hasSolution ? -0.19 : 0)];
  if (hasSolution) bars.push(barTrace(rows, "solution", 0.19));
  return buildFigure({
    title: finding(view),
    data: bars,
    layout: {
      xaxis: {
        title: axisTitle(hasSolution ? "Share (%)" : "Share of the variance (%)"),
        tickformat: ".0%",
        range: [0, Math.min(1.35, Math.max(0.1, largest) * 1.3)],
        nticks: 5,
      },
      yaxis: {
        tickmode: "array",
        tickvals: rows.map((_, i) => i),
        ticktext: rows.map(({ label, isBlock }) =>
          isBlock ? `<b>${plotLabel(label)}</b>` : plotLabel(label),
        ),
        range: [rows.length - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
      bargap: 0.3,
      barmode: "overlay",
    },
    height: 46 * rows.length + 60,
    table: twin(view, hasSolution),
  });
}

/** Blocks with most of the solution (else of the variance) first, each followed by its features in the same order. */
function rowsOf({ features, blocks }: VarianceSharesView): readonly BarRow[] {
  const isDivided = blocks.length > 1;
  return [...blocks].sort(byShare).flatMap((block) => {
    const own = features.filter((feature) => feature.block === block.name).sort(byShare);
    const head = { ...block, label: `${block.label}: ${contents(own)}`, isBlock: true };
    const parts = own.map((feature) => ({ ...feature, isBlock: false }));
    if (!isDivided) return parts;
    return own.length === 1 ? [head] : [head, ...parts];
  });
}

/** A block of one feature needs no second row. */
function contents(features: readonly VarianceBar[]): string {
  return features.length === 1 ? features[0]!.label : `${features.length} features`;
}

const mainShare = ({ ofSolution, ofVariance }: VarianceBar): number => ofSolution ?? ofVariance;
const byShare = (a: VarianceBar, b: VarianceBar): number => mainShare(b) - mainShare(a);

function finding({ features, blocks }: VarianceSharesView): string {
  const candidates: readonly VarianceBar[] = blocks.length > 1 ? blocks : features;
  const first = [...candidates].sort(byShare)[0]!;
  if (mainShare(first) === 0)
    return first.ofSolution === null
      ? "No feature of the basis varies"
      : "Nothing of the variance lies between the clusters";
  const variance = `${percentText(first.ofVariance)} of the variance`;
  return first.ofSolution === null
    ? `“${first.label}” makes ${variance}, the largest share`
    : `“${first.label}” makes ${percentText(first.ofSolution)} of the solution and ${variance}`;
}

function barTrace(
  rows: readonly BarRow[],
  of: "variance" | "solution",
  offset: number,
): Readonly<Record<string, unknown>> {
  const shares = rows.map((row) => (of === "variance" ? row.ofVariance : row.ofSolution));
  const shortest = shortestRow(rows);
  return {
    type: "bar",
    orientation: "h",
    x: shares,
    y: rows.map((_, i) => i + offset),
    width: 0.34,
    name: of,
    marker: {
      color: rows.map(({ isBlock }) => (isBlock ? lightPalette.accent : lightPalette.muted)),
      opacity: of === "variance" ? 0.45 : 1,
    },
    text: shares.map((share, i) =>
      share === null ? "" : `${percentText(share)}${i === shortest ? ` of the ${of}` : ""}`,
    ),
    textposition: "outside",
    cliponaxis: false,
    hovertemplate: `%{x:.1%} of the ${of}<extra></extra>`,
  };
}

/** The pair of bars with most room beside it carries the words; a legend is not needed then. */
function shortestRow(rows: readonly BarRow[]): number {
  const lengths = rows.map(({ ofVariance, ofSolution }) => Math.max(ofVariance, ofSolution ?? 0));
  return lengths.indexOf(Math.min(...lengths));
}

function twin({ features, blocks }: VarianceSharesView, hasSolution: boolean): Figure["table"] {
  const percent = (share: number | null): number | null => (share === null ? null : 100 * share);
  const cells = (bar: VarianceBar) => [
    percent(bar.ofVariance),
    ...(hasSolution ? [percent(bar.ofSolution)] : []),
  ];
  return {
    kind: "table",
    caption: "Shares of the variance by block and feature",
    columns: [
      { name: "Block" },
      { name: "Feature" },
      { name: "Share of the variance", unit: "%", digits: 1 },
      ...(hasSolution ? [{ name: "Share of the solution", unit: "%", digits: 1 }] : []),
    ],
    rows: [...blocks].sort(byShare).flatMap((block) => [
      [block.label, `all ${block.featureCount}`, ...cells(block)],
      ...features
        .filter((feature) => feature.block === block.name)
        .sort(byShare)
        .map((feature) => [block.label, feature.label, ...cells(feature)]),
    ]),
  };
}
