import { Worker } from "node:worker_threads";
import type { EndSignals } from "./end-guard.js";
import type { ForwardedRequest } from "./forward-requests.js";
import type { GiveUp, WatchData } from "./kernel-watch.js";

// The process of a kernel that runs the cells; started by start-evaluator.ts, never imported. Its channels beside the standard ones:
// 3 reports to the speaker, which this thread writes; 4 requests and 5 interrupts of the speaker, which kernel-watch.ts reads.

const signals: EndSignals = {
  heard: new Int32Array(new SharedArrayBuffer(4)),
  target: new Int32Array(new SharedArrayBuffer(4)),
  taken: new Int32Array(new SharedArrayBuffer(4)),
  ending: new Int32Array(new SharedArrayBuffer(4)),
};
const [withDocumentation, meetingPath] = process.argv.slice(2);
const meetingFolder = meetingPath || undefined;
const watch = new Worker(new URL("kernel-watch.js", import.meta.url), {
  workerData: { signals, meetingFolder } satisfies WatchData,
});
// Signals reach what cells have started, not us.
process.on("SIGINT", () => undefined);

void import("./evaluate-cells.js").then(({ evaluateCells }) => {
  const evaluator = evaluateCells(signals, {
    withDocumentation: withDocumentation === "with-documentation",
  });
  watch.on("message", (message: GiveUp | ForwardedRequest) => {
    if ("request" in message) evaluator.take(message);
    // Answered last: until then this turn itself may be ended, and is asked again.
    else if (evaluator.giveUp(message.cell)) Atomics.store(signals.heard, 0, message.question);
  });
  watch.postMessage("ready");
});
