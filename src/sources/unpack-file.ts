import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";
import { InputError } from "../core/errors.js";

/** A file as a stream of bytes. */
export interface FileBytes {
  /** Unpacked if the name ends in `.gz` or `.zst`. */
  readonly chunks: AsyncIterable<Buffer>;
  /** SHA-256 of the file's own bytes, lower-case hexadecimal; known once `chunks` is at its end. */
  sha256(): string;
}

/** Packed bytes taken at a time: so many zstd bytes unpack to 128 MB at most. */
const zstdStep = 4096;

/** Opens a file for one pass over its bytes. Memory is a chunk, however well the file is packed. */
export function unpackFile(path: string): FileBytes {
  const hash = createHash("sha256");
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const isGzip = path.toLowerCase().endsWith(".gz");
  // A failed pipeline destroys its last stream, so the error reaches whoever iterates.
  const end = isGzip
    ? pipeline(file, tap, createGunzip({ chunkSize: 1 << 20 }), () => undefined)
    : pipeline(file, tap, () => undefined);
  const bytes = end as AsyncIterable<Buffer>;
  return {
    chunks: isGzip ? named(bytes) : path.toLowerCase().endsWith(".zst") ? unpackZstd(bytes) : bytes,
    sha256: () => hash.digest("hex"),
  };
}

async function* named(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw error;
    const isCut = (error as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
    throw new InputError(
      `must be a gzip file as its name says, got ${isCut ? "one that was cut off before its end" : "bytes that do not unpack"}`,
    );
  }
}

async function* unpackZstd(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let ready: Buffer[] = [];
  const unpacker = new Decompress((part) => ready.push(Buffer.from(part)));
  function* unpack(part: Uint8Array, isLast: boolean): Iterable<Buffer> {
    try {
      unpacker.push(part, isLast);
    } catch (error) {
      const isCut = /unexpected EOF/.test((error as Error).message);
      throw new InputError(
        `must be a zstd file as its name says, got ${isCut ? "one that was cut off before its end" : "bytes that do not unpack"}`,
      );
    }
    yield* ready;
    ready = [];
  }
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += zstdStep)
      yield* unpack(chunk.subarray(at, at + zstdStep), false);
  yield* unpack(new Uint8Array(0), true);
}
