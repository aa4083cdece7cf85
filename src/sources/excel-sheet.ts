import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { type CellObject, type ParsingOptions, read, utils, type WorkBook, type WorkSheet } from "xlsx";
import { describeValue, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** A rectangle of cells, rows and columns from 0, ends included. */
export type CellRange = ReturnType<typeof utils.decode_range>;

/** One sheet of an Excel workbook in memory. */
export interface ExcelSheet {
  readonly cells: readonly (readonly (CellObject | undefined)[] | undefined)[];
  readonly range: CellRange;
  readonly merges: readonly CellRange[];
  readonly hiddenRows: readonly number[];
  /** Whether day 0 is 1904-01-01. */
  readonly is1904: boolean;
  readonly notes: readonly string[];
}

/** A sheet of a million rows is some 500 MB before it is packed; more does not fit in memory. */
const mostBytes = 500_000_000;

const cellsAsTheyAre: ParsingOptions = {
  dense: true,
  cellFormula: true,
  cellNF: true,
  cellStyles: true,
  cellHTML: false,
  cellText: false,
};

/**
 * Reads one sheet. The whole sheet is held in memory, some ten times its packed size.
 *
 * @param sheet - Its name; absent: the only one that is not hidden.
 * @param range - Cells such as `B3:H200`; absent: all.
 * @throws InputError (without the file's name) if the file is no Excel workbook, too large, or has no such sheet.
 */
export function readExcelSheet(
  path: string,
  { sheet, range }: { readonly sheet?: string | undefined; readonly range?: string | undefined },
): ExcelSheet {
  checkUnpackedSize(path);
  const book = readBook(path, cellsAsTheyAre);
  const name = sheet ?? onlySheet(book);
  const content = book.Sheets[name];
  if (content === undefined)
    throw new InputError(
      `must have the sheet ${describeValue(name)}, got ${listForMessage(book.SheetNames.map(describeValue))}`,
    );
  const used = content["!ref"];
  if (used === undefined)
    throw new InputError(`must hold cells in the sheet ${describeValue(name)}, got none`);
  return {
    cells: (content as WorkSheet & { "!data": ExcelSheet["cells"] })["!data"],
    range: range === undefined ? utils.decode_range(used) : overlap(range, utils.decode_range(used)),
    merges: content["!merges"] ?? [],
    hiddenRows: (content["!rows"] ?? []).flatMap((row, i) => (row?.hidden ? [i] : [])),
    is1904: book.Workbook?.WBProps?.date1904 ?? false,
    notes: isHidden(book, name) ? [`The sheet ${describeValue(name)} is hidden`] : [],
  };
}

/** Names of the sheets that are not hidden. @throws InputError (without the file's name) if the file is no Excel workbook. */
export function listSheets(path: string): readonly string[] {
  const book = readBook(path, { sheets: [] });
  return book.SheetNames.filter((name) => !isHidden(book, name));
}

function readBook(path: string, options: ParsingOptions): WorkBook {
  const bytes = readFileSync(path);
  const isBook = /^(PK|\xd0\xcf\x11\xe0)/.test(bytes.toString("latin1", 0, 4));
  if (!isBook)
    throw new InputError("must be an Excel workbook, got other bytes. Say format: csv if it is text");
  try {
    return read(bytes, options);
  } catch (error) {
    throw new InputError(
      `must be an Excel workbook that can be read, got ${describeValue((error as Error).message)}`,
    );
  }
}

function onlySheet(book: WorkBook): string {
  const visible = book.SheetNames.filter((name) => !isHidden(book, name));
  if (visible.length === 1) return visible[0]!;
  throw new InputError(
    `must have one sheet or a sheet that is named, got ${listForMessage(visible.map(describeValue)) || "hidden ones only"}. Say sheet: NAME`,
  );
}

function isHidden(book: WorkBook, name: string): boolean {
  const at = book.SheetNames.indexOf(name);
  return (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0;
}

function overlap(range: string, used: CellRange): CellRange {
  const wanted = utils.decode_range(range.toUpperCase());
  const end = { r: Math.min(wanted.e.r, used.e.r), c: Math.min(wanted.e.c, used.e.c) };
  if (end.r < wanted.s.r || end.c < wanted.s.c)
    throw new InputError(
      `must hold cells in the range ${range}, got cells only in ${utils.encode_range(used)}`,
    );
  return { s: wanted.s, e: end };
}

/** A workbook is a zip file, and a small one may unpack to more than memory holds. */
function checkUnpackedSize(path: string): void {
  const size = unpackedSize(path);
  if (size <= mostBytes) return;
  throw new InputError(
    `must unpack to at most ${mostBytes / 1e6} MB, got ${Math.round(size / 1e6)} MB. Save the sheet as CSV`,
  );
}

/** Bytes that a zip file says it unpacks to; of any other file its size. */
function unpackedSize(path: string): number {
  const { size } = statSync(path);
  const tail = readAt(path, Math.max(0, size - 65_557), Math.min(size, 65_557));
  const end = tail.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || end + 20 > tail.length) return size;
  const directory = readAt(path, tail.readUInt32LE(end + 16), Math.min(tail.readUInt32LE(end + 12), 1 << 26));
  let total = 0;
  for (let at = 0; at + 46 <= directory.length; ) {
    total += directory.readUInt32LE(at + 24);
    at +=
      46 +
      directory.readUInt16LE(at + 28) +
      directory.readUInt16LE(at + 30) +
      directory.readUInt16LE(at + 32);
  }
  return total;
}

function readAt(path: string, position: number, length: number): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(file, buffer, 0, length, position));
  } finally {
    closeSync(file);
  }
}
