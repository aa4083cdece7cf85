import { setTimeout as pause } from "node:timers/promises";

/** What a promise resolves to, or undefined if that takes longer. */
export async function waitWithin<Value>(
  promise: Promise<Value>,
  seconds: number,
): Promise<Value | undefined> {
  const stop = new AbortController();
  const end = pause(seconds * 1000, undefined, { signal: stop.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, end]);
  } finally {
    stop.abort();
  }
}
