import type { DisplayTable } from "../charts/figure.js";
import { percentText } from "../core/number-text.js";
import type { VarianceShare, VarianceShares } from "../validity/variance-shares.js";

/** Blocks and their features: how much of the variance and of the solution each makes up. */
export function varianceSharesTable({ features, blocks, between }: VarianceShares): DisplayTable {
  const percent = (share: number | null): number | null => (share === null ? null : 100 * share);
  const cells = ({ ofVariance, ofSolution, between: own }: VarianceShare) => [
    percent(ofVariance),
    percent(ofSolution),
    percent(own),
  ];
  return {
    kind: "table",
    caption: "Who dominates the basis, and who the solution",
    columns: [
      { name: "Block" },
      { name: "Feature" },
      { name: "Share of the variance", unit: "%", digits: 1 },
      { name: "Share of the solution", unit: "%", digits: 1 },
      { name: "Of its own variance between the clusters", unit: "%", digits: 1 },
    ],
    rows: blocks.flatMap((block) => [
      [block.label, `all ${block.featureCount}`, ...cells(block)],
      ...features
        .filter((feature) => feature.block === block.name)
        .map((feature) => [block.label, feature.label, ...cells(feature)]),
    ]),
    note: note(between),
  };
}

function note(between: number | null): string {
  const scaled = "The variance is that of the scaled basis, after the recipe and its weights.";
  if (between === null) return scaled;
  return `${scaled} Share of the solution: part of the sum of squares between the clusters, which is ${percentText(between)} of all.`;
}
