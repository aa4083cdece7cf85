import type { Matrix } from "../core/matrix.js";
import { createRandom } from "../core/random.js";

/** One run of Lloyd's algorithm, step by step. */
export interface LloydPath {
  /** Rows that the centres began at. */
  readonly firstRows: Uint32Array;
  /** Labels after each assignment, the last of them final. */
  readonly labels: readonly Int32Array[];
  readonly converged: boolean;
}

const mostSteps = 100;

/** Lloyd's algorithm from the given rows; undefined where a cluster runs empty. O(steps · rows · clusters · columns). */
export function followLloyd(matrix: Matrix, firstRows: Uint32Array): LloydPath | undefined {
  const clusterCount = firstRows.length;
  const { columnCount, values } = matrix;
  let centres: Float64Array = Float64Array.from(
    { length: clusterCount * columnCount },
    (_, at) => values[firstRows[Math.floor(at / columnCount)]! * columnCount + (at % columnCount)]!,
  );
  const labels: Int32Array[] = [];
  while (labels.length < mostSteps) {
    const next = assignNearest(matrix, centres);
    const isSame = labels.length > 0 && next.every((label, row) => label === labels.at(-1)![row]);
    if (isSame) return { firstRows, labels, converged: true };
    labels.push(next);
    const moved = meansOf(matrix, next, clusterCount);
    if (moved === undefined) return undefined;
    centres = moved;
  }
  return { firstRows, labels, converged: false };
}

/** Different rows to begin at, drawn whatever their values. */
export function drawRows(rowCount: number, count: number, seed: number): Uint32Array {
  const random = createRandom(seed);
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(random.below(rowCount));
  return Uint32Array.from(drawn);
}

function assignNearest({ rowCount, columnCount, values }: Matrix, centres: Float64Array): Int32Array {
  const labels = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let least = Infinity;
    for (let start = 0; start < centres.length; start += columnCount) {
      let distance = 0;
      for (let j = 0; j < columnCount; j++)
        distance += (values[row * columnCount + j]! - centres[start + j]!) ** 2;
      if (distance >= least) continue;
      least = distance;
      labels[row] = start / columnCount;
    }
  }
  return labels;
}

/** Mean of each cluster's rows, row-major; undefined where a cluster is empty. */
export function meansOf(
  { rowCount, columnCount, values }: Matrix,
  labels: Int32Array,
  clusterCount: number,
): Float64Array | undefined {
  const sizes = new Float64Array(clusterCount);
  const means = new Float64Array(clusterCount * columnCount);
  for (let row = 0; row < rowCount; row++) {
    const cluster = labels[row]!;
    sizes[cluster]! += 1;
    for (let j = 0; j < columnCount; j++) means[cluster * columnCount + j]! += values[row * columnCount + j]!;
  }
  for (let at = 0; at < means.length; at++) means[at]! /= sizes[Math.floor(at / columnCount)]!;
  return sizes.includes(0) ? undefined : means;
}
