// One side of one work of sources.js, in a process of its own: node bench/sources-part.js PART WORDS…
import { DuckDBInstance } from "@duckdb/node-api";
import { openDuckDb } from "../dist/engine/duckdb.js";

const parts = {
  async features(workbook) {
    const { openWorkbook } = await import("../dist/workbook/open-workbook.js");
    const book = await openWorkbook(workbook, { keepTables: false });
    const { keys } = await book.table();
    book.close();
    return keys.length;
  },
  /** What an analyst would write: no account, no check but the reader's. */
  async "hand-written"(path, memory) {
    const engine = await openDuckDb({ threads: 2, ...(memory && { memoryLimitMb: 2000 }) });
    const from = path.endsWith(".parquet")
      ? `'${path}'`
      : `read_csv('${path}', header = true, columns = {customer: 'VARCHAR', invoice: 'VARCHAR', date: 'DATE', quantity: 'BIGINT',
          price: 'DECIMAL(18, 2)', category: 'VARCHAR'})`;
    const columns = await engine.columns(`
      SELECT customer, (DATE '2026-01-01' - max(date))::DOUBLE AS recency, count(DISTINCT invoice)::DOUBLE AS orders,
        sum(quantity * price)::DOUBLE AS spend, (DATE '2026-01-01' - min(date))::DOUBLE AS tenure,
        ((max(date) - min(date)) / nullif(count(DISTINCT date) - 1, 0))::DOUBLE AS mean_gap,
        count(DISTINCT category)::DOUBLE AS categories
      FROM ${from} GROUP BY customer ORDER BY customer`);
    engine.close();
    return columns[0].values.length;
  },
  async "make-columns"(path) {
    const engine = await openDuckDb({ threads: 2 });
    const columns = Array.from({ length: 8 }, (_, j) => `hash(range + ${j})::DOUBLE AS x${j}`);
    await engine.run(`COPY (SELECT ${columns.join(", ")} FROM range(5000000)) TO '${path}' (FORMAT parquet)`);
    engine.close();
  },
  async columns(path) {
    const engine = await openDuckDb({ threads: 2 });
    const columns = await engine.columns(`SELECT * FROM '${path}'`);
    engine.close();
    return columns.length;
  },
  async "get-columns"(path) {
    const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
    const connection = await instance.connect();
    const columns = await (await connection.run(`SELECT * FROM '${path}'`)).getColumns();
    return columns.length;
  },
};

const [part, ...words] = process.argv.slice(2);
await parts[part](...words);
