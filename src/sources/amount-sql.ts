/** Discounts are shares with at most this many decimals. */
export const discountDecimals = 6;
/** A discount of 1. */
export const wholeDiscount: number = 10 ** discountDecimals;
/** Largest amount of one line in minor units, 2^53 − 1: a double holds it. */
const largestAmount = Number.MAX_SAFE_INTEGER;

/**
 * SQL: what a line comes to in minor units, from terms for quantity and price and the column `discount`; NULL beyond 2^53 − 1.
 *
 * amount = quantity · price − discountAmount; discountAmount = |quantity · price| · discount rounded half up, with the sign of
 * the quantity, so that a return takes back exactly what its purchase brought.
 */
export function amountSql(
  quantity: string,
  price: string,
): { readonly discountAmount: string; readonly amount: string } {
  const gross = `(${quantity}::HUGEINT * ${price})`;
  const rounded = `(abs(${gross}) * discount + ${wholeDiscount / 2}) // ${wholeDiscount}`;
  const isSmall = `abs(${gross}) <= ${largestAmount}`;
  const discountAmount = `CASE WHEN ${isSmall} THEN (sign(${gross}) * (${rounded}))::BIGINT END`;
  return {
    discountAmount,
    amount: `CASE WHEN ${isSmall} THEN (${gross} - (${discountAmount}))::BIGINT END`,
  };
}
