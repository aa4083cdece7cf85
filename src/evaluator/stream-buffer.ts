import type { StreamName } from "./kernel-streams.js";

/** Gathers text until a moment of rest, so that two thousand small prints travel as a few messages. */
export interface StreamBuffer {
  readonly add: (cell: number, name: StreamName, text: string) => void;
  readonly flush: () => void;
}

const flushLength = 1 << 16;
const restMilliseconds = 30;

/** A buffer that hands over text of one cell and stream at a time, in the order in which it came. */
export function createStreamBuffer(
  send: (cell: number, name: StreamName, text: string) => void,
): StreamBuffer {
  let pending: string[] = [];
  let length = 0;
  let pendingCell = 0;
  let pendingName: StreamName = "stdout";
  let timer: NodeJS.Timeout | undefined;
  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (length === 0) return;
    const text = pending.join("");
    pending = [];
    length = 0;
    send(pendingCell, pendingName, text);
  }
  return {
    add: (cell, name, text) => {
      if (cell !== pendingCell || name !== pendingName) flush();
      pendingCell = cell;
      pendingName = name;
      pending.push(text);
      length += text.length;
      if (length >= flushLength) flush();
      else timer ??= setTimeout(flush, restMilliseconds);
    },
    flush,
  };
}
