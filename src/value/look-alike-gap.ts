import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { sum } from "../core/sum.js";
import type { SegmentMembership } from "../segments/campaign-response.js";
import { collectBaskets, type ItemPurchase } from "../segments/item-baskets.js";
import { fitLeastSquares, type LeastSquares, scalarProduct } from "./least-squares.js";

/** A customer in a segment whose traits are all known. */
export interface KnownCustomer {
  readonly label: number;
  /** 1, then the traits. */
  readonly row: Float64Array;
  readonly bought: ReadonlySet<string>;
}

/** Customers in segments with known traits, and what each bought more of than gave back. */
export function knownCustomers(
  rows: Iterable<ItemPurchase>,
  { keys, labels, segments }: SegmentMembership,
  traits: Matrix,
): KnownCustomer[] {
  const everyone = { keys, labels: keys.map((_, i) => i), segments };
  const bought = new Map(
    collectBaskets("assortmentGaps", rows, everyone).baskets.map(({ label: place, byItem }) => [
      place,
      new Set([...byItem].flatMap(([item, amount]) => (amount > 0 ? [item] : []))),
    ]),
  );
  const customers = keys.flatMap((_, i) => {
    const row = Float64Array.of(
      1,
      ...traits.values.subarray(i * traits.columnCount, (i + 1) * traits.columnCount),
    );
    if (labels[i]! < 0 || !row.every(Number.isFinite)) return [];
    return [{ label: labels[i]!, row, bought: bought.get(i) ?? new Set<string>() }];
  });
  if (customers.length === 0)
    throw new InputError("assortmentGaps: traits must be known for some customers in segments, got none");
  return customers;
}

/** What a segment buys of an item, and what its look-alikes would. */
export interface LookAlikeGap {
  readonly item: string;
  readonly customers: number;
  readonly share: number;
  readonly expected: number;
  readonly gap: number;
  /** Standard error of the gap. */
  readonly error: number;
}

/**
 * Buyers of an item inside a segment against a line through the traits of those outside.
 *
 * @throws InputError if traits are alike for all outside, or repeat one another.
 */
export function lookAlikeGap(
  item: string,
  inside: readonly KnownCustomer[],
  outside: readonly KnownCustomer[],
): LookAlikeGap {
  const design = outside.map(({ row }) => row);
  const fit = fitLeastSquares(
    design,
    outside.map(({ bought }) => (bought.has(item) ? 1 : 0)),
  );
  if (fit === undefined)
    throw new InputError(
      "assortmentGaps: traits must differ between customers and not repeat one another, got columns that do not outside a segment",
    );
  const size = inside.length;
  const mean = inside[0]!.row.map((_, j) => sum(inside.map(({ row }) => row[j]!)) / size);
  const buyers = inside.filter(({ bought }) => bought.has(item)).length;
  // Half a buyer and half who is none in the error only: nobody buying is no certainty.
  const raised = (buyers + 0.5) / (size + 1);
  const error = Math.sqrt((raised * (1 - raised)) / size + varianceAt(mean, design, fit));
  const expected = Math.min(1, Math.max(0, scalarProduct(mean, fit.coefficients)));
  return {
    item,
    customers: size,
    share: buyers / size,
    expected,
    gap: buyers / size - expected,
    error,
  };
}

/** White's variance of the line at a point: each row's pull on it times what it was missed by, squared. */
function varianceAt(
  point: Float64Array,
  design: readonly Float64Array[],
  { inverse, residuals }: LeastSquares,
): number {
  const pull = Float64Array.from(inverse, (row) => scalarProduct(row, point));
  return sum(design.map((row, i) => (residuals[i]! * scalarProduct(row, pull)) ** 2));
}
