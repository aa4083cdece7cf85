import type { DisplayColumn, DisplayTable } from "../charts/figure.js";
import { countText, decimalText } from "../core/number-text.js";

// A hyphen for a minus here, which a spreadsheet understands where prose has the real one.
const threeDigits: Intl.NumberFormat = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** A cell as a person reads it: the column's decimals, else three significant digits (whole numbers in full); nothing is `–`. */
export function cellText(value: string | number | null, column: DisplayColumn): string {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return "–";
  if (typeof value === "string") return value;
  if (column.digits !== undefined) return decimalText(value, column.digits);
  return Number.isInteger(value) || Math.abs(value) >= 1000 ? countText(value) : threeDigits.format(value);
}

/** A column's heading with its unit in brackets. */
export function columnHeading(column: DisplayColumn): string {
  return column.unit ? `${column.name} (${column.unit})` : column.name;
}

/** Whether a column lines up on the right: as declared, else when it holds numbers only. */
export function isRightAligned(table: DisplayTable, index: number): boolean {
  const align = table.columns[index]?.align;
  if (align !== undefined) return align === "right";
  const values = table.rows.map((row) => row[index]).filter((value) => value !== null);
  return values.length > 0 && values.every((value) => typeof value === "number");
}

/** `10 of 4,000 rows` when some are left out, then the table's own note; empty when there is nothing to say. */
export function tableNote(table: DisplayTable, shown: number): string {
  const cut = shown < table.rows.length ? `${countText(shown)} of ${countText(table.rows.length)} rows.` : "";
  return [cut, table.note ?? ""].filter((part) => part !== "").join(" ");
}

/** A table as plain text in columns, for terminals and for viewers that show nothing else. */
export function tableText(table: DisplayTable, rowLimit: number): string {
  const shown = table.rows.slice(0, rowLimit);
  const cells = [
    table.columns.map(columnHeading),
    ...shown.map((row) => table.columns.map((column, j) => oneLine(cellText(row[j] ?? null, column)))),
  ];
  const widths = table.columns.map((_, j) => Math.max(...cells.map((row) => row[j]!.length)));
  const isRight = table.columns.map((_, j) => isRightAligned(table, j));
  const lines = cells.map((row) =>
    row
      .map((text, j) => (isRight[j] ? text.padStart(widths[j]!) : text.padEnd(widths[j]!)))
      .join("  ")
      .trimEnd(),
  );
  return [table.caption, "", ...lines, tableNote(table, shown.length)]
    .filter((line, i) => i === 1 || line !== "")
    .join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
