import type { DisplayTable } from "./figure.js";

/** What may have been measured for a number of clusters. */
export type CountMeasure =
  | "gap"
  | "predictionStrength"
  | "instability"
  | "silhouette"
  | "calinskiHarabasz"
  | "daviesBouldin"
  | "dunn"
  | "bic"
  | "icl"
  | "inertia"
  | "hitRate"
  | "gapStandardError"
  | "predictionStrengthStandardError"
  | "instabilityStandardError"
  | "silhouetteStandardError";

/** What was measured for one number of clusters; null where it is not defined (a silhouette of one cluster). */
export type ClusterCountCandidate = { readonly count: number } & {
  readonly [Name in CountMeasure]?: number | null;
};

/** What a measure says, as tables and figures name it. */
export interface CountIndexView {
  readonly name: CountMeasure;
  readonly errorName?: CountMeasure;
  readonly label: string;
  readonly range: string;
  readonly direction: "higher" | "lower";
  readonly digits?: number;
}

export interface ClusterCountView {
  readonly rows: readonly ClusterCountCandidate[];
  /** Those to show, in order. */
  readonly indices: readonly CountIndexView[];
  /** 1 where no grouping can be relied on. */
  readonly recommendedCount: number;
  /** Box, power and rule of the gap, which are named wherever it is shown. */
  readonly gapMethod: {
    readonly box: string;
    readonly power: string;
    readonly rule: string;
    readonly references: number;
  };
}

/** "Mean silhouette (−1 to 1, higher is better)". */
export function indexHeading({ label, range, direction }: CountIndexView): string {
  return `${label} (${range}, ${direction} is better)`;
}

/** Box, power and rule of the gap in words. */
export function gapCaption({ box, power, rule, references }: ClusterCountView["gapMethod"]): string {
  return `Gap against ${references} data sets without groups. Box: ${box}. Power: ${power}. Rule: ${rule}`;
}

/** Every index of every count; estimates with their standard errors. */
export function countTable({ rows, indices, gapMethod }: ClusterCountView): DisplayTable {
  const measures = indices.flatMap((index) => {
    const { name, errorName, label, digits } = index;
    const precision = digits === undefined ? {} : { digits };
    const value = { name, column: { name: indexHeading(index), ...precision } };
    const isEstimate = errorName !== undefined && rows.some((row) => (row[errorName] ?? 0) > 0);
    return isEstimate
      ? [value, { name: errorName, column: { name: `Standard error: ${label}`, ...precision } }]
      : [value];
  });
  return {
    kind: "table",
    caption: "Every count that was tried",
    columns: [{ name: "Segments", digits: 0 }, ...measures.map(({ column }) => column)],
    rows: rows.map((row) => [row.count, ...measures.map(({ name }) => row[name] ?? null)]),
    note: gapCaption(gapMethod),
  };
}
