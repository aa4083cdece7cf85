import { sampleRankCorrelation } from "simple-statistics";
import type { FileSample } from "./file-sample.js";
import type { ColumnProfile } from "./profile-column.js";

/** Rows that a correlation is computed from: enough to tell 0.7 from 0.5, and cheap for hundreds of columns. */
const rowLimit = 2000;

/** Numbers of a column, one a row of the sample, at most 2000; NaN where there is none. */
export function numbersByRow({ rows }: FileSample, { index, numbers }: ColumnProfile): Float64Array {
  const { decimalSeparator = ".", thousandsSeparator = "" } = numbers ?? {};
  return Float64Array.from(rows.slice(0, rowLimit), (row) => {
    const text = thousandsSeparator === "" ? row[index]! : row[index]!.replaceAll(thousandsSeparator, "");
    return text === "" ? Number.NaN : Number(text.replace(decimalSeparator, "."));
  });
}

/** Spearman's rank correlation of two columns over the rows where both are known, −1…1; 0 where it is not defined. */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const both = [...a.keys()].filter((i) => !Number.isNaN(a[i]!) && !Number.isNaN(b[i]!));
  if (both.length < 3) return 0;
  const value = sampleRankCorrelation(
    both.map((i) => a[i]!),
    both.map((i) => b[i]!),
  );
  return Number.isNaN(value) ? 0 : value;
}
