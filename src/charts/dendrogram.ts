import { InputError } from "../core/errors.js";
import { countText, numberText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { DisplayTable, Figure } from "./figure.js";
import { plotText } from "./plot-text.js";
import { lightPalette, segmentColour } from "./theme.js";
import { type Branch, branchesOf, type MergeTree, topOfTree, tourOf } from "./tree-branches.js";

/** What `fitHierarchical` returns, as far as it is drawn. */
export interface DendrogramView extends MergeTree {
  readonly linkage: "ward" | "average" | "complete" | "single";
  readonly measure: { readonly distance: "euclidean" | "manhattan" | "gower" };
}

/** What `cutTree` returns, as far as it is drawn. */
export interface DendrogramCut {
  readonly clusterCount: number;
  /** Cluster of every row, shape (nRows,). */
  readonly labels: ArrayLike<number>;
  /** Between which heights the cut lies. */
  readonly heights: readonly [low: number, high: number];
}

/** More leaves than this cannot be told apart on a page. */
const mostLeaves = 50;

/** Above so many leaves their sizes stand in two rows. */
const leavesInOneRow = 20;

const heightMeaning: Readonly<Record<DendrogramView["linkage"], string>> = {
  ward: "growth of the spread within, as a distance",
  average: "mean distance between the two groups",
  complete: "largest distance between the two groups",
  single: "smallest distance between the two groups",
};

/**
 * How do groups join? The last 49 merges of a tree, each as high as the groups that it joins lie apart; the merges below
 * are hidden in the leaves. With a cut its groups are coloured and counted, and a dotted line shows where it lies.
 *
 * @throws InputError if the tree has one row only, or the cut is of another tree.
 */
export function dendrogram(tree: DendrogramView, cut?: DendrogramCut): Figure {
  check(tree, cut);
  const root = topOfTree(tree, Math.max(mostLeaves, cut?.clusterCount ?? 0));
  const groups = cut === undefined ? [] : groupsOf(root, tree.rowCount - cut.clusterCount + tree.rowCount);
  const shown = cut === undefined ? branchesOf(root).filter(({ parts }) => parts.length === 0) : groups;
  const isGroup = (part: Branch) => groups.includes(part);
  return buildFigure({
    title: finding(tree, cut),
    data: [
      ...(isGroup(root) ? [] : [branchTrace(root, lightPalette.muted, (part) => !isGroup(part))]),
      ...groups.map((group) => branchTrace(group, colourOf(group, tree, cut!), () => true)),
    ],
    layout: {
      xaxis: {
        title: axisTitle(`Customers per ${cut === undefined ? "leaf" : "group"}`),
        tickvals: shown.map((branch) => middleOf(branch)),
        ticktext: sizeTexts(shown),
        tickangle: 0,
        range: [-0.7, branchesOf(root).length / 2],
        showgrid: false,
        zeroline: false,
      },
      yaxis: { rangemode: "tozero" },
      annotations: [heading(tree)],
      shapes: cut === undefined || cut.clusterCount === 1 ? [] : [cutLine(root, cut)],
    },
    height: 380,
    table: mergeTable(tree, root),
  });
}

function check({ rowCount }: DendrogramView, cut: DendrogramCut | undefined): void {
  if (rowCount < 2) throw new InputError("dendrogram: tree must have at least 2 rows, got 1");
  if (cut !== undefined && cut.labels.length !== rowCount)
    throw new InputError(
      `dendrogram: cut must be of the tree with ${rowCount} rows, got one of ${cut.labels.length}`,
    );
}

/** What the heights are, above the plot: too long for a text along the axis. */
function heading({ linkage, measure }: DendrogramView): Readonly<Record<string, unknown>> {
  const unit = measure.distance === "gower" ? "Gower, 0 to 1" : "in the columns’ unit";
  return {
    text: plotText(`Height: ${heightMeaning[linkage]} (${unit})`),
    x: 0,
    y: 1,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
    font: { color: lightPalette.muted, size: 12 },
  };
}

/** The branches that a cut leaves: made before cluster number `limit`, and joined after. */
function groupsOf(branch: Branch, limit: number): Branch[] {
  return branch.cluster < limit ? [branch] : branch.parts.flatMap((part) => groupsOf(part, limit));
}

function finding(tree: DendrogramView, cut: DendrogramCut | undefined): string {
  if (cut !== undefined) {
    const [low, high] = cut.heights;
    return high === Infinity
      ? `All customers in one group, the last merge at a height of ${numberText(low)}`
      : `${countText(cut.clusterCount)} groups: they lie between the merges at ${numberText(low)} and ${numberText(high)}`;
  }
  const { heights, rowCount } = tree;
  const steps = Array.from(heights, (height, at) => height - (heights[at - 1] ?? 0));
  const widest = steps.reduce((best, step, at) => (step > steps[best]! ? at : best), 0);
  return `The widest step between two merges leaves ${countText(rowCount - widest)} groups`;
}

function branchTrace(
  branch: Branch,
  colour: string,
  isDrawn: (part: Branch) => boolean,
): Readonly<Record<string, unknown>> {
  const tour = tourOf(branch, isDrawn);
  return {
    type: "scatter",
    mode: "lines",
    x: tour.map(([x]) => x),
    y: tour.map(([, y]) => y),
    line: { color: colour, width: 1.5 },
    hovertemplate: "height %{y:.3g}<extra></extra>",
  };
}

/** The colour of the segment that a group's rows are labelled with. */
function colourOf(group: Branch, tree: DendrogramView, { labels }: DendrogramCut): string {
  let row = group.cluster;
  while (row >= tree.rowCount) row = tree.first[row - tree.rowCount]!;
  return segmentColour(`s${labels[row]! + 1}`);
}

function cutLine(root: Branch, { heights }: DendrogramCut): Readonly<Record<string, unknown>> {
  const height = (heights[0] + heights[1]) / 2;
  const places = branchesOf(root).map(({ x }) => x);
  return {
    type: "line",
    x0: Math.min(...places),
    x1: Math.max(...places),
    y0: height,
    y1: height,
    line: { color: lightPalette.accent, width: 1.5, dash: "dot" },
  };
}

/** Half way between a group's first and last leaf. */
function middleOf(branch: Branch): number {
  const places = branchesOf(branch).map(({ x }) => x);
  return (Math.min(...places) + Math.max(...places)) / 2;
}

function sizeTexts(branches: readonly Branch[]): string[] {
  const isStaggered = branches.length > leavesInOneRow;
  return branches.map(({ size }, at) => {
    if (!isStaggered) return countText(size);
    return at % 2 === 0 ? `${countText(size)}<br>\u00a0` : `\u00a0<br>${countText(size)}`;
  });
}

function mergeTable(tree: DendrogramView, root: Branch): DisplayTable {
  const merges = branchesOf(root)
    .filter(({ parts }) => parts.length > 0)
    .sort((a, b) => b.cluster - a.cluster);
  const hidden = tree.rowCount - 1 - merges.length;
  return {
    kind: "table",
    caption: "Merges, the last one first",
    columns: [
      { name: "Groups before" },
      { name: "Height" },
      { name: "Customers left" },
      { name: "Customers right" },
    ],
    rows: merges.map(({ cluster, height, parts }) => [
      2 * tree.rowCount - cluster,
      height,
      ...parts.map(({ size }) => size),
    ]),
    ...(hidden > 0 && { note: `${countText(hidden)} lower merges are hidden in the leaves.` }),
  };
}
