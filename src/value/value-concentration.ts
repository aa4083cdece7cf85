import { InputError } from "../core/errors.js";

/** How unevenly value lies on customers. */
export interface ValueConcentration {
  /** Points of the Lorenz curve, 101 from (0, 0) to (1, 1): the share of value that the least valuable share of customers holds. */
  readonly lorenz: readonly { readonly customers: number; readonly value: number }[];
  /** 0…1: 0 all alike, towards 1 all with one customer. */
  readonly gini: number;
  /** Share of value with the most valuable fifth of customers, 0…1. */
  readonly topFifth: number;
  /** Least share of customers who together hold four fifths of the value, 0…1. */
  readonly forFourFifths: number;
  /** Share of value with the one most valuable customer, 0…1. */
  readonly largest: number;
}

/**
 * How much of the value lies with how few customers.
 *
 * O(customers · log customers).
 *
 * @param values - Value of each customer, 0 or more.
 * @throws InputError if a value is below 0 or not finite, or all are 0.
 * @see Lorenz (1905), doi:10.2307/2276207; Gini coefficient without correction for small numbers
 */
export function valueConcentration(values: ArrayLike<number>): ValueConcentration {
  const sorted = Float64Array.from(values).sort();
  const bad = sorted.find((value) => !(value >= 0 && value < Infinity));
  if (bad !== undefined)
    throw new InputError(
      `valueConcentration: values must be 0 or more, got ${bad}. Take refunds off purchases before`,
    );
  const size = sorted.length;
  const sums = new Float64Array(size + 1);
  sorted.forEach((value, i) => {
    sums[i + 1] = sums[i]! + value;
  });
  const total = sums[size]!;
  if (!(total > 0)) throw new InputError("valueConcentration: values must not all be 0, got none above");
  const weighted = sorted.reduce((sum, value, i) => sum + (i + 1) * value, 0);
  const fewest = sums.filter((sum) => sum <= 0.2 * total * (1 + 1e-12)).length - 1;
  return {
    lorenz: Array.from({ length: 101 }, (_, i) => ({
      customers: i / 100,
      value: sumBelow(sums, (i / 100) * size) / total,
    })),
    gini: Math.max(0, (2 * weighted) / (size * total) - (size + 1) / size),
    topFifth: 1 - sumBelow(sums, 0.8 * size) / total,
    forFourFifths: (size - fewest) / size,
    largest: sorted[size - 1]! / total,
  };
}

/** Value of the least valuable so many customers; of a part of a customer, that part. */
function sumBelow(sums: Float64Array, count: number): number {
  const whole = Math.min(Math.floor(count), sums.length - 1);
  const next = Math.min(whole + 1, sums.length - 1);
  return sums[whole]! + (count - whole) * (sums[next]! - sums[whole]!);
}
