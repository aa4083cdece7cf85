import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline, Transform } from "node:stream";
import { TextDecoder } from "node:util";
import { createGunzip } from "node:zlib";
import type { SourceConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";

/** A file as a stream of UTF-8 bytes. */
export interface FileBytes {
  /** Unpacked if the name ends in `.gz`, turned into UTF-8, without a byte order mark. */
  readonly chunks: AsyncIterable<Buffer>;
  /** SHA-256 of the file's own bytes, lower-case hexadecimal; known once `chunks` is at its end. */
  sha256(): string;
}

/** Opens a text file for one pass. Latin-1 is read as Windows-1252, which has the same letters and the euro sign. */
export function readFileBytes(path: string, encoding: SourceConfig["encoding"]): FileBytes {
  const hash = createHash("sha256");
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  // A failed pipeline destroys its last stream, so the error reaches whoever iterates.
  const end = path.toLowerCase().endsWith(".gz")
    ? pipeline(createReadStream(path), tap, createGunzip({ chunkSize: 1 << 20 }), () => undefined)
    : pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), tap, () => undefined);
  const bytes = end as AsyncIterable<Buffer>;
  return {
    chunks: encoding === "utf-8" ? checkedUtf8(bytes) : transcoded(bytes, encoding),
    sha256: () => hash.digest("hex"),
  };
}

/** Passes UTF-8 on, less its byte order mark; bytes that are no letters are judged line by line later. */
async function* checkedUtf8(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    const isUtf16 = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
    if (isFirst && isUtf16)
      throw new InputError("must be utf-8 as declared, got UTF-16. Say encoding: utf-16");
    const hasMark = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    yield hasMark ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}

async function* transcoded(
  chunks: AsyncIterable<Buffer>,
  encoding: string,
): AsyncIterable<Buffer> {
  let decoder: TextDecoder | undefined;
  const strict = new TextDecoder("utf-8", { fatal: true });
  const seen = { letters: false, utf8: encoding === "latin-1" };
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(decoderName(chunk, encoding));
    if (seen.utf8) seen.utf8 = decodes(strict, chunk);
    seen.letters ||= seen.utf8 && chunk.some((byte) => byte > 127);
    yield Buffer.from(decoder.decode(chunk, { stream: true }), "utf8");
  }
  if (seen.letters && seen.utf8)
    throw new InputError("must be latin-1 as declared, got UTF-8 letters. Say encoding: utf-8");
}

function decoderName(chunk: Buffer, encoding: string): string {
  if (encoding === "latin-1") return "windows-1252";
  return chunk[0] === 0xfe && chunk[1] === 0xff ? "utf-16be" : "utf-16le";
}

function decodes(strict: TextDecoder, chunk: Buffer): boolean {
  try {
    strict.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}
