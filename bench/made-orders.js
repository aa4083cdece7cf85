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
