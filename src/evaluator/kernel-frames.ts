import { writeSync } from "node:fs";

/** One message between the two processes of a kernel: a small head that is read, and a body that may only pass through. */
export interface Frame<Head> {
  readonly head: Head;
  readonly body: Uint8Array;
}

/** What the speaker asks of the evaluator. The body is JSON. */
export type RequestHead =
  | { readonly kind: "execute"; readonly cell: number; readonly count: number }
  | { readonly kind: "ask"; readonly id: number; readonly type: string }
  | { readonly kind: "exit" };

/** What the evaluator tells the speaker. The body of a stream is text, of anything else JSON. */
export type ReportHead =
  | { readonly kind: "stream"; readonly cell: number; readonly name: "stdout" | "stderr" }
  | { readonly kind: "publish"; readonly cell: number; readonly type: string }
  | { readonly kind: "outcome"; readonly cell: number }
  | { readonly kind: "answer"; readonly id: number };

const lengthsSize = 8;

/** A frame in bytes: the lengths of head and body as 32-bit numbers, then both. */
export function encodeFrame(head: RequestHead | ReportHead, body: Uint8Array | string): Uint8Array[] {
  const headBytes = Buffer.from(JSON.stringify(head));
  const bodyBytes = typeof body === "string" ? Buffer.from(body) : body;
  const lengths = Buffer.allocUnsafe(lengthsSize);
  lengths.writeUInt32LE(headBytes.length, 0);
  lengths.writeUInt32LE(bodyBytes.length, 4);
  return [Buffer.concat([lengths, headBytes]), bodyBytes];
}

/** Takes bytes as they come, in pieces of any size, and hands over every frame that is complete. */
export function createFrameReader<Head>(onFrame: (frame: Frame<Head>) => void): (piece: Uint8Array) => void {
  let pieces: Uint8Array[] = [];
  let held = 0;
  let needed = lengthsSize;
  return (piece) => {
    pieces.push(piece);
    held += piece.length;
    if (held < needed) return;
    const bytes =
      pieces.length === 1 ? Buffer.from(piece.buffer, piece.byteOffset, piece.length) : Buffer.concat(pieces);
    let start = 0;
    for (;;) {
      needed = frameSize(bytes, start);
      if (bytes.length - start < needed) break;
      onFrame(frameAt<Head>(bytes, start));
      start += needed;
    }
    pieces = start < bytes.length ? [bytes.subarray(start)] : [];
    held = bytes.length - start;
  };
}

function frameSize(bytes: Buffer, start: number): number {
  if (bytes.length - start < lengthsSize) return lengthsSize;
  return lengthsSize + bytes.readUInt32LE(start) + bytes.readUInt32LE(start + 4);
}

function frameAt<Head>(bytes: Buffer, start: number): Frame<Head> {
  const bodyStart = start + lengthsSize + bytes.readUInt32LE(start);
  const head = JSON.parse(bytes.toString("utf8", start + lengthsSize, bodyStart)) as Head;
  return { head, body: bytes.subarray(bodyStart, bodyStart + bytes.readUInt32LE(start + 4)) };
}

const smallBody = 1 << 16;

/** Writes a frame and returns when all of it is handed over: it arrives even if this process dies at once. */
export function writeFrame(descriptor: number, head: ReportHead, body: Uint8Array | string): void {
  const [start, rest] = encodeFrame(head, body) as [Uint8Array, Uint8Array];
  if (rest.length < smallBody) {
    writeWhole(descriptor, Buffer.concat([start, rest]));
    return;
  }
  writeWhole(descriptor, start);
  writeWhole(descriptor, rest);
}

const neverWoken = new Int32Array(new SharedArrayBuffer(4));

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      // The reader is slower than we are: give it a moment.
      Atomics.wait(neverWoken, 0, 0, 1);
    }
  }
}
