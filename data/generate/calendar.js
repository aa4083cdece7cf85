const msPerDay = 86_400_000;

/**
 * Whole days since 1970-01-01 of a `YYYY-MM-DD` date.
 *
 * @param {string} date
 */
export function dayOf(date) {
  return Date.parse(`${date}T00:00:00Z`) / msPerDay;
}

/**
 * `YYYY-MM-DD` of a day number.
 *
 * @param {number} day
 */
export function dateOf(day) {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

/** First day of the orders that the shop hands over. */
export const windowFrom = dayOf("2024-04-01");

/** The two days at whose end the shop is described. */
export const asOfDates = /** @type {const} */ (["2026-03-31", "2026-06-30"]);

export const [firstAsOf, secondAsOf] = asOfDates.map(dayOf);

/** First days of the quarters that web analytics has kept; the last one lies between the two dates. */
export const quarters = ["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01"].map(dayOf);
