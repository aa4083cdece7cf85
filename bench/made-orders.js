import { openDuckDb } from "../dist/engine/duckdb.js";

/** The columns of an order line as SQL over `range(…)`: three lines an order on average, ten orders per three customers. */
const orderLine = (customers) => `
  SELECT 'C' || lpad(((hash(invoice_number) % ${customers})::BIGINT)::VARCHAR, 8, '0') AS customer,
    'I' || lpad(invoice_number::VARCHAR, 8, '0') AS invoice,
    DATE '2024-01-01' + (hash(invoice_number + 1000000007) % 730)::INTEGER AS date,
    1 + (hash(line + 77) % 5)::INTEGER AS quantity,
    CAST((100 + (hash(line + 5) % 9900)::INTEGER) / 100 AS DECIMAL(9, 2)) AS price,
    'category ' || (hash(line + 9) % 12)::VARCHAR AS category`;

/**
 * Writes made order lines to a CSV or Parquet file, the same for the same number: one customer per ten lines, three lines per
 * order, two years of days, twelve categories; lines of one order lie together, as systems export them.
 */
export async function writeOrders(path, lines, { memoryLimitMb = 2000 } = {}) {
  const engine = await openDuckDb({ memoryLimitMb });
  const format = path.endsWith(".parquet") ? "FORMAT parquet" : "FORMAT csv, HEADER true";
  const customers = Math.max(1, Math.floor(lines / 10));
  await engine.run(`COPY (${orderLine(customers)}
    FROM (SELECT range AS line, range // 3 AS invoice_number FROM range(${lines}))) TO '${path}' (${format})`);
  engine.close();
}

/** Who buys how: share of the customers, share of the orders, what a price is multiplied by, and the days on which they buy. */
const kinds = [
  { customers: 0.25, orders: 0.6, dearness: 1, days: 730 },
  { customers: 0.5, orders: 0.35, dearness: 6, days: 730 },
  { customers: 0.25, orders: 0.05, dearness: 1, days: 300 },
];

/** The same for customers of three kinds that differ clearly: often, seldom and dear, stopped long ago. */
export async function writeOrdersOfKinds(path, lines, { customers, memoryLimitMb = 2000 }) {
  const choose = (value) =>
    `CASE ${kinds.map((kind, i) => `WHEN kind = ${i} THEN ${value(kind, i)}`).join(" ")} END`;
  const limits = kinds.map((_, i) =>
    kinds.slice(0, i + 1).reduce((sum, { orders }) => sum + 1000 * orders, 0),
  );
  const first = (i) =>
    kinds.slice(0, i).reduce((sum, kind) => sum + Math.round(kind.customers * customers), 0);
  const engine = await openDuckDb({ memoryLimitMb });
  await engine.run(`COPY (
    SELECT 'C' || lpad((${choose((kind, i) => `${first(i)} + (hash(invoice_number) % ${Math.round(kind.customers * customers)})::BIGINT`)})::VARCHAR, 8, '0') AS customer,
      'I' || lpad(invoice_number::VARCHAR, 8, '0') AS invoice,
      DATE '2024-01-01' + (${choose(({ days }) => `(hash(invoice_number + 1000000007) % ${days})::INTEGER`)}) AS date,
      1 + (hash(line + 77) % 5)::INTEGER AS quantity,
      CAST(${choose(({ dearness }) => dearness)} * (100 + (hash(line + 5) % 9900)::INTEGER) / 100 AS DECIMAL(9, 2)) AS price,
      'category ' || (hash(line + 9) % 12)::VARCHAR AS category
    FROM (SELECT *, CASE ${limits.map((limit, i) => `WHEN hash(invoice_number + 3) % 1000 < ${Math.round(limit)} THEN ${i}`).join(" ")} END AS kind
      FROM (SELECT range AS line, range // 3 AS invoice_number FROM range(${lines})))
  ) TO '${path}' (${path.endsWith(".parquet") ? "FORMAT parquet" : "FORMAT csv, HEADER true"})`);
  engine.close();
}
