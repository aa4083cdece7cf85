import type { Matrix } from "../core/matrix.js";
import type { JudgedSolution } from "./judgement.js";
import type { PreparedRows } from "./prepare-rows.js";

/** Labels in the order of the matrix, and centres in its unit. */
export function placeSolution(
  matrix: Matrix,
  { rowNumbers }: PreparedRows,
  { labels, count }: { readonly labels: Int32Array; readonly count: number },
): Pick<JudgedSolution, "labels" | "centres"> {
  const { columnCount, values } = matrix;
  const sums = Array.from({ length: count }, () => new Array<number>(columnCount).fill(0));
  const sizes = new Float64Array(count);
  labels.forEach((cluster, i) => {
    if (cluster < 0) return;
    sizes[cluster]!++;
    for (let j = 0; j < columnCount; j++) sums[cluster]![j]! += values[rowNumbers[i]! * columnCount + j]!;
  });
  const places = Array.from(rowNumbers.keys()).sort((a, b) => rowNumbers[a]! - rowNumbers[b]!);
  return {
    labels: Int32Array.from(places, (place) => labels[place]!),
    centres: sums.map((sum, cluster) => sum.map((value) => value / Math.max(1, sizes[cluster]!))),
  };
}
