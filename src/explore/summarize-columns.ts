import { max, mean, min, quantileSorted, sampleSkewness, sampleStandardDeviation } from "simple-statistics";
import type { CategoryColumn, CustomerTable, NumberColumn } from "../core/feature.js";
import { compareText } from "../core/text-order.js";

/** What a numeric feature looks like, in its own unit. NaN where too few values are known to say. */
export interface NumberSummary {
  readonly kind: "number";
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** Customers with a value. */
  readonly count: number;
  readonly missing: number;
  readonly mean: number;
  /** n − 1; NaN with one value. */
  readonly standardDeviation: number;
  readonly minimum: number;
  /** Quantiles by linear interpolation (type 7). */
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly maximum: number;
  /** Adjusted Fisher–Pearson; above 1 a long tail to the right. NaN with fewer than three values or none that differ. */
  readonly skewness: number;
  /** Customers whose value is exactly 0. */
  readonly zeros: number;
}

export interface CategoryCount {
  readonly category: string;
  readonly count: number;
}

/** How customers spread over a category. */
export interface CategorySummary {
  readonly kind: "category";
  readonly name: string;
  readonly label: string;
  readonly count: number;
  readonly missing: number;
  /** Most frequent first, equal ones in code-unit order. */
  readonly categories: readonly CategoryCount[];
}

export type ColumnSummary = NumberSummary | CategorySummary;

/**
 * Count, centre, spread, quartiles and shape of every numeric feature; counts of every category.
 *
 * Sums run over sorted values, so the order of rows cannot change a bit. Time O(nRows · log nRows · nColumns).
 *
 * @param table - Shape (nCustomers, nColumns); NaN and null are missing and counted as such.
 * @returns One summary per column, in the order of the table.
 * @see Checked against pandas and SciPy in test/reference/explore.json.
 */
export function summarizeColumns(table: CustomerTable): readonly ColumnSummary[] {
  return table.columns.map((column) =>
    column.kind === "number" ? summarizeNumbers(column) : summarizeCategories(column),
  );
}

function summarizeNumbers({ feature, values }: NumberColumn): NumberSummary {
  const sorted = Array.from(values.filter(Number.isFinite).sort());
  const count = sorted.length;
  const varies = count > 0 && sorted[0] !== sorted[count - 1];
  const statistic = (least: number, compute: (sorted: readonly number[]) => number) =>
    count < least ? Number.NaN : compute(sorted);
  return {
    kind: "number",
    name: feature.name,
    label: feature.label,
    unit: feature.unit,
    count,
    missing: values.length - count,
    mean: statistic(1, mean),
    standardDeviation: statistic(2, sampleStandardDeviation),
    minimum: statistic(1, min),
    lowerQuartile: statistic(1, (known) => quantileSorted(known, 0.25)),
    median: statistic(1, (known) => quantileSorted(known, 0.5)),
    upperQuartile: statistic(1, (known) => quantileSorted(known, 0.75)),
    maximum: statistic(1, max),
    skewness: varies ? statistic(3, (known) => sampleSkewness(known)) : Number.NaN,
    zeros: sorted.filter((value) => value === 0).length,
  };
}

function summarizeCategories({ feature, values }: CategoryColumn): CategorySummary {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const categories = [...counts]
    .map(([category, count]) => ({ category, count }))
    .sort((a, b) => b.count - a.count || compareText(a.category, b.category));
  const count = categories.reduce((sum, category) => sum + category.count, 0);
  return {
    kind: "category",
    name: feature.name,
    label: feature.label,
    count,
    missing: values.length - count,
    categories,
  };
}
