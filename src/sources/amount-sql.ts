import type { SourceConfig } from "../config/workbook-config.js";

/** Discounts are shares with at most this many decimals. */
export const discountDecimals = 6;
/** A discount of 1. */
export const wholeDiscount: number = 10 ** discountDecimals;
/** Largest amount of one line in minor units, 2^53 − 1: a double holds it. */
const largestAmount = Number.MAX_SAFE_INTEGER;

/** Term: what the price of a line is multiplied with; the price of a line that says what it came to is that. */
export function piecesTerm({ columns }: SourceConfig): string {
  return columns.has("amount") ? "1" : "quantity";
}

/**
 * SQL: what a line comes to in minor units, from terms for quantity and price and the column `discount`; NULL beyond 2^53 − 1.
 *
 * amount = quantity · price − discountAmount; discountAmount = |quantity · price| · discount rounded half up, with the sign of
 * the quantity, so that a return takes back exactly what its purchase brought.
 *
 * @param isDiscounted - Whether `discount` can be other than 0; false: it is not looked at.
 */
export function amountSql(
  quantity: string,
  price: string,
  { isDiscounted = true }: { readonly isDiscounted?: boolean } = {},
): { readonly discountAmount: string; readonly amount: string } {
  const gross = `(${quantity}::HUGEINT * ${price})`;
  const rounded = `(abs(${gross}) * discount + ${wholeDiscount / 2}) // ${wholeDiscount}`;
  const isSmall = `abs(${gross}) <= ${largestAmount}`;
  // Nearly every line is so; numbers of 128 bits take forty times as long.
  const isNear = `${quantity} BETWEEN -1000000 AND 1000000 AND ${price} BETWEEN -1000000000 AND 1000000000`;
  if (!isDiscounted)
    return {
      discountAmount: "0::BIGINT",
      amount: `CASE WHEN ${isNear} THEN ${quantity} * ${price} WHEN ${isSmall} THEN ${gross}::BIGINT END`,
    };
  const isPlain = `discount = 0 AND ${isNear}`;
  const discountAmount = `CASE WHEN ${isPlain} THEN 0 WHEN ${isSmall} THEN (sign(${gross}) * (${rounded}))::BIGINT END`;
  return {
    discountAmount,
    amount: `CASE WHEN ${isPlain} THEN ${quantity} * ${price} WHEN ${isSmall} THEN (${gross} - (${discountAmount}))::BIGINT END`,
  };
}
