import { Session } from "node:inspector";
import { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { endGroup } from "./end-group.js";
import { type EndDecision, type EndSignals, guardName } from "./end-guard.js";
import { forwardRequests } from "./forward-requests.js";

// A thread beside the one that runs the cells: it hears the speaker also while a cell computes, ends code that does not end by
// itself, and ends this process and everything that it started when the speaker is gone. Started by kernel-evaluator-main.ts.

/** What this thread is given. */
export interface WatchData {
  readonly signals: EndSignals;
  /** Where kernel and client met, if it is ours to remove. */
  readonly meetingFolder: string | undefined;
}

/** Tells the main thread to give a cell up; it answers by the number of the question once the cell is over. */
export interface GiveUp {
  readonly question: number;
  readonly cell: number;
}

const { signals, meetingFolder } = workerData as WatchData;
const { heard, target, taken, ending } = signals;
const patienceMilliseconds = 20;
const turnMilliseconds = 50;
const watchedTurns = 20;
const preparedTurns = 20;
const endMilliseconds = 300;
const signalAfterMilliseconds = 300;
let asked = 0;
let calmTurns = 0;
let isWatching = false;
let signal: NodeJS.Timeout | undefined;

const requests = openChannel(4);
const forwardAgain = forwardRequests(requests, taken, (request) => parentPort?.postMessage(request));
// What came before the main thread could listen.
parentPort?.on("message", forwardAgain);

let held = Buffer.alloc(0);
openChannel(5).on("data", (piece: Buffer) => {
  held = Buffer.concat([held, piece]);
  for (; held.length >= 4; held = held.subarray(4)) void interrupt(held.readUInt32LE(0));
});

/** A channel from the speaker, which is gone when it closes. */
function openChannel(descriptor: number): Socket {
  const channel = new Socket({ fd: descriptor, readable: true, writable: false });
  // An error closes it as well.
  channel.on("error", () => undefined);
  channel.on("close", () => endGroup(meetingFolder));
  return channel;
}

/** Interrupts a cell; an interrupt that is under way turns to it, for two at once would meet in each other's work. */
async function interrupt(cell: number): Promise<void> {
  Atomics.store(target, 0, cell);
  calmTurns = 0;
  clearTimeout(signal);
  signal = setTimeout(signalChildren, signalAfterMilliseconds);
  if (isWatching) return;
  isWatching = true;
  await watch();
  isWatching = false;
}

/**
 * Asks the main thread; code that keeps it from answering is ended, again if it lives on in what it had queued. A pending await can
 * only be given up, and the code after it may go on and block: so the main thread is asked for a while longer.
 */
async function watch(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  for (; calmTurns < watchedTurns; calmTurns++) {
    const cell = Atomics.load(target, 0);
    const isCalm = await isOver(cell, calmTurns === 0 ? patienceMilliseconds : turnMilliseconds);
    const decision = isCalm ? "gone" : await decide(session, cell);
    if (decision === "gone") {
      // Unless somebody wants something new meanwhile.
      if (cell === Atomics.load(target, 0)) clearTimeout(signal);
      continue;
    }
    if (decision === "end" || (await isEndPrepared())) await end(session);
    calmTurns = 0;
  }
  session.disconnect();
}

/** True if the main thread answers in time that the cell is over. */
async function isOver(cell: number, milliseconds: number): Promise<boolean> {
  asked++;
  const own = asked;
  parentPort?.postMessage({ question: own, cell } satisfies GiveUp);
  await pause(milliseconds);
  return Atomics.load(heard, 0) >= own;
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

/** True if the main thread, which was at work of its own, says soon after that it may be ended now. */
async function isEndPrepared(): Promise<boolean> {
  for (let turn = 0; turn < preparedTurns && Atomics.load(ending, 0) === 0; turn++) await pause(1);
  return Atomics.load(ending, 0) === 1;
}

async function end(session: Session): Promise<void> {
  await Promise.race([post(session, "Runtime.terminateExecution"), pause(endMilliseconds)]);
  Atomics.store(ending, 0, 0);
  Atomics.notify(ending, 0);
  forwardAgain();
}

function post(session: Session, method: string, parameters: object = {}): Promise<object> {
  return new Promise((resolve) => {
    session.post(method, parameters, (_error: Error | null, answer?: object) => resolve(answer ?? {}));
  });
}
