import type { Readable } from "node:stream";
import { createFrameReader, type Frame, type RequestHead } from "./kernel-frames.js";

/** A request on its way from the thread that hears the speaker to the one that runs the cells; they are numbered from 1. */
export interface ForwardedRequest {
  readonly request: number;
  readonly frame: Frame<RequestHead>;
}

/**
 * Forwards requests as they come, and keeps each until it is taken: the turn in which it arrives may be ended in place of the code that
 * was meant.
 *
 * @param taken - Index 0: the number of the last request that was taken.
 * @returns A function that forwards again what was not taken.
 */
export function forwardRequests(
  source: Readable,
  taken: Int32Array,
  forward: (request: ForwardedRequest) => void,
): () => void {
  const kept: ForwardedRequest[] = [];
  const forget = (): void => {
    while (kept.length > 0 && kept[0]!.request <= Atomics.load(taken, 0)) kept.shift();
  };
  let count = 0;
  source.on(
    "data",
    createFrameReader<RequestHead>(({ head, body }) => {
      forget();
      count++;
      // A copy: a part of a larger piece would travel with all of it.
      const request = { request: count, frame: { head, body: Uint8Array.from(body) } };
      kept.push(request);
      forward(request);
    }),
  );
  return () => {
    forget();
    for (const request of kept) forward(request);
  };
}
