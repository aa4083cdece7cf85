/**
 * Rows to drop by source and reason, and cells to take for missing; the reasons are those of the cleaning account.
 *
 * @typedef {{ [source: string]: { [reason: string]: number } }} Counts
 * @typedef {Counts & { cells: Counts }} Faults
 */

/**
 * How often each fault is planted at each date.
 *
 * @type {{ [asOf: string]: Faults }}
 */
export const faults = {
  "2026-03-31": {
    customers: {
      "missing-customer": 7,
      "duplicate-customer": 23,
      "too-few-columns": 4,
      "too-many-columns": 3,
    },
    orders: {
      "missing-customer": 61,
      "unknown-customer": 37,
      "exact-duplicate": 48,
      "not-a-number": 29,
      "not-a-date": 18,
      "after-as-of": 12,
      "before-window": 83,
      "zero-price": 26,
      "too-few-columns": 9,
      "too-many-columns": 14,
    },
    survey: { "missing-customer": 3, "unknown-customer": 8, "too-few-columns": 5 },
    web: { "missing-customer": 16, "unknown-customer": 21, "not-a-number": 7, "not-a-date": 5 },
    social: { "unknown-customer": 12, "not-a-number": 4 },
    campaigns: { "unknown-customer": 19, "not-a-date": 3, "too-many-columns": 6, "after-as-of": 2 },
    cells: {
      customers: { "out-of-range": 11, "not-a-number": 9, "not-a-date": 5, "unknown-level": 8 },
      survey: { "out-of-range": 17, "not-a-number": 6 },
    },
  },
  "2026-06-30": {
    customers: {
      "missing-customer": 9,
      "duplicate-customer": 20,
      "too-few-columns": 2,
      "too-many-columns": 5,
    },
    orders: {
      "missing-customer": 70,
      "unknown-customer": 41,
      "exact-duplicate": 52,
      "not-a-number": 33,
      "not-a-date": 21,
      "after-as-of": 8,
      "before-window": 83,
      "zero-price": 31,
      "too-few-columns": 7,
      "too-many-columns": 11,
    },
    survey: { "missing-customer": 2, "unknown-customer": 9, "too-few-columns": 4 },
    web: { "missing-customer": 18, "unknown-customer": 24, "not-a-number": 6, "not-a-date": 4 },
    social: { "unknown-customer": 10, "not-a-number": 5 },
    campaigns: { "unknown-customer": 22, "not-a-date": 4, "too-many-columns": 3, "after-as-of": 1 },
    cells: {
      customers: { "out-of-range": 12, "not-a-number": 8, "not-a-date": 4, "unknown-level": 9 },
      survey: { "out-of-range": 14, "not-a-number": 7 },
    },
  },
};
