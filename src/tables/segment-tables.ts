import type { DisplayTable } from "../charts/figure.js";
import { type SegmentVerdict, verdictText } from "../segments/definition.js";
import type { ClusterCountChoice } from "../validity/choose-cluster-count.js";

/** The segments in short. */
export function segmentsTable(
  segments: readonly {
    readonly key: string;
    readonly name: string;
    readonly size: number;
    readonly verdict: SegmentVerdict;
    readonly description: string;
  }[],
): DisplayTable {
  return {
    kind: "table",
    caption: "Segments",
    columns: [
      { name: "Key" },
      { name: "Name" },
      { name: "Customers", digits: 0 },
      { name: "Verdict" },
      { name: "What sets it apart" },
    ],
    rows: segments.map(({ key, name, size, verdict, description }) => [
      key,
      name,
      size,
      verdictText(verdict),
      description,
    ]),
  };
}

/** Everything that was measured for every count, and the rule that decides. */
export function clusterCountTable({ rows, rule, notes }: ClusterCountChoice): DisplayTable {
  return {
    kind: "table",
    caption: "Every count that was tried",
    columns: [
      { name: "Segments", digits: 0 },
      { name: "Inertia (lower is tighter)" },
      { name: "Gap (higher is better)", digits: 3 },
      { name: "Standard error of the gap", digits: 3 },
      { name: "Mean silhouette (−1 to 1, higher)", digits: 3 },
      { name: "Calinski–Harabasz (higher)" },
      { name: "Davies–Bouldin (lower)", digits: 3 },
      { name: "Hit rate", unit: "%", digits: 0 },
      { name: "Smallest segment", digits: 0 },
    ],
    rows: rows.map((row) => [
      row.count,
      row.inertia,
      row.gap,
      row.gapStandardError,
      row.silhouette,
      row.calinskiHarabasz,
      row.daviesBouldin,
      100 * row.hitRate,
      row.sizes.at(-1)!,
    ]),
    note: [`Declared rule: ${rule}`, ...notes].join(" "),
  };
}
