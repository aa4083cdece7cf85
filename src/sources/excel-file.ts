import { type CellObject, SSF, utils } from "xlsx";
import { InputError } from "../core/errors.js";
import { readSha256 } from "../core/sha256.js";
import { quoteText } from "../engine/sql-text.js";
import type { MissingCells, RowExample } from "./account.js";
import { checkHeader } from "./csv-header.js";
import { type ExcelSheet, readExcelSheet } from "./excel-sheet.js";
import { checkUnchanged, fileStateOf } from "./file-state.js";
import { createLineNumbers } from "./line-numbers.js";
import { plainNumber } from "./number-digits.js";
import { type FileReading, neededColumns, type RawFile } from "./raw-table.js";
import { openRecordFile, type RecordFile } from "./record-file.js";

/** The header is looked for in so many rows. */
const headerRows = 50;
/** Stands before a day and time that a cell holds as a number; no text of a file does. */
const dayMark = "\u0001";

const errorNames: ReadonlyMap<unknown, string> = new Map([
  [0, "#NULL!"],
  [7, "#DIV/0!"],
  [15, "#VALUE!"],
  [23, "#REF!"],
  [29, "#NAME?"],
  [36, "#NUM!"],
  [42, "#N/A"],
]);

/**
 * Opens a sheet of an Excel workbook: the header is the first row that names every needed column, rows below it are data.
 *
 * Formulas count as the value that the file holds beside them, numbers have the fewest digits, days come in the declared pattern.
 *
 * @throws InputError (without the file's name) if the file is none, or a needed cell is merged, is a formula without a value, or
 * is a whole number beyond the 15 digits that Excel keeps.
 */
export async function openExcelFile({ source, file: { path, written } }: FileReading): Promise<RawFile> {
  const state = fileStateOf(path);
  const sheet = readExcelSheet(path, source);
  const needed = neededColumns(source);
  const headerRow = findHeader(sheet, needed);
  const header = rowOf(sheet, headerRow).map((cell) => String(cell?.v ?? "").trim());
  checkMerges(sheet, headerRow, { header, needed });
  checkHeader({ header, needed });
  const records = openRecordFile();
  try {
    const found = addRows(sheet, records, { headerRow, header, needed: new Set(needed) });
    const days = quoteText(source.dateFormat, "duckdb");
    const columns = header.map((_, j) => {
      const day = `strftime(TRY_CAST(substr(c${j}, 2) AS TIMESTAMP), ${days})`;
      return found.dayColumns.has(j)
        ? `CASE WHEN starts_with(c${j}, chr(1)) THEN ${day} ELSE c${j} END AS c${j}`
        : `c${j}`;
    });
    return {
      written,
      sha256: await readSha256(path),
      header,
      relation: `(SELECT ${columns.join(", ")} FROM ${records.finish(header.length)})`,
      rowCount: found.rowCount,
      faults: new Map(),
      cells: found.errors,
      notes: [...sheet.notes, ...hiddenNote(sheet, headerRow)],
      lineOf: found.lineOf,
      async release() {
        records.remove();
        checkUnchanged(path, state);
      },
    };
  } catch (error) {
    records.remove();
    throw error;
  }
}

function findHeader(sheet: ExcelSheet, needed: readonly string[]): number {
  const { s, e } = sheet.range;
  let first: number | undefined;
  for (let r = s.r; r <= Math.min(e.r, s.r + headerRows - 1); r++) {
    const names = rowOf(sheet, r).map((cell) => String(cell?.v ?? "").trim());
    if (needed.every((name) => names.includes(name)) && names.some((name) => name !== "")) return r;
    if (names.some((name) => name !== "")) first ??= r;
  }
  return first ?? s.r;
}

function rowOf({ cells, range: { s, e } }: ExcelSheet, row: number): (CellObject | undefined)[] {
  return Array.from({ length: e.c - s.c + 1 }, (_, j) => cells[row]?.[s.c + j]);
}

/** Of merged cells only the first has a value: the others would silently count as empty. */
function checkMerges(
  { merges, range }: ExcelSheet,
  headerRow: number,
  { header, needed }: { readonly header: readonly string[]; readonly needed: readonly string[] },
): void {
  for (const { s, e } of merges) {
    if (e.r < headerRow || s.r > range.e.r) continue;
    const names = header.slice(Math.max(0, s.c - range.s.c), Math.max(0, e.c - range.s.c + 1));
    if (s.r > headerRow && !names.some((name) => needed.includes(name))) continue;
    if (names.length === 0) continue;
    const what = s.r <= headerRow ? "header cells of their own" : "one value per cell";
    throw new InputError(`must have ${what}, got merged cells at ${utils.encode_range(s, e)}. Unmerge them`);
  }
}

function addRows(
  sheet: ExcelSheet,
  records: RecordFile,
  {
    headerRow,
    header,
    needed,
  }: { headerRow: number; header: readonly string[]; needed: ReadonlySet<string> },
) {
  const lines = createLineNumbers();
  const errors = new Map<string, { column: string; name: string; lines: number[]; count: number }>();
  const dayColumns = new Set<number>();
  let rowCount = 0;
  for (let r = headerRow + 1; r <= sheet.range.e.r; r++) {
    const row = rowOf(sheet, r);
    if (row.every((cell) => cell === undefined || (cell.t === "z" && cell.f === undefined))) continue;
    const texts = row.map((cell, j) => {
      if (cell === undefined) return null;
      const text = textOf(cell, sheet.is1904);
      if (needed.has(header[j]!)) {
        checkCell(cell, () => utils.encode_cell({ r, c: sheet.range.s.c + j }));
        if (cell.t === "e") enterError(errors, { column: header[j]!, cell, line: r + 1 });
      }
      if (text?.startsWith(dayMark)) dayColumns.add(j);
      return text;
    });
    records.add(texts);
    lines.add(rowCount++, r + 1);
  }
  return { rowCount, dayColumns, errors: [...errors.values()].map(missingCells), lineOf: lines.lineOf };
}

function textOf({ t, v, z }: CellObject, is1904: boolean): string | null {
  if (t === "e" || t === "z" || v === undefined) return null;
  if (v instanceof Date) return `${dayMark}${v.toISOString().slice(0, 19).replace("T", " ")}`;
  if (typeof v === "string") return v;
  if (typeof v === "boolean") return String(v);
  return SSF.is_date(String(z ?? "")) ? dayText(v, is1904) : plainNumber(v);
}

/** A day as its number of days since 1899-12-31 or 1904-01-01. Excel counts a 29 February 1900 that never was. */
function dayText(serial: number, is1904: boolean): string {
  const parts = SSF.parse_date_code(serial, { date1904: is1904 });
  const isNoDay = parts === null || (parts.y === 1900 && parts.m === 2 && parts.d === 29);
  if (isNoDay) return plainNumber(serial);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const day = `${String(parts.y).padStart(4, "0")}-${two(parts.m)}-${two(parts.d || 1)}`;
  return `${dayMark}${day} ${two(parts.H)}:${two(parts.M)}:${two(parts.S)}`;
}

function checkCell({ t, f, v }: CellObject, place: () => string): void {
  if (t === "z" && f !== undefined)
    throw new InputError(
      `must hold a value beside each formula, got none at ${place()}. Open it in a spreadsheet program and save it`,
    );
  if (t === "n" && typeof v === "number" && Number.isInteger(v) && !Number.isSafeInteger(v))
    throw new InputError(
      `must hold numbers of at most 15 digits, which is what Excel keeps, got a longer one at ${place()}. Store ids as text`,
    );
}

interface ErrorCell {
  readonly column: string;
  readonly cell: CellObject;
  readonly line: number;
}

function enterError(
  errors: Map<string, { column: string; name: string; lines: number[]; count: number }>,
  { column, cell, line }: ErrorCell,
): void {
  const name = errorNames.get(cell.v) ?? "an error";
  const entry = errors.get(`${column} ${name}`) ?? { column, name, lines: [], count: 0 };
  entry.count++;
  if (entry.lines.length < 3) entry.lines.push(line);
  errors.set(`${column} ${name}`, entry);
}

function missingCells(found: { column: string; name: string; lines: number[]; count: number }): MissingCells {
  const { column, name, lines, count } = found;
  const examples = lines.map((line): RowExample => ({ line, column, message: `${column} holds ${name}` }));
  return { reason: "error-cell", column, count, examples };
}

function hiddenNote({ hiddenRows, range }: ExcelSheet, headerRow: number): string[] {
  const rows = hiddenRows.filter((row) => row > headerRow && row <= range.e.r).map((row) => row + 1);
  if (rows.length === 0) return [];
  return [`${rows.length} of the rows that were read are hidden, the first is row ${rows[0]}`];
}
