import { TextDecoder } from "node:util";
import { InputError } from "../core/errors.js";
import { type FileBytes, unpackFile } from "./unpack-file.js";

/** A byte that UTF-8 never holds: it marks the line in which letters could not be read. */
const unreadable = Buffer.from([0xff]);

/**
 * Opens a text file for one pass as UTF-8, unpacked, without a byte order mark.
 *
 * Bytes that are no letters in the declared encoding come out as bytes that are not UTF-8, so that whoever splits the text into
 * lines can tell which lines they are in.
 *
 * @param encoding - A label that TextDecoder knows. latin-1 is read as Windows-1252, which has the same letters and the euro sign;
 * utf-16 by its byte order mark, without one as little endian.
 * The stream throws InputError (without the file's name) if the file cannot be unpacked or is written in another encoding.
 */
export function readFileBytes(path: string, encoding: string): FileBytes {
  const { chunks, sha256 } = unpackFile(path);
  return { chunks: decode(chunks, encoding), sha256 };
}

function decode(chunks: AsyncIterable<Buffer>, encoding: string): AsyncIterable<Buffer> {
  const label = encoding.toLowerCase() === "latin-1" ? "latin1" : encoding.toLowerCase();
  const name = new TextDecoder(label).encoding;
  if (name === "utf-8") return checkUtf8(chunks);
  return name.startsWith("utf-16")
    ? decodeUtf16(chunks, label === "utf-16" ? undefined : name)
    : decodeLetters(chunks, { name, encoding });
}

/** Passes UTF-8 on; bytes that are no letters are judged line by line later. */
async function* checkUtf8(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst && markOf(chunk) !== undefined)
      throw new InputError("must be utf-8 as declared, got UTF-16. Say encoding: utf-16");
    const hasMark = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    yield hasMark ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}

async function* decodeUtf16(
  chunks: AsyncIterable<Buffer>,
  declared: string | undefined,
): AsyncIterable<Buffer> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(declared ?? markOf(chunk) ?? "utf-16le");
    yield marked(decoder.decode(chunk, { stream: true }), /\ufffd/g);
  }
  yield marked(decoder?.decode() ?? "", /\ufffd/g);
}

function markOf(chunk: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return "utf-16le";
  return chunk[0] === 0xfe && chunk[1] === 0xff ? "utf-16be" : undefined;
}

/** Control characters from 0x80 on are no letters: where a table has them, the text was written with another. */
const noLetters = /[\ufffd\u0080-\u009f]/g;

async function* decodeLetters(
  chunks: AsyncIterable<Buffer>,
  { name, encoding }: { readonly name: string; readonly encoding: string },
): AsyncIterable<Buffer> {
  const decoder = new TextDecoder(name);
  const strict = new TextDecoder("utf-8", { fatal: true });
  let [seemsUtf8, hasLetters] = [true, false];
  for await (const chunk of chunks) {
    if (seemsUtf8) seemsUtf8 = decodes(strict, chunk);
    hasLetters ||= seemsUtf8 && chunk.some((byte) => byte > 127);
    yield marked(decoder.decode(chunk, { stream: true }), noLetters);
  }
  yield marked(decoder.decode(), noLetters);
  if (hasLetters && seemsUtf8)
    throw new InputError(`must be ${encoding} as declared, got UTF-8 letters. Say encoding: utf-8`);
}

function decodes(strict: TextDecoder, chunk: Buffer): boolean {
  try {
    strict.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function marked(text: string, bad: RegExp): Buffer {
  if (text.search(bad) < 0) return Buffer.from(text, "utf8");
  const parts = text.split(bad).flatMap((part, i) => {
    const bytes = Buffer.from(part, "utf8");
    return i === 0 ? [bytes] : [unreadable, bytes];
  });
  return Buffer.concat(parts);
}
