import { StringDecoder } from "node:string_decoder";

/** The two text streams of a cell. */
export type StreamName = "stdout" | "stderr";

/**
 * Sends everything that this process writes to its standard streams to `write` instead.
 * Callers that wait for a write to finish are called back, as Node promises.
 */
export function captureStreams(write: (name: StreamName, text: string) => void): void {
  capture(process.stdout, (text) => write("stdout", text));
  capture(process.stderr, (text) => write("stderr", text));
}

function capture(stream: NodeJS.WriteStream, write: (text: string) => void): void {
  const decoder = new StringDecoder("utf8");
  function replacement(
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ): boolean {
    const text =
      typeof chunk === "string"
        ? chunk
        : decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    if (text !== "") write(text);
    const done = typeof encoding === "function" ? encoding : callback;
    if (done !== undefined) process.nextTick(done);
    return true;
  }
  stream.write = replacement as typeof stream.write;
}

/** Gathers text until a moment of rest, so that two thousand small prints travel as a few messages. */
export interface StreamBuffer {
  readonly add: (name: StreamName, text: string) => void;
  readonly flush: () => void;
}

const flushLength = 1 << 16;
const restMilliseconds = 30;

/** A buffer that hands over text of one stream at a time, in the order in which it came. */
export function createStreamBuffer(send: (name: StreamName, text: string) => void): StreamBuffer {
  let pending: string[] = [];
  let length = 0;
  let pendingName: StreamName = "stdout";
  let timer: NodeJS.Timeout | undefined;
  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (length === 0) return;
    const text = pending.join("");
    pending = [];
    length = 0;
    send(pendingName, text);
  }
  return {
    add: (name, text) => {
      if (name !== pendingName) flush();
      pendingName = name;
      pending.push(text);
      length += text.length;
      if (length >= flushLength) flush();
      else timer ??= setTimeout(flush, restMilliseconds);
    },
    flush,
  };
}
