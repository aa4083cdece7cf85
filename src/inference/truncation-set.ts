import type { Matrix } from "../core/matrix.js";
import { type LloydPath, meansOf } from "./lloyd-path.js";

/** From and to. */
export type Span = readonly [low: number, high: number];

/** A line of data sets: each row moves by `weights` times `direction` for every unit of shift. */
export interface DataLine {
  readonly matrix: Matrix;
  /** Shape (nRows,). */
  readonly weights: Float64Array;
  /** Shape (nColumns,), of length 1. */
  readonly direction: Float64Array;
}

/**
 * The shifts along a line of data sets for which Lloyd's algorithm takes the very same path, as ascending spans; 0 is in one of them.
 *
 * Every step asks of every row that its own centre be the nearest: a quadratic inequality in the shift per row and centre.
 * O(steps · rows · clusters · log) time.
 *
 * @see Chen & Witten (2023), JMLR 24(152), proposition 2 and lemma 2.
 */
export function truncationSet(line: DataLine, path: LloydPath, clusterCount: number): readonly Span[] {
  const open = allShifts();
  const { matrix, weights } = line;
  let centres: Float64Array = rowsAt(matrix, path.firstRows);
  let moves: Float64Array = Float64Array.from(path.firstRows, (row) => weights[row]!);
  for (const labels of path.labels) {
    keepLabels(line, { labels, centres, moves }, open);
    centres = meansOf(matrix, labels, clusterCount)!;
    moves = meansOf({ ...matrix, columnCount: 1, values: weights }, labels, clusterCount)!;
  }
  // The last assignment is kept by the centres that it made.
  keepLabels(line, { labels: path.labels.at(-1)!, centres, moves }, open);
  return spansOf(open);
}

function rowsAt({ columnCount, values }: Matrix, rows: Uint32Array): Float64Array {
  const found = new Float64Array(rows.length * columnCount);
  rows.forEach((row, i) => {
    found.set(values.subarray(row * columnCount, (row + 1) * columnCount), i * columnCount);
  });
  return found;
}

/** Where the centres stand at shift 0, how far each moves per unit of shift, and which rows are theirs. */
interface LloydStep {
  readonly labels: Int32Array;
  readonly centres: Float64Array;
  readonly moves: Float64Array;
}

/** Distance² of a row to a centre along the line: constant + 2·slope·shift + bend·shift². */
function keepLabels(line: DataLine, { labels, centres, moves }: LloydStep, open: Shifts): void {
  const { weights, direction } = line;
  const { columnCount, values } = line.matrix;
  const count = moves.length;
  const constants = new Float64Array(count);
  const slopes = new Float64Array(count);
  const bends = new Float64Array(count);
  for (let row = 0; row < labels.length; row++) {
    for (let cluster = 0; cluster < count; cluster++) {
      let constant = 0;
      let along = 0;
      for (let j = 0; j < columnCount; j++) {
        const difference = values[row * columnCount + j]! - centres[cluster * columnCount + j]!;
        constant += difference * difference;
        along += difference * direction[j]!;
      }
      const move = weights[row]! - moves[cluster]!;
      constants[cluster] = constant;
      slopes[cluster] = move * along;
      bends[cluster] = move * move;
    }
    const own = labels[row]!;
    for (let cluster = 0; cluster < count; cluster++)
      if (cluster !== own)
        keepBelow(open, {
          bend: bends[own]! - bends[cluster]!,
          slope: 2 * (slopes[own]! - slopes[cluster]!),
          constant: Math.min(0, constants[own]! - constants[cluster]!),
        });
  }
}

/** Shifts that are still allowed: one span around 0, less gaps that do not reach its ends. */
interface Shifts {
  low: number;
  high: number;
  readonly gaps: Span[];
}

function allShifts(): Shifts {
  return { low: -Infinity, high: Infinity, gaps: [] };
}

/** Keeps the shifts where bend·s² + slope·s + constant is at most 0, as it is at s = 0. */
function keepBelow(
  shifts: Shifts,
  { bend, slope, constant }: { readonly bend: number; readonly slope: number; readonly constant: number },
): void {
  if (bend === 0) {
    if (slope > 0) shifts.high = Math.min(shifts.high, -constant / slope);
    if (slope < 0) shifts.low = Math.max(shifts.low, -constant / slope);
    return;
  }
  const discriminant = slope * slope - 4 * bend * constant;
  if (bend < 0 && discriminant <= 0) return;
  // One root without subtracting near equals, the other from the product of the two.
  const sum = -(slope + (slope < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  const one = sum / bend;
  const other = sum === 0 ? 0 : constant / sum;
  const roots: Span = [Math.min(one, other), Math.max(one, other)];
  if (bend < 0) shifts.gaps.push(roots);
  else {
    shifts.low = Math.max(shifts.low, roots[0]);
    shifts.high = Math.min(shifts.high, roots[1]);
  }
}

function spansOf({ low, high, gaps }: Shifts): readonly Span[] {
  const spans: Span[] = [];
  let start = low;
  for (const [from, to] of gaps.sort((a, b) => a[0] - b[0])) {
    if (to <= start) continue;
    if (from >= high) break;
    if (from > start) spans.push([start, from]);
    start = Math.max(start, to);
  }
  if (start < high) spans.push([start, high]);
  return spans;
}
