import type { CellObject, WorkSheet } from "xlsx";
import { defuseText } from "../disclosure/defuse-text.js";

/** How numbers of a column are written. */
export type NumberStyle =
  | "count"
  | "fact"
  | "number"
  | "percent"
  | "index"
  | "date"
  | { readonly currency: string };

/** A cell: text, a number in its column's style, a number with a style of its own, or why there is none; null: empty. */
export type SheetCell =
  | string
  | number
  | null
  | { readonly value: number; readonly style: NumberStyle }
  | { readonly remark: string };

/** Stands where a figure may not be seen. */
export const notShown: SheetCell = { remark: "not shown" };

export interface SheetColumn {
  readonly name: string;
  /** Of the column's numbers; default number. */
  readonly style?: NumberStyle;
  /** In characters; default what fits, up to 60. */
  readonly width?: number;
}

/** One sheet before it is written: a header row, then rows. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
}

/** Formats by which the writer of styles knows what a cell is; Excel shows text in each of them as it is. */
export const cellFormats = {
  header: "@",
  numberHeader: ";;;@",
  text: "General;General;General;@",
  remark: ";;General;@",
  fact: "#,##0;\\-#,##0",
  date: "yyyy\\-mm\\-dd",
} as const;

const longestText = 32_767;
const widest = 60;

/** A sheet's cells: strings, numbers with real formats, no formulas, texts defused unless told not to. */
export function sheetCells({ columns, rows }: Sheet, isDefused: boolean): WorkSheet {
  const sheet: WorkSheet = {};
  const place = (row: number, column: number, cell: CellObject): void => {
    sheet[`${columnLetters(column)}${row + 1}`] = cell;
  };
  for (const [j, column] of columns.entries()) {
    const z = rows.some((row) => isNumber(row[j])) ? cellFormats.numberHeader : cellFormats.header;
    place(0, j, { t: "s", v: cellText(column.name, isDefused), z });
  }
  for (const [i, row] of rows.entries())
    for (const [j, cell] of row.entries()) {
      const made = cellOf(cell, columns[j]?.style ?? "number", isDefused);
      if (made !== undefined) place(i + 1, j, made);
    }
  sheet["!ref"] = `A1:${columnLetters(Math.max(0, columns.length - 1))}${rows.length + 1}`;
  const widths = columns.map((column, j) => column.width ?? fittingWidth(column, rows, j));
  sheet["!cols"] = widths.map((wch) => ({ wch }));
  const header = columns.map(({ name }) => name);
  sheet["!rows"] = [header, ...rows].map((row) => ({ hpt: rowHeight(row, widths) }));
  return sheet;
}

function cellOf(cell: SheetCell, style: NumberStyle, isDefused: boolean): CellObject | undefined {
  if (cell === null) return undefined;
  if (typeof cell === "string") return { t: "s", v: cellText(cell, isDefused), z: cellFormats.text };
  if (typeof cell === "object" && "remark" in cell) return { t: "s", v: cell.remark, z: cellFormats.remark };
  const { value, style: own } = typeof cell === "number" ? { value: cell, style } : cell;
  return Number.isFinite(value) ? { t: "n", v: value, z: numberFormat(own, value) } : undefined;
}

/** A sheet takes 32,767 characters in a cell and no control characters. */
function cellText(text: string, isDefused: boolean): string {
  const shown = isDefused ? defuseText(text) : text;
  return shown.length > longestText ? `${shown.slice(0, longestText - 1)}…` : shown;
}

function numberFormat(style: NumberStyle, value: number): string {
  if (typeof style === "object")
    return `#,##0${Math.abs(value) < 1000 ? ".00" : ""}\\ "${style.currency.replace(/[^A-Z]/g, "")}"`;
  const size = Math.abs(value);
  if (style === "number")
    return size >= 100 || Number.isInteger(value) ? "#,##0" : size >= 1 ? "#,##0.00" : "0.0000";
  return { count: "#,##0", fact: cellFormats.fact, percent: "0.0%", index: "0", date: cellFormats.date }[
    style
  ];
}

function isNumber(cell: SheetCell | undefined): boolean {
  if (typeof cell !== "object" || cell === null) return typeof cell === "number";
  return "value" in cell && cell.style !== "fact" && cell.style !== "date";
}

/** In points, for the cell that wraps into most lines. */
function rowHeight(row: readonly SheetCell[], widths: readonly number[]): number {
  const lines = row.map((cell, j) =>
    typeof cell === "string"
      ? cell.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / widths[j]!)), 0)
      : 1,
  );
  return Math.min(400, 15 * Math.max(1, ...lines));
}

function fittingWidth({ name }: SheetColumn, rows: Sheet["rows"], column: number): number {
  const lengths = rows.map((row) => {
    const cell = row[column] ?? "";
    if (typeof cell !== "string") return 12;
    return Math.max(...cell.split("\n").map((line) => line.length));
  });
  return Math.min(widest, Math.max(8, name.length + 2, ...lengths.slice(0, 500).map((length) => length + 2)));
}

function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}
