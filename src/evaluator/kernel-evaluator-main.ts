import { Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { endGroup } from "./end-group.js";
import type { EndSignals } from "./end-guard.js";
import type { GiveUp, WatchData } from "./kernel-watch.js";

// The process of a kernel that runs the cells; started by start-evaluator.ts, never imported. Its channels beside the standard ones:
// 3 reports to the speaker, 4 requests of the speaker, 5 interrupts of the speaker.

const signals: EndSignals = {
  heard: new Int32Array(new SharedArrayBuffer(4)),
  target: new Int32Array(new SharedArrayBuffer(4)),
  ending: new Int32Array(new SharedArrayBuffer(4)),
};
const [withDocumentation, meetingPath] = process.argv.slice(2);
const meetingFolder = meetingPath || undefined;
const watch = new Worker(new URL("kernel-watch.js", import.meta.url), {
  workerData: { descriptor: 5, signals, meetingFolder } satisfies WatchData,
  stdout: false,
});
watch.unref();

const requests = new Socket({ fd: 4, readable: true, writable: false });
requests.on("error", () => undefined);
requests.on("close", () => endGroup(meetingFolder));
// Signals reach what cells have started, not us.
process.on("SIGINT", () => undefined);

void import("./evaluate-cells.js").then(({ evaluateCells }) => {
  const giveUp = evaluateCells(requests, signals, {
    withDocumentation: withDocumentation === "with-documentation",
  });
  watch.on("message", ({ question, cell }: GiveUp) => {
    // Answered last: until then this turn itself may be ended, and is asked again.
    if (giveUp(cell)) Atomics.store(signals.heard, 0, question);
  });
  watch.unref();
});
