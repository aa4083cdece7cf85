import { dayNumber, dayText } from "#src/core/calendar-day.js";
import { quoteIdentifier, quoteText } from "#src/engine/sql-text.js";
import { referenceNumbers } from "../reference-numbers.js";

type Cell = string | number | boolean | null;

interface CatalogueNumbers {
  readonly asOf: string;
  readonly keys: readonly string[];
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly tables: Readonly<Record<string, readonly (readonly Cell[])[]>>;
  /** Feature → value of each customer, null where missing. */
  readonly features: Readonly<Record<string, readonly (string | number | null)[]>>;
}

/** Made-up tables of every kind, and what pandas makes of them. */
export const catalogueNumbers: CatalogueNumbers = referenceNumbers<CatalogueNumbers>("feature-catalogue");

const types: Readonly<Record<string, string>> = {
  date: "DATE",
  joined: "DATE",
  started: "DATE",
  ended: "DATE",
  age: "DOUBLE PRECISION",
  satisfaction: "DOUBLE PRECISION",
  is_return: "BOOLEAN",
  is_complaint: "BOOLEAN",
};
const texts = ["customer_id", "invoice", "product", "product_name", "category", "region"].concat([
  ...["campaign", "plan", "status", "ticket", "topic"],
]);

/** SQL that makes the tables, as loadSources leaves them, in words that DuckDB and PostgreSQL share. */
export function catalogueTables(): string {
  return Object.entries(catalogueNumbers.columns)
    .map(([name, columns]) => {
      const defined = columns.map((column) => `${quoted(column)} ${typeOf(column)}`).join(", ");
      return `DROP TABLE IF EXISTS ${quoted(name)}; CREATE TABLE ${quoted(name)} (${defined});\n${insertRows(name, catalogueNumbers.tables[name]!)}`;
    })
    .join("\n");
}

/** SQL that adds rows to one of them. */
function insertRows(table: string, rows: readonly (readonly Cell[])[]): string {
  const values = rows.map((row) => `(${row.map(literal).join(", ")})`);
  return `INSERT INTO ${quoted(table)} VALUES\n${values.join(",\n")};`;
}

function typeOf(column: string): string {
  return types[column] ?? (texts.includes(column) ? "VARCHAR" : "BIGINT");
}

function quoted(name: string): string {
  return quoteIdentifier(name, "duckdb");
}

function literal(cell: Cell): string {
  if (cell === null) return "NULL";
  return typeof cell === "string" ? quoteText(cell, "duckdb") : String(cell);
}

/** The tables as they were on a day: nothing dated later, and of what ended or closed later not yet known that it would. */
export function withoutLater(asOf: string): string {
  const day = `DATE '${asOf}'`;
  return `DELETE FROM transactions WHERE date > ${day}; DELETE FROM web WHERE date > ${day};
    DELETE FROM campaigns WHERE date > ${day}; DELETE FROM support WHERE date > ${day};
    DELETE FROM subscriptions WHERE started > ${day};
    UPDATE subscriptions SET ended = NULL WHERE ended > ${day};
    UPDATE support SET days_to_close = NULL WHERE date + CAST(days_to_close AS INTEGER) > ${day}`;
}

/** What came after: rows of known customers in every dated table, ends and closes that nobody knew of. */
export function laterRows(asOf: string, seed: number): string {
  const after = (days: number) => dayText(dayNumber(asOf)! + days * seed);
  const keys = catalogueNumbers.keys.slice(0, 28);
  return [
    insertRows(
      "transactions",
      keys.map((key) => [key, `later${seed}`, after(1), "new", null, "Z", "Moon", 9, 99_999, 1, false]),
    ),
    insertRows(
      "transactions",
      keys.map((key) => [key, "i1", after(3), "p1", null, "A", "North", -9, -99_999, 0, true]),
    ),
    insertRows(
      "web",
      keys.map((key) => [key, after(2), 50, 500, 5]),
    ),
    insertRows(
      "campaigns",
      keys.map((key) => [key, "later", after(1), 1, 1, 1, 1]),
    ),
    insertRows(
      "subscriptions",
      keys.map((key) => [key, "later", after(1), null, 99_999, "x"]),
    ),
    insertRows(
      "support",
      keys.map((key) => [key, after(1), "later", "fire", true, 0, 1, 0]),
    ),
    `UPDATE subscriptions SET ended = DATE '${after(1)}' WHERE ended IS NULL;`,
    "UPDATE support SET days_to_close = 4000 WHERE days_to_close IS NULL",
  ].join("\n");
}
