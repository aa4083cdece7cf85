import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { createRandom } from "../core/random.js";
import { readFileBytes } from "../sources/file-bytes.js";
import type { FileSample, GivenFile } from "./file-sample.js";
import { isPacked, readTextColumns } from "./read-text-columns.js";
import { type Dialect, recordsOf, sniffDialect } from "./sniff-dialect.js";
import { isBinary, sniffEncoding } from "./sniff-encoding.js";

/** Bytes from the beginning that are looked at. */
const prefixBytes = 4 * 1024 * 1024;
/** Rows from the beginning that are kept, and rows drawn from the others. */
const firstRows = 10_000;
const blockBytes = 64 * 1024;
const blockCount = 32;

/**
 * Looks at the beginning of a text file and, where it is long and not packed, at seeded blocks of the rest.
 *
 * Reads at most some 6 MB, however large the file is.
 *
 * @throws InputError if the file is no text or has no row.
 */
export async function sampleText(given: GivenFile, seed: number): Promise<FileSample> {
  const raw = firstBytes(given.path);
  if (isBinary(raw))
    throw new InputError(
      `init: --from must name a table (delimited text, Parquet, JSON, Excel, SQLite), got a binary file at ${describeValue(given.written)}`,
    );
  const encoding = sniffEncoding(raw);
  const { bytes, isWhole } = await readPrefix(given.path, encoding);
  const dialect = sniffDialect(bytes, { isWhole });
  const records = recordsOf(bytes, dialect, { isWhole, limit: Infinity });
  const blocks = isWhole || isPacked(given.path) ? [] : sampleBlocks(given.path, { dialect, encoding, seed });
  const width = records[0]?.length ?? 0;
  const header = dialect.hasHeader
    ? (records[0] ?? [])
    : Array.from({ length: width }, (_, j) => `column${j + 1}`);
  const all = dialect.hasHeader ? records.slice(1) : records;
  const fitting = [...all, ...blocks].filter((record) => record.length === width);
  if (fitting.length === 0)
    throw new InputError(
      `init: --from must name a file with rows below its header, got none at ${describeValue(given.written)}`,
    );
  const first = fitting.slice(0, firstRows);
  const drawn = drawRows(fitting.slice(firstRows), firstRows, seed);
  return {
    ...given,
    format: "csv",
    dialect,
    encoding,
    header: header.map((name) => name.trim()),
    rows: [...first, ...drawn].map((record) => record.map((cell) => cell.trim())),
    isWhole: isWhole && fitting.length <= 2 * firstRows,
    release: async () => undefined,
    readColumns: (indices, visit) =>
      readTextColumns(given.path, { dialect, encoding, width, indices, visit }),
  };
}

/** The first bytes as they are, of a gzip file unpacked. */
function firstBytes(path: string): Buffer {
  const bytes = readBlock(path, 0, blockBytes);
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return /\.zst$/i.test(path) ? Buffer.alloc(0) : bytes;
  if (!isPacked(path))
    throw new InputError(
      `init: --from must have a name that ends in .gz where it is packed, got ${describeValue(basename(path))}`,
    );
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    throw new InputError(
      `init: --from must be a gzip file as its name says, got bytes that do not unpack at ${describeValue(basename(path))}`,
    );
  }
}

/** The beginning of the text as UTF-8. */
async function readPrefix(path: string, encoding: string): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readFileBytes(path, encoding).chunks) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > prefixBytes) return { bytes: Buffer.concat(chunks), isWhole: false };
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}

/** Whole records out of blocks at seeded places of a file, in their order; the last block is always one of them. */
function sampleBlocks(
  path: string,
  {
    dialect,
    encoding,
    seed,
  }: { readonly dialect: Dialect; readonly encoding: string; readonly seed: number },
): string[][] {
  // In UTF-16 a block may begin in the middle of a letter.
  if (encoding === "utf-16") return [];
  const { size } = statSync(path);
  const random = createRandom(seed);
  const span = Math.max(0, size - blockBytes - prefixBytes);
  const starts = Array.from({ length: blockCount - 1 }, () => prefixBytes + Math.floor(random.next() * span));
  const decoder = new TextDecoder(encoding === "latin-1" ? "windows-1252" : "utf-8");
  return [...starts.sort((a, b) => a - b), size - blockBytes].flatMap((start) => {
    const block = readBlock(path, start, blockBytes);
    const whole = block.subarray(block.indexOf(10) + 1);
    const text = Buffer.from(decoder.decode(whole), "utf8");
    return recordsOf(text, dialect, { isWhole: start + blockBytes >= size, limit: Infinity });
  });
}

function readBlock(path: string, start: number, length: number): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(file, buffer, 0, length, start));
  } finally {
    closeSync(file);
  }
}

/** At most `count` rows, each as likely, in their order. */
function drawRows<Row>(rows: readonly Row[], count: number, seed: number): readonly Row[] {
  if (rows.length <= count) return rows;
  const random = createRandom(seed);
  let wanted = count;
  return rows.filter((_, i) => {
    const isDrawn = random.next() * (rows.length - i) < wanted;
    if (isDrawn) wanted--;
    return isDrawn;
  });
}
