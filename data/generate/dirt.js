import { dateOf } from "./calendar.js";
import { shuffle } from "./draws.js";

/**
 * Faults on purpose. A fault of a row is one extra row, so that no clean row is lost by it and every count is exact;
 * a fault of a cell spoils one attribute of a row that is otherwise kept.
 *
 * @typedef {import("./draws.js").Random} Random
 * @typedef {import("./faults.js").Faults} Faults
 * @typedef {readonly string[]} Row
 * @typedef {(row: Row, i: number, context: Context) => Row} Spoil Makes a faulty row from a copy of a clean one.
 * @typedef {{ asOf: number, unknownIds: readonly string[] }} Context
 */

const surveyItems = Array.from({ length: 12 }, (_, i) => i + 1);

/** Column of the date in each source that has one. */
const dateColumns = /** @type {const} */ ({ orders: 2, web: 1, campaigns: 2 });

/** What a wrong number looks like, and the columns it may stand in. */
const wrongNumbers = {
  orders: [
    [5, "two"],
    [6, "12,9O"],
    [7, "ten per cent"],
  ],
  web: [
    [2, "12 visits"],
    [3, "1_000"],
    [4, "?"],
  ],
  social: [
    [1, "many"],
    [2, "3k"],
  ],
};

/** What a wrong date looks like. */
const wrongDates = ["31/02/2026", "unknown", "2025-02-30", "0000-00-00", "yesterday"];

/** What a spoilt cell of a kept row looks like, and the columns it may stand in. */
const wrongCells = {
  customers: {
    "out-of-range": { columns: [1], texts: ["212", "0", "-4", "130"] },
    "not-a-number": { columns: [1], texts: ["abc", "4o", "thirty"] },
    "not-a-date": { columns: [5], texts: ["31.02.2024", "unknown"] },
    "unknown-level": { columns: [3], texts: ["rich", "n/a"] },
  },
  survey: {
    "out-of-range": { columns: surveyItems, texts: ["7", "0", "55"] },
    "not-a-number": { columns: surveyItems, texts: ["x", "three"] },
  },
};

/** @type {{ [reason: string]: (source: string) => Spoil }} */
const spoilers = {
  "missing-customer": () => (row) => ["", ...row.slice(1)],
  "unknown-customer":
    () =>
    (row, i, { unknownIds }) => [unknownIds[i % unknownIds.length], ...row.slice(1)],
  "duplicate-customer": () => (row) => row.with(4, ""),
  "exact-duplicate": () => (row) => row,
  "too-few-columns":
    (source) =>
    (row, i, { unknownIds }) =>
      (source === "orders" ? row : [unknownIds[i], ...row.slice(1)]).slice(0, -2),
  "too-many-columns":
    (source) =>
    (row, i, { unknownIds }) => [
      ...(source === "customers" ? [unknownIds[100 + i], ...row.slice(1)] : row),
      "x",
    ],
  "not-a-number": (source) => (row, i) => {
    const [column, text] = wrongNumbers[source][i % wrongNumbers[source].length];
    return row.with(column, text);
  },
  "not-a-date": (source) => (row, i) => row.with(dateColumns[source], wrongDates[i % wrongDates.length]),
  "after-as-of":
    (source) =>
    (row, i, { asOf }) =>
      row.with(dateColumns[source], dateOf(asOf + 1 + 5 * i)),
  "before-window": (source) => (row, i) =>
    row.with(dateColumns[source], `2023-${String(1 + (i % 12)).padStart(2, "0")}-17`),
  "zero-price": () => (row) => row.with(6, "0.00"),
};

/**
 * The rows of one source with the faults of its date: extra faulty rows at random places (second rows of a customer
 * last, so that the first is the true one), and spoilt cells.
 *
 * @param {Random} random
 * @param {readonly Row[]} rows Clean.
 * @param {Context & { source: string, planted: Faults }} options
 * @returns {Row[]}
 */
export function plantFaults(random, rows, { source, planted, ...context }) {
  const spoilt = spoilCells(random.fork(1), rows, { source, counts: planted.cells[source] ?? {} });
  const models = shuffle(
    random.fork(2),
    spoilt.clean.filter((row) => source !== "orders" || Number(row[5]) > 0),
  );
  let next = 0;
  const extra = Object.entries(planted[source]).flatMap(([reason, count]) => {
    const spoil = spoilers[reason](source);
    const start = next;
    next += count;
    return models.slice(start, next).map((row, i) => ({ reason, row: spoil(row, i, context) }));
  });
  const last = extra.filter(({ reason }) => reason === "duplicate-customer");
  const anywhere = extra.filter(({ reason }) => reason !== "duplicate-customer");
  return [
    ...insertAnywhere(
      random.fork(3),
      spoilt.rows,
      anywhere.map(({ row }) => row),
    ),
    ...last.map(({ row }) => row),
  ];
}

/** @param {Random} random @param {readonly Row[]} rows @param {{ source: string, counts: { [reason: string]: number } }} options */
function spoilCells(random, rows, { source, counts }) {
  const reasons = Object.entries(counts).flatMap(([reason, count]) =>
    Array.from({ length: count }, () => reason),
  );
  const chosen = shuffle(
    random,
    rows.map((_, i) => i),
  ).slice(0, reasons.length);
  const spoilt = [...rows];
  for (const [i, index] of chosen.entries()) {
    const { columns, texts } = wrongCells[source][reasons[i]];
    spoilt[index] = rows[index].with(columns[i % columns.length], texts[i % texts.length]);
  }
  const isChosen = new Set(chosen);
  return { rows: spoilt, clean: rows.filter((_, i) => !isChosen.has(i)) };
}

/** @param {Random} random @param {readonly Row[]} rows @param {readonly Row[]} extra */
function insertAnywhere(random, rows, extra) {
  const places = extra.map((row) => ({ place: random.below(rows.length), row }));
  places.sort((a, b) => a.place - b.place);
  let next = 0;
  return rows.flatMap((row, i) => {
    const here = [row];
    for (; next < places.length && places[next].place === i; next++) here.push(places[next].row);
    return here;
  });
}
