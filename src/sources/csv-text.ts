import type { SourceConfig } from "../config/workbook-config.js";
import type { CsvBytes } from "./csv-field.js";
import { readFileBytes } from "./file-bytes.js";
import type { FileBytes } from "./unpack-file.js";

/** The bytes between and around the fields of a source. Runs of blanks are read as one tab, and then nothing is quoted. */
export function csvBytesOf(source: SourceConfig): CsvBytes {
  if (source.delimiter === "whitespace") return { delimiter: 9, quote: -1 };
  return {
    delimiter: source.delimiter.charCodeAt(0),
    quote: source.quote === "" ? -1 : source.quote.charCodeAt(0),
    ...(source.escape !== undefined && { escape: source.escape.charCodeAt(0) }),
  };
}

/** Opens a delimited file for one pass as UTF-8. */
export function readCsvText(path: string, { encoding, delimiter }: SourceConfig): FileBytes {
  const { chunks, sha256 } = readFileBytes(path, encoding);
  return { chunks: delimiter === "whitespace" ? withTabs(chunks) : chunks, sha256 };
}

/** Turns every run of blanks into one tab and removes those at the ends of lines; lines stay lines. */
async function* withTabs(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const buffer = Buffer.concat([rest, chunk]);
    const end = buffer.lastIndexOf(10) + 1;
    yield tabbed(buffer.subarray(0, end));
    rest = buffer.subarray(end);
  }
  yield tabbed(rest);
}

/** Bytes as Latin-1 characters and back: whatever is no blank passes as it is. */
function tabbed(bytes: Buffer): Buffer {
  const text = bytes.toString("latin1").replaceAll(/^[ \t]+|[ \t]+(?=\r?$)/gm, "");
  return Buffer.from(text.replaceAll(/[ \t]+/g, "\t"), "latin1");
}
