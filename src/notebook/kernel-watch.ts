import { Session } from "node:inspector";
import { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { endGroup } from "./end-group.js";
import { type EndDecision, type EndSignals, guardName } from "./end-guard.js";

// A thread beside the one that runs the cells: it hears the speaker also while a cell computes, ends code that does not end by
// itself, and ends this process and everything that it started when the speaker is gone. Started by kernel-evaluator-main.ts.

/** What this thread is given. */
export interface WatchData {
  readonly descriptor: number;
  readonly signals: EndSignals;
  /** Where kernel and client met, if it is ours to remove. */
  readonly meetingFolder: string | undefined;
}

/** Tells the main thread to give a cell up. */
export interface GiveUp {
  readonly interrupt: number;
  readonly cell: number;
}

const { descriptor, signals, meetingFolder } = workerData as WatchData;
const { heard, ending } = signals;
const patienceMilliseconds = 20;
const retryMilliseconds = 50;
const signalAfterMilliseconds = 300;
let interrupts = 0;

const speaker = new Socket({ fd: descriptor, readable: true, writable: false });
let held = Buffer.alloc(0);
speaker.on("data", (piece: Buffer) => {
  held = Buffer.concat([held, piece]);
  for (; held.length >= 4; held = held.subarray(4)) void interrupt(held.readUInt32LE(0));
});
// An error closes it as well.
speaker.on("error", () => undefined);
speaker.on("close", () => endGroup(meetingFolder));

/** Asks the main thread; code that keeps it from answering is ended, again if it lives on in what it had queued. */
async function interrupt(cell: number): Promise<void> {
  interrupts++;
  const own = interrupts;
  const isHeard = (): boolean => Atomics.load(heard, 0) >= own;
  const tell = (): void => parentPort?.postMessage({ interrupt: own, cell } satisfies GiveUp);
  tell();
  await pause(patienceMilliseconds);
  if (isHeard()) return;
  const session = new Session();
  session.connectToMainThread();
  const signal = setTimeout(signalChildren, signalAfterMilliseconds);
  while (!isHeard()) {
    const decision = await decide(session, cell);
    if (decision === "gone") break;
    if (decision === "end") await end(session);
    tell();
    await pause(retryMilliseconds);
  }
  clearTimeout(signal);
  session.disconnect();
}

/** A cell that waits for a program that it started does not hear us, but the program does. */
function signalChildren(): void {
  process.kill(-process.pid, "SIGINT");
}

async function decide(session: Session, cell: number): Promise<EndDecision> {
  const expression = `globalThis[Symbol.for(${JSON.stringify(guardName)})](${cell})`;
  const answer = await post(session, "Runtime.evaluate", { expression, returnByValue: true });
  const { result } = answer as { readonly result?: { readonly value?: EndDecision } };
  return result?.value ?? "wait";
}

async function end(session: Session): Promise<void> {
  await post(session, "Runtime.terminateExecution");
  Atomics.store(ending, 0, 0);
  Atomics.notify(ending, 0);
}

function post(session: Session, method: string, parameters: object = {}): Promise<object> {
  return new Promise((resolve) => {
    session.post(method, parameters, (_error: Error | null, answer?: object) => resolve(answer ?? {}));
  });
}
