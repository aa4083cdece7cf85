import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { CFB } from "xlsx";
import { type FileLeak, findLeaks, type LeavingText } from "../disclosure/check-texts.js";
import { createScanner, type ScanOptions } from "../disclosure/scan-text.js";

/** Files whose purpose is to name customers: they stay in the house. */
const namesCustomers =
  /(?:^|\/)(?:assignments\.(?:csv|parquet)|values\.csv|save-list\.csv|account\.json)$|(?:^|\/)audiences?\//;

const textEndings: ReadonlySet<string> = new Set(
  ".html .json .ipynb .sql .ts .js .pmml .xml .yml .yaml .md .txt .csv .svg".split(" "),
);

/** What the files of a folder tell of people. Tables of customers, pictures and packed files are not looked into. */
export function scanFolder(folder: string, known: ScanOptions): readonly FileLeak[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => !namesCustomers.test(name) && statSync(join(folder, name)).isFile())
    .sort();
  return findLeaks(
    names.flatMap((name) => textOf(folder, name)),
    createScanner(known),
  );
}

function textOf(folder: string, name: string): readonly LeavingText[] {
  const ending = extname(name).toLowerCase();
  if (ending === ".xlsx") return [{ name, text: excelText(readFileSync(join(folder, name))) }];
  return textEndings.has(ending) ? [{ name, text: readFileSync(join(folder, name), "utf8") }] : [];
}

/** A file inside a packed one; the library leaves its types open. */
interface PackedEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** The words of an Excel workbook, one sheet after the other. */
function excelText(bytes: Buffer): string {
  const entries: readonly PackedEntry[] = CFB.read(bytes, { type: "buffer" }).FileIndex;
  return entries
    .filter(({ name }) => /^(?:sharedStrings|sheet\d+)\.xml$/.test(name))
    .map(({ content }) => Buffer.from(content).toString("utf8"))
    .join("\n");
}
