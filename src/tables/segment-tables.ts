import { countTable } from "../charts/count-view.js";
import type { DisplayTable } from "../charts/figure.js";
import { type SegmentVerdict, verdictText } from "../core/verdict.js";
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

/** Every index of every count with its range and direction, the rule that decides, and how it was all computed. */
export function clusterCountTable(choice: ClusterCountChoice): DisplayTable {
  const table = countTable(choice);
  return {
    ...table,
    columns: [...table.columns, { name: "Smallest segment", digits: 0 }],
    rows: table.rows.map((row, i) => [...row, choice.rows[i]!.sizes.at(-1)!]),
    note: [table.note, ...choice.notes].join(" "),
  };
}
