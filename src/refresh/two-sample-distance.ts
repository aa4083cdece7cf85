import { InputError } from "../core/errors.js";
import { withinReport } from "../inference/tail-probability.js";

/** How far two samples of a number lie apart, whatever the shape. */
export interface TwoSampleDistance {
  /** Kolmogorov–Smirnov: largest difference of the distribution functions, 0…1. */
  readonly kolmogorovSmirnov: number;
  /** Two-sided, by the limiting distribution: of use from some 50 customers a date on. */
  readonly pValue: number;
  /** Wasserstein distance over the standard deviation of the first sample: mean shift in standard deviations. */
  readonly wasserstein: number;
  /** Known values. */
  readonly before: number;
  readonly after: number;
}

/**
 * Kolmogorov–Smirnov and normalised Wasserstein distance of two samples; unknown values are left out.
 *
 * O(n log n).
 *
 * @param before - NaN where unknown.
 * @param after - NaN where unknown.
 * @returns Wasserstein is 0 where both are constant and alike, Infinity where only the first is constant.
 * @throws InputError if a sample has no known value.
 * @see Smirnov (1948), doi:10.1214/aoms/1177730256; Vallender (1974), doi:10.1137/1118101. Checked against SciPy in
 * test/reference/refresh.json.
 */
export function twoSampleDistance(before: ArrayLike<number>, after: ArrayLike<number>): TwoSampleDistance {
  const [a, b] = [sortedKnown(before), sortedKnown(after)];
  if (a.length === 0 || b.length === 0)
    throw new InputError(
      `twoSampleDistance: before and after must hold known values, got ${a.length} and ${b.length}`,
    );
  let [i, j, largest, area] = [0, 0, 0, 0];
  let last = Math.min(a[0]!, b[0]!);
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    const gap = Math.abs(i / a.length - j / b.length);
    area += gap * (next - last);
    while (a[i] === next) i++;
    while (b[j] === next) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
    last = next;
  }
  const scale = deviationOf(a);
  return {
    kolmogorovSmirnov: largest,
    pValue: kolmogorovUpperTail(largest * Math.sqrt((a.length * b.length) / (a.length + b.length))),
    wasserstein: area === 0 ? 0 : area / scale,
    before: a.length,
    after: b.length,
  };
}

function sortedKnown(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
}

/** Sorted values. Those of one value have none: their mean, rounded, need not be that value. */
function deviationOf(values: Float64Array): number {
  if (values[0] === values.at(-1)) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1),
  );
}

/** 2 Σ (−1)^(k−1) e^(−2 k² x²), by its other form where that one hardly settles. */
function kolmogorovUpperTail(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1.18) {
    for (let k = 1; k < 40; k += 2) sum += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x));
    return withinReport(1 - (Math.sqrt(2 * Math.PI) / x) * sum);
  }
  for (let k = 1; k < 40; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return withinReport(2 * sum);
}
