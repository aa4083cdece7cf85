import { compareCentres, orderBySize } from "../cluster/order-clusters.js";
import { farthestSql, type IntegerCentres, type LatticeTable, passSql, squaresSql } from "./kmeans-sql.js";
import { type PushdownEngine, wholeNumberOf } from "./pushdown-engine.js";

/** What k-means on an engine comes to: whole numbers, the same on every engine. */
export interface PushedKMeans {
  /** Lattice steps, shape (clusterCount, nColumns), largest cluster first, ties by centre. */
  readonly centres: IntegerCentres;
  readonly sizes: readonly number[];
  /** Sum of squared distances in squared lattice steps. */
  readonly inertia: bigint;
  /** Passes over the table. */
  readonly passes: number;
  /** Whether no centre moved in the last pass. */
  readonly converged: boolean;
  /** Empty clusters that were given a row. */
  readonly refills: number;
}

export interface RunKMeansOptions {
  /** Where to begin, shape (clusterCount, nColumns). */
  readonly centres: IntegerCentres;
  /** Default 300. */
  readonly maxPasses?: number;
  /** Leaves clusters under the numbers of their starting centres, whatever sizes they come to. */
  readonly keepNumbers?: boolean;
  /** Called after each pass with its number and how many centres moved. */
  readonly onPass?: (pass: number, moved: number) => void;
}

/** What one pass finds of every cluster. */
interface Totals {
  readonly sizes: bigint[];
  readonly sums: bigint[][];
}

const mostRounds = 20;

/**
 * Lloyd's algorithm on an engine, one query a pass, until no centre moves: the fixed point of `fitKMeans` from the same
 * centres, bit for bit.
 *
 * Centres are floor(sum / size + 1/2) in whole numbers; ties go to the lowest number; an empty cluster takes the row farthest
 * from its own centre with all its copies. At last clusters are numbered by size, and passes go on under these numbers.
 *
 * @see Ordonez (2006), doi:10.1109/TKDE.2006.31; Lloyd (1982), doi:10.1109/TIT.1982.1056489.
 */
export async function runKMeans(
  engine: PushdownEngine,
  table: LatticeTable,
  options: RunKMeansOptions,
): Promise<PushedKMeans> {
  let state = await runLloyd(engine, table, { ...options, passes: 0, refills: 0 });
  for (let round = 0; round < mostRounds && !options.keepNumbers; round++) {
    const order = orderBySize(state.totals.sizes.map(Number), state.centres);
    const isOrdered = order.every((cluster, place) => cluster === place);
    if (isOrdered) break;
    const centres = order.map((cluster) => state.centres[cluster]!);
    state = await runLloyd(engine, table, { ...options, ...state, centres });
  }
  const { centres, totals, passes, converged, refills } = state;
  const inertia = await measureInertia(engine, table, { centres, totals });
  return { centres, sizes: totals.sizes.map(Number), inertia, passes, converged, refills };
}

interface LloydState {
  readonly centres: IntegerCentres;
  readonly totals: Totals;
  readonly passes: number;
  readonly converged: boolean;
  readonly refills: number;
}

async function runLloyd(
  engine: PushdownEngine,
  table: LatticeTable,
  run: RunKMeansOptions & Pick<LloydState, "passes" | "refills">,
): Promise<LloydState> {
  const { maxPasses = 300, onPass } = run;
  let { centres, passes, refills } = run;
  for (;;) {
    const totals = await readTotals(engine, table, centres);
    refills += await refillEmpty(engine, table, { centres, totals });
    passes++;
    const next = centresOf(totals);
    const moved = next.filter((centre, cluster) => compareCentres(centre, centres[cluster]!) !== 0).length;
    onPass?.(passes, moved);
    if (moved === 0) return { centres, totals, passes, converged: true, refills };
    if (passes >= maxPasses) return { centres, totals, passes, converged: false, refills };
    centres = next;
  }
}

async function readTotals(
  engine: PushdownEngine,
  table: LatticeTable,
  centres: IntegerCentres,
): Promise<Totals> {
  const sizes = centres.map(() => 0n);
  const sums = centres.map(() => Array<bigint>(table.columnCount).fill(0n));
  for (const row of await engine.rows(passSql(table, centres))) {
    const cluster = Number(row.get("label"));
    sizes[cluster] = wholeNumberOf(row.get("size"));
    sums[cluster]!.forEach((_, j, own) => {
      own[j] = wholeNumberOf(row.get(`s${j}`));
    });
  }
  return { sizes, sums };
}

/** Means rounded to the lattice, halves up. */
function centresOf({ sizes, sums }: Totals): number[][] {
  return sums.map((own, cluster) => {
    const size = sizes[cluster]!;
    return own.map((sum) => Number(divideDown(2n * sum + size, 2n * size)));
  });
}

/** floor(a / b) for b > 0. */
function divideDown(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** Moves the farthest row, with its copies, into each empty cluster; the totals then say so. */
async function refillEmpty(
  engine: PushdownEngine,
  table: LatticeTable,
  { centres, totals: { sizes, sums } }: { readonly centres: IntegerCentres; readonly totals: Totals },
): Promise<number> {
  const empty = sizes.flatMap((size, cluster) => (size === 0n ? [cluster] : []));
  if (empty.length === 0) return 0;
  const filled = sizes.flatMap((size, cluster) => (size > 1n ? [cluster] : []));
  const far = await engine.rows(farthestSql(table, centres, filled));
  const places = far.map((row) => ({
    label: Number(row.get("label")),
    copies: wholeNumberOf(row.get("copies")),
    point: Array.from({ length: table.columnCount }, (_, j) => wholeNumberOf(row.get(`q${j}`))),
  }));
  for (const cluster of empty) {
    const at = places.findIndex(({ label, copies }) => copies < sizes[label]!);
    if (at < 0) throw new Error(`runKMeans: cluster ${cluster} must find a row to begin with, got none`);
    const [{ label, copies, point }] = places.splice(at, 1) as [(typeof places)[number]];
    sizes[label]! -= copies;
    sizes[cluster]! += copies;
    point.forEach((value, j) => {
      sums[label]![j]! -= copies * value;
      sums[cluster]![j]! += copies * value;
    });
  }
  return empty.length;
}

/** Σ|x|² + Σ centre · (size · centre − 2 · sum): exact, and no further pass over distances. */
async function measureInertia(
  engine: PushdownEngine,
  table: LatticeTable,
  { centres, totals: { sizes, sums } }: { readonly centres: IntegerCentres; readonly totals: Totals },
): Promise<bigint> {
  const [row] = await engine.rows(squaresSql(table));
  let inertia = wholeNumberOf(row!.get("squares"));
  centres.forEach((centre, cluster) => {
    centre.forEach((value, j) => {
      inertia += BigInt(value) * (sizes[cluster]! * BigInt(value) - 2n * sums[cluster]![j]!);
    });
  });
  return inertia;
}
