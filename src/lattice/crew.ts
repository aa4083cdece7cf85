import { availableParallelism } from "node:os";
import { canonicalOrder } from "../cluster/canonical-order.js";
import type { ClusterOptions } from "../cluster/cluster-fit.js";
import { boardJob, completedUnits, publishWork } from "../core/board.js";
import { checkCount } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { tellSparingly } from "../core/progress.js";
import { type CrewMemory, type CrewSize, layOutMemory, startField } from "./crew-memory.js";
import { closeThreads, openThreads } from "./crew-threads.js";
import { crewJob, doUnits } from "./crew-work.js";
import { readWide, sumOfSquares, writeWide } from "./exact-inertia.js";
import type { Kernel } from "./kernel.js";
import { findLattice, type Lattice, writeLatticePoints, writeLatticeRows } from "./lattice-rows.js";
import { writeNarrowRows } from "./narrow-points.js";
import { openKernel } from "./open-kernel.js";
import { type Passer, type Problem, soloPasser } from "./pass.js";
import { runStart } from "./run-start.js";
import { teamPasser, waitForCrew } from "./team-passer.js";

/** Threads around one shared memory, and the kernel of the main one. Close it in `finally`. */
export interface Crew extends CrewMemory {
  readonly kernel: Kernel;
}

/** Rows as they lie in the crew's memory. */
export interface LoadedRows {
  readonly rowCount: number;
  readonly lattice: Lattice;
  /** Where each row came from; undefined where the order is the matrix's own. */
  readonly order: Uint32Array | undefined;
}

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

/** Below this many row-by-centre-by-column products, starting threads costs more than they save. */
const workWorthThreads = 4e7;
const mostThreads = 8;

/** Opens a crew with room for `size`; `work` (products to expect) decides the threads where `threads` is not given. */
export function openCrew(
  size: Omit<CrewSize, "threads">,
  options: { readonly threads: number | undefined; readonly work: number },
): Crew {
  if (options.threads !== undefined) checkCount("fitKMeans", "threads", options.threads, 1, 256);
  const automatic = options.work < workWorthThreads ? 1 : Math.min(availableParallelism(), mostThreads);
  const crew = layOutMemory({ ...size, threads: options.threads ?? automatic });
  openThreads(crew);
  return { ...crew, kernel: openKernel(crew.memory) };
}

/** Gives back the threads. */
export function closeCrew(crew: Crew): void {
  closeThreads(crew);
}

/**
 * Puts a matrix into the crew's memory, in canonical order where random draws must not depend on the order given, and
 * the rows' weights (whole numbers, one per row of the matrix) where the crew has room for them.
 */
export function loadRows(
  crew: Crew,
  matrix: Matrix,
  options: {
    readonly canonical: boolean;
    readonly caller: string;
    readonly weights?: Int32Array | undefined;
  },
): LoadedRows {
  const { rowCount } = matrix;
  const lattice = findLattice(options.caller, matrix);
  writeLatticeRows(matrix, lattice, crew.rows);
  const order = options.canonical ? canonicalOrder(crew.rows, rowCount, crew.stride) : undefined;
  // Written anew rather than moved: a million rows need no second copy of themselves.
  if (order !== undefined) writeLatticeRows(matrix, lattice, crew.rows, { order });
  const { weights } = options;
  if (weights !== undefined)
    crew.weights?.set(order === undefined ? weights : order.map((row) => weights[row]!));
  writeNarrowRows(crew, rowCount);
  writeWide(sumOfSquares(crew.rows, rowCount, crew), crew.squares);
  return { rowCount, lattice, order };
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
    waitForCrew(crew, requests.length);
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

/** The fitting passer over desk 0: on one thread, or with all. */
export function openPasser(crew: Crew, problem: Problem): Passer {
  const run = { ...problem, kernel: crew.kernel };
  return crew.size.threads > 1 ? teamPasser(crew, run) : soloPasser(crew, crew.desks[0]!, run);
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
