import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkHeader } from "./csv-header.js";
import { checkUnchanged, fileStateOf } from "./file-state.js";
import { glanceCsv } from "./glance-csv.js";
import { type FileReading, neededColumns, type RawFile } from "./raw-table.js";
import { csvRelation } from "./record-file.js";
import { copyQuote } from "./record-ledger.js";
import { type CsvScan, scanCsv } from "./scan-csv.js";

/**
 * Opens delimited text: a plain file is read by the engine as it is; any other is scanned record by record, every line accounted
 * for, and read from a copy where readers could disagree about it.
 *
 * @param careful - Scan also what seems plain.
 * @throws InputError if the file is not the text that the workbook says it is, or has no row.
 */
export async function openCsvFile(
  { source, file: { path, written } }: FileReading,
  { careful = false }: { readonly careful?: boolean } = {},
): Promise<RawFile> {
  const state = fileStateOf(path);
  const glance = careful ? undefined : await glanceCsv(path, source);
  const scan = glance === undefined ? await scanCsv(path, source) : plainScan(glance, source.header ? 2 : 1);
  checkHeader({ header: scan.header, needed: neededColumns(source), delimiter: source.delimiter });
  const copy = scan.isRegular ? undefined : await copyRecords(path, source);
  const style = {
    columnCount: scan.header.length,
    hasHeader: source.header,
    delimiter: source.delimiter === "whitespace" ? "\t" : source.delimiter,
    quote: copy !== undefined && source.quote === "" ? copyQuote : quoteOf(source),
    hasLineBreaks: scan.hasLineBreaks,
  };
  return {
    written,
    ...scan,
    relation: csvRelation(copy?.path ?? path, style),
    cells: [],
    notes: [],
    async release() {
      copy?.remove();
      checkUnchanged(path, state);
    },
  };
}

function quoteOf({ delimiter, quote }: FileReading["source"]): string {
  return delimiter === "whitespace" ? copyQuote : quote;
}

function plainScan(glance: NonNullable<Awaited<ReturnType<typeof glanceCsv>>>, firstLine: number): CsvScan {
  return {
    ...glance,
    faults: new Map(),
    hasLineBreaks: false,
    isRegular: true,
    lineOf: (row) => row + firstLine,
  };
}

/** Writes the good records where no reader can mistake them. */
async function copyRecords(
  path: string,
  source: FileReading["source"],
): Promise<{ readonly path: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const copy = join(folder, "records.csv");
  const output = openSync(copy, "w");
  try {
    await scanCsv(path, source, (bytes) => writeSync(output, bytes));
    return { path: copy, remove };
  } catch (error) {
    remove();
    throw error;
  } finally {
    closeSync(output);
  }
}
