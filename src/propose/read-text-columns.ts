import { statSync } from "node:fs";
import { nextRecord } from "../sources/csv-record.js";
import { readFileBytes } from "../sources/file-bytes.js";
import { type Dialect, recordsOf } from "./sniff-dialect.js";

/** Largest file that is read to its end. */
const cheapBytes = 200e6;
const cheapPackedBytes = 30e6;

/** What to read of a text file. */
export interface TextColumns {
  readonly dialect: Dialect;
  readonly encoding: string;
  /** Fields of a row; others are passed over. */
  readonly width: number;
  readonly indices: readonly number[];
  readonly visit: (cells: readonly string[]) => void;
}

/** Whether a file is unpacked while read. */
export function isPacked(path: string): boolean {
  return /\.(gz|zst)$/i.test(path);
}

/** Visits some cells of every row, if the file is not too large for that. Memory is one chunk. @returns Whether it did. */
export async function readTextColumns(
  path: string,
  { dialect, encoding, width, indices, visit }: TextColumns,
): Promise<boolean> {
  if (statSync(path).size > (isPacked(path) ? cheapPackedBytes : cheapBytes)) return false;
  let rest: Buffer = Buffer.alloc(0);
  let isHeader = dialect.hasHeader;
  const take = (bytes: Buffer): void => {
    for (const record of recordsOf(bytes, dialect, { isWhole: true, limit: Infinity })) {
      if (!isHeader && record.length === width) visit(indices.map((j) => record[j]!.trim()));
      isHeader = false;
    }
  };
  for await (const chunk of readFileBytes(path, encoding).chunks) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = endOfRecords(buffer, dialect);
    take(buffer.subarray(0, end));
    rest = buffer.subarray(end);
  }
  take(rest);
  return true;
}

/** Where the last whole record of a buffer ends. */
function endOfRecords(buffer: Buffer, { delimiter, quote }: Dialect): number {
  if (delimiter === "whitespace" || quote === "" || !buffer.includes(quote))
    return buffer.lastIndexOf(10) + 1;
  const bytes = { delimiter: delimiter.charCodeAt(0), quote: quote.charCodeAt(0), atEnd: false };
  let at = 0;
  for (;;) {
    const record = nextRecord(buffer, at, bytes);
    if (record === undefined || record.next >= buffer.length) return record?.next ?? at;
    at = record.next;
  }
}
