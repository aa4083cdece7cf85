import { sourceOf } from "./sample-config.js";

/** A shop of three customers as loadSources leaves it, in SQL that DuckDB and PostgreSQL both read. */
export const shopTables = `
DROP TABLE IF EXISTS customers; DROP TABLE IF EXISTS transactions; DROP TABLE IF EXISTS survey;
DROP TABLE IF EXISTS web; DROP TABLE IF EXISTS social; DROP TABLE IF EXISTS campaigns;
CREATE TABLE customers (customer_id VARCHAR, "__proto__" VARCHAR, "a""b" DOUBLE PRECISION, joined DATE);
INSERT INTO customers VALUES
  ('b', 'x', 1, '2026-03-01'), ('a', '<script>', NULL, '2024-03-31'), ('c', NULL, 3, NULL);
CREATE TABLE transactions (customer_id VARCHAR, invoice VARCHAR, date DATE, product VARCHAR, product_name VARCHAR,
  category VARCHAR, region VARCHAR, quantity BIGINT, amount BIGINT, discount_amount BIGINT, is_return BOOLEAN);
INSERT INTO transactions VALUES
  ('a', '1', '2026-01-01', 'p1', NULL, 'Shoes', 'South', 2, 1000, 250, false),
  ('a', '1', '2026-01-01', 'p2', NULL, 'Organic', 'North', 1, 500, 0, false),
  ('a', '2', '2026-01-01', 'p2', NULL, 'Organic', 'North', 1, 500, 0, false),
  ('a', '3', '2026-01-31', 'p1', NULL, 'Shoes', 'South', 1, 1000, 0, false),
  ('a', '4', '2026-02-10', 'p1', NULL, 'Shoes', 'East', -2, -1000, 0, true),
  ('b', '5', '2026-03-31', 'p3', NULL, NULL, NULL, 4, 333, 0, false);
CREATE TABLE survey (customer_id VARCHAR, q1 INTEGER, q2 INTEGER, q3 INTEGER);
INSERT INTO survey VALUES ('a', 5, 4, 1), ('b', NULL, NULL, 2);
CREATE TABLE web (customer_id VARCHAR, date DATE, sessions BIGINT, pages BIGINT, carts BIGINT);
INSERT INTO web VALUES ('a', '2026-01-01', 3, 10, 1), ('a', '2026-02-01', 1, 4, 0), ('b', '2026-02-01', 0, 0, 0);
CREATE TABLE social (customer_id VARCHAR, follows BIGINT, shares BIGINT, mentions BIGINT);
INSERT INTO social VALUES ('b', 2, 7, 1);
CREATE TABLE campaigns (customer_id VARCHAR, campaign VARCHAR, date DATE, sent BIGINT, opened BIGINT, clicked BIGINT,
  converted BIGINT);
INSERT INTO campaigns VALUES
  ('a', 'c1', '2026-01-01', 1, 1, 1, 0), ('a', 'c2', '2026-02-01', 1, 1, 0, 0),
  ('a', 'c3', '2026-02-01', 1, 0, 0, 0), ('a', 'c4', '2026-02-01', 1, 1, 1, 1);`;

const attributes = new Map([
  ["__proto__", { column: "p", type: "category", unit: "", meaning: "Group" }],
  ['a"b', { column: "a", type: "number", unit: "points", meaning: "Points" }],
  ["joined", { column: "joined", type: "date", unit: "", meaning: "Day of joining" }],
] as const);
const scales = new Map([
  ["thrift", { items: ["q1", "q2", "-q3"], range: [1, 5], meaning: "Saves" }],
  ["pair", { items: ["q2", "-q3"], range: [1, 5], meaning: "Two items" }],
] as const);

/** The sources of {@link shopTables}. */
export const shopSources = {
  customers: sourceOf("customers", { attributes }),
  transactions: sourceOf("transactions", { categoryShares: new Map([["eco", ["Organic"]]]) }),
  survey: sourceOf("survey", { scales }),
  web: sourceOf("web"),
  social: sourceOf("social"),
  campaigns: sourceOf("campaigns"),
};
