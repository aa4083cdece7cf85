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
