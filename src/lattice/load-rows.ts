import { canonicalOrder } from "../cluster/canonical-order.js";
import type { Matrix } from "../core/matrix.js";
import type { Crew } from "./crew-memory.js";
import { crewJob } from "./crew-work.js";
import { writeWide } from "./exact-inertia.js";
import {
  findLattice,
  type Lattice,
  largestInteger,
  recipeLattice,
  writeLatticeRows,
} from "./lattice-rows.js";
import { longestRow, narrowScale } from "./narrow-points.js";
import { shareBlocks } from "./share-blocks.js";

/** Rows as they lie in the crew's memory. */
export interface LoadedRows {
  readonly rowCount: number;
  readonly lattice: Lattice;
  /** Where each row came from; undefined where the order is the matrix's own. */
  readonly order: Uint32Array | undefined;
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
  const lattice = enterRows(crew, matrix) ?? roundRows(crew, matrix, options.caller);
  const order = options.canonical ? canonicalOrder(crew.rows, rowCount, crew.stride) : undefined;
  // Written anew rather than moved: a million rows need no second copy of themselves.
  if (order !== undefined) writeLatticeRows(matrix, lattice, crew.rows, { order });
  const { weights } = options;
  if (weights !== undefined)
    crew.weights?.set(order === undefined ? weights : order.map((row) => weights[row]!));
  measureRows(crew, rowCount);
  shareBlocks(crew, crewJob.narrow, { kernel: crew.kernel, rowCount });
  return { rowCount, lattice, order };
}

/** Writes the rows as they are where they lie on the lattice of `applyRecipe`; undefined where they do not. */
function enterRows(crew: Crew, { values, rowCount, columnCount }: Matrix): Lattice | undefined {
  const { kernel, stride, rows } = crew;
  const lattice = recipeLattice(columnCount);
  // Lies over the lists of a pass, which come to life later.
  const { buffer, byteOffset } = crew.desks[0]!.list;
  const room = new Float64Array(buffer, byteOffset, 12_288);
  const rowsAtOnce = Math.floor(room.length / columnCount);
  for (let begin = 0; begin < rowCount; begin += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rowCount - begin);
    room.set(values.subarray(begin * columnCount, (begin + count) * columnCount));
    const target = rows.byteOffset + begin * stride * 4;
    // Without padding all are one long row.
    const [width, lines] = stride === columnCount ? [count * columnCount, 1] : [columnCount, count];
    const largest = kernel.enter(byteOffset, width, lines, target, stride * 4, 1 / lattice.step);
    if (largest > largestInteger(columnCount)) return undefined;
  }
  return lattice;
}

function roundRows(crew: Crew, matrix: Matrix, caller: string): Lattice {
  const lattice = findLattice(caller, matrix);
  writeLatticeRows(matrix, lattice, crew.rows);
  return lattice;
}

/** Finds the sum of squares of all rows, and by the longest row how coarse the narrow rows must be. */
function measureRows(crew: Crew, rowCount: number): void {
  for (const { longest, squareHalves } of crew.desks) {
    longest[0] = 0;
    squareHalves.fill(0n);
  }
  shareBlocks(crew, crewJob.measure, { kernel: crew.kernel, rowCount });
  const sum = crew.desks.reduce(
    (total, { squareHalves: [upper = 0n, rest = 0n] }) => total + (upper << 26n) + rest,
    0n,
  );
  writeWide(sum, crew.squares);
  crew.scale[0] = narrowScale(longestRow(crew), crew.narrowStride);
}
