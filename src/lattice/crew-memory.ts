import type { Kernel, SharedMemory } from "./kernel.js";

/** What a crew's memory must have room for. */
export interface CrewSize {
  readonly threads: number;
  readonly rowCapacity: number;
  readonly columnCount: number;
  readonly clusterCapacity: number;
  /** Starts that one call may spread over the threads. */
  readonly startCapacity: number;
  /** Whether rows have weights. */
  readonly weighted?: boolean;
}

/** One shared memory: a board for handing out work, the starts, the rows, and a desk for every thread. */
export interface CrewMemory {
  readonly memory: SharedMemory;
  readonly size: CrewSize;
  readonly stride: number;
  readonly narrowStride: number;
  readonly board: Int32Array;
  readonly drift: Float64Array;
  /** Narrow steps to a lattice step. */
  readonly scale: Float64Array;
  /** Sum of squares of all rows, in two 64-bit halves. */
  readonly squares: BigUint64Array;
  readonly starts: readonly StartSlot[];
  readonly rows: Float32Array;
  /** The rows again, coarser: see narrow-points.ts. */
  readonly narrowRows: Int16Array;
  /** How often each row counts: whole numbers whose sum is at most 2^27, so that sums and means stay exact. */
  readonly weights: Int32Array | undefined;
  readonly desks: readonly Desk[];
}

/** Threads around one shared memory, and the kernel of the main one. Close it in `finally`. */
export interface Crew extends CrewMemory {
  readonly kernel: Kernel;
}

/** What a start is told and what it tells. */
export interface StartSlot {
  readonly seed: Float64Array;
  /** See {@link startField}. */
  readonly facts: Int32Array;
  readonly inertia: BigUint64Array;
  readonly sizes: Int32Array;
  readonly initialCentres: Float32Array;
  readonly centres: Float32Array;
}

/** Places in `StartSlot.facts`. */
export const startField = {
  clusterCount: 0,
  startNumber: 1,
  rowCount: 2,
  maxIterations: 3,
  hasInitialCentres: 4,
  iterations: 5,
  converged: 6,
  refills: 7,
  refine: 8,
} as const;

/** A thread's own arrays, views of the shared memory. */
export interface Desk {
  /** What `Kernel.measure` has found. */
  readonly longest: Float64Array;
  readonly squareHalves: BigUint64Array;
  readonly thresholds: Float32Array;
  readonly labels: Int32Array;
  /** Squared distance to the nearest centre while seeding; lies over thresholds and labels, which come to life later. */
  readonly nearest: Float64Array;
  readonly list: Int32Array;
  readonly next: Int32Array;
  /** Headed by its length. */
  readonly unsure: Int32Array;
  readonly scratch: Float32Array;
  readonly centres: Float32Array;
  /** What the filter needs of the centres: see narrow-points.ts. */
  readonly narrowCentres: Int16Array;
  readonly narrowNorms: Int32Array;
  readonly margin: Float64Array;
  /** One row of sums per cluster and a last one for rows not assigned yet; the same for sizes. */
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
}

/** Rows that one step of a pass handles: their survivors stay in the first-level cache. */
export const blockRows = 8192;
