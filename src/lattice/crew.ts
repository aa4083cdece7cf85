import type { ClusterOptions } from "../cluster/cluster-fit.js";
import { boardJob, completedUnits, publishWork } from "../core/board.js";
import { checkCount } from "../core/check.js";
import { tellSparingly } from "../core/progress.js";
import { closeThreads, openThreads, threadsFor, waitForThreads } from "./board-threads.js";
import { blockRows, type Crew, type CrewSize, startField } from "./crew-memory.js";
import { crewJob, doUnits } from "./crew-work.js";
import type { CrewCall } from "./crew-worker.js";
import { readWide } from "./exact-inertia.js";
import { writeLatticePoints } from "./lattice-rows.js";
import { layOutMemory } from "./lay-out-memory.js";
import type { LoadedRows } from "./load-rows.js";
import { openKernel } from "./open-kernel.js";
import { type Passer, soloPasser } from "./pass.js";
import type { Problem } from "./pass-block.js";
import { runStart } from "./run-start.js";
import { teamPasser } from "./team-passer.js";

export type { Crew } from "./crew-memory.js";
export { type LoadedRows, loadRows } from "./load-rows.js";

/** One start to run. */
export interface StartRequest {
  readonly clusterCount: number;
  readonly seed: number;
  /** Names the start's own stream of random numbers. */
  readonly startNumber: number;
  readonly maxIterations: number;
  /** Whether to leave a fixed point by single moves where that lowers the cost. */
  readonly refine: boolean;
  readonly initialCentres?: readonly (readonly number[])[] | undefined;
}

export interface StartResult {
  readonly clusterCount: number;
  /** In squared lattice steps, exact. */
  readonly inertia: bigint;
  readonly iterations: number;
  readonly converged: boolean;
  readonly refills: number;
  readonly sizes: Int32Array;
  readonly centres: Float32Array;
  readonly initialCentres: Float32Array;
}

/** Opens a crew with room for `size`; `work` (products to expect) decides the threads where `threads` is not given. */
export function openCrew(
  size: Omit<CrewSize, "threads">,
  options: { readonly threads: number | undefined; readonly work: number },
): Crew {
  if (options.threads !== undefined) checkCount("fitKMeans", "threads", options.threads, 1, 256);
  const crew = layOutMemory({ ...size, threads: options.threads ?? threadsFor(options.work) });
  const { memory } = crew;
  openThreads(crew, {
    module: new URL("./crew-worker.js", import.meta.url).href,
    // The first desk is the calling thread's.
    calls: crew.desks.slice(1).map((_, i): CrewCall => ({ memory, size: crew.size, deskNumber: i + 1 })),
  });
  return { ...crew, kernel: openKernel(crew.memory) };
}

/** Gives back the threads. */
export function closeCrew(crew: Crew): void {
  closeThreads(crew.board);
}

/**
 * Runs starts: side by side where there are enough of them, else one after the other with the rows shared out.
 * An error out of `onProgress` leaves units under way; `closeCrew` stops them.
 */
export function runStarts(
  crew: Crew,
  loaded: LoadedRows,
  requests: readonly StartRequest[],
  { onProgress }: { readonly onProgress?: ClusterOptions["onProgress"] | undefined } = {},
): readonly StartResult[] {
  for (const [i, request] of requests.entries()) writeRequest(crew, i, { request, loaded });
  if (requests.length >= crew.size.threads) {
    crew.board[boardJob] = crewJob.start;
    const tell = tellSparingly(requests.length, onProgress);
    publishWork(crew.board, requests.length);
    doUnits(crew, 0, { kernel: crew.kernel, afterUnit: () => tell(completedUnits(crew.board)) });
    waitForThreads(crew.board, requests.length, { caller: "fitKMeans" });
  } else {
    requests.forEach(({ clusterCount }, i) => {
      const problem = { rowCount: loaded.rowCount, clusterCount };
      const passer = openPasser(crew, problem);
      runStart(crew, crew.desks[0]!, { ...problem, kernel: crew.kernel, slot: crew.starts[i]!, passer });
      onProgress?.({ done: i + 1, total: requests.length });
    });
  }
  return requests.map((request, i) => readResult(crew, i, request.clusterCount));
}

/** The fitting passer over desk 0: with all threads where there is more than one block to share, else on this one. */
export function openPasser(crew: Crew, problem: Problem): Passer {
  const run = { ...problem, kernel: crew.kernel };
  const isShared = crew.size.threads > 1 && problem.rowCount > blockRows;
  return isShared ? teamPasser(crew, run) : soloPasser(crew, crew.desks[0]!, run);
}

function writeRequest(
  crew: Crew,
  slotNumber: number,
  start: { readonly request: StartRequest; readonly loaded: LoadedRows },
): void {
  const { request, loaded } = start;
  const slot = crew.starts[slotNumber]!;
  slot.seed[0] = request.seed;
  slot.facts[startField.clusterCount] = request.clusterCount;
  slot.facts[startField.startNumber] = request.startNumber;
  slot.facts[startField.rowCount] = loaded.rowCount;
  slot.facts[startField.maxIterations] = request.maxIterations;
  slot.facts[startField.refine] = Number(request.refine);
  slot.facts[startField.hasInitialCentres] = Number(request.initialCentres !== undefined);
  if (request.initialCentres !== undefined)
    writeLatticePoints(request.initialCentres, loaded.lattice, slot.initialCentres);
}

function readResult(crew: Crew, slotNumber: number, clusterCount: number): StartResult {
  const slot = crew.starts[slotNumber]!;
  return {
    clusterCount,
    inertia: readWide(slot.inertia),
    iterations: slot.facts[startField.iterations]!,
    converged: slot.facts[startField.converged] === 1,
    refills: slot.facts[startField.refills]!,
    sizes: slot.sizes.slice(0, clusterCount),
    centres: slot.centres.slice(0, clusterCount * crew.stride),
    initialCentres: slot.initialCentres.slice(0, clusterCount * crew.stride),
  };
}
