import { finishHash, hashSeed, mixHash, orderByHash } from "../cluster/canonical-order.js";
import { hasAtom } from "../core/atoms.js";
import type { Matrix } from "../core/matrix.js";
import type { Random } from "../core/random.js";
import { sampleRows } from "../core/sample-rows.js";
import { setAtomsAside } from "./set-atoms-aside.js";
import { relativeSpreads, standardise } from "./standardise.js";

/** Above this many rows a sample is judged: by then chance is small beside the limits. */
const mostJudgedRows = 20_000;

/** What a route knows of the columns. */
export interface RouteColumns {
  readonly columnCount: number;
  /** Spread of each column in the matrix as given, over their root mean square; all 1 where the recipe made z-scores. */
  readonly spreads: readonly number[];
  /** Whether a column has no atom: only such columns may gain weight on the weighted route. */
  readonly free: readonly boolean[];
}

/** The rows that are judged, in canonical order, without constant columns. */
export interface PreparedRows extends RouteColumns {
  readonly rowCount: number;
  /** Row of the matrix that each prepared row is. */
  readonly rowNumbers: Uint32Array;
  /** Columns of the matrix that vary. */
  readonly columns: readonly number[];
  /** Values as given, row-major, varying columns only. */
  readonly values: Float64Array;
  /** z-scores (n − 1), in shared memory. */
  readonly scores: Float64Array;
  /** The scores with atoms set aside: where valleys are looked for. */
  readonly points: Float64Array;
}

/** Puts the rows into an order that depends on their content alone, draws a sample of many, and standardises. */
export function prepareRows(matrix: Matrix, random: Random): PreparedRows {
  const order = orderRows(matrix);
  const drawn = sampleRows(matrix.rowCount, mostJudgedRows, random.fork(0).below(2 ** 32));
  const rowNumbers = Uint32Array.from(drawn, (place) => order[place]!);
  const columns = matrix.columns
    .map((_, j) => j)
    .filter((j) => rowNumbers.some((row) => valueAt(matrix, row, j) !== valueAt(matrix, rowNumbers[0]!, j)));
  const columnCount = columns.length;
  const values = new Float64Array(rowNumbers.length * columnCount);
  rowNumbers.forEach((row, i) => {
    columns.forEach((j, place) => {
      values[i * columnCount + place] = valueAt(matrix, row, j);
    });
  });
  const scores = shared(standardise(values, columnCount));
  return {
    rowCount: rowNumbers.length,
    columnCount,
    rowNumbers,
    columns,
    values,
    scores,
    points: setAllAtomsAside(scores, columnCount, random.fork(1)),
    spreads: relativeSpreads(values, columnCount),
    free: columns.map((_, j) => !hasAtom(columnAt(scores, columnCount, j).sort())),
  };
}

/** Every column with its atoms set aside; row-major. */
export function setAllAtomsAside(rows: Float64Array, columnCount: number, random: Random): Float64Array {
  const points = new Float64Array(rows.length);
  for (let j = 0; j < columnCount; j++) {
    const column = setAtomsAside(columnAt(rows, columnCount, j), random);
    for (let i = 0; i < column.length; i++) points[i * columnCount + j] = column[i]!;
  }
  return points;
}

/** The same numbers where every thread can read them. */
export function shared(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(8 * values.length));
  copy.set(values);
  return copy;
}

/** Adding 0 makes −0 and 0 one value. */
function valueAt({ values, columnCount }: Matrix, row: number, j: number): number {
  return values[row * columnCount + j]! + 0;
}

function columnAt(rows: Float64Array, columnCount: number, j: number): Float64Array {
  return Float64Array.from({ length: rows.length / columnCount }, (_, i) => rows[i * columnCount + j]!);
}

function orderRows(matrix: Matrix): Uint32Array {
  const { rowCount, columnCount } = matrix;
  const row = new Float64Array(columnCount);
  const words = new Int32Array(row.buffer);
  const hashes = new Uint32Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    for (let j = 0; j < columnCount; j++) row[j] = valueAt(matrix, i, j);
    let hash = hashSeed;
    for (const word of words) hash = mixHash(hash, word);
    hashes[i] = finishHash(hash);
  }
  return orderByHash(hashes, (a, b) => {
    for (let j = 0; j < columnCount; j++) {
      const difference = valueAt(matrix, a, j) - valueAt(matrix, b, j);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
