import type { RouteMemory } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";

/**
 * Puts the centre of every empty cluster on the row farthest from its own centre, another row for each. Returns whether
 * there was such a row: where there are fewer different rows than clusters, some stay empty.
 */
export function refillEmpty(memory: RouteMemory, problem: RouteProblem): boolean {
  const { clusterCount, rowCount } = problem;
  const { arrays, size, stride } = memory;
  const { sizes, centres, rows } = arrays;
  let distances: Float64Array | undefined;
  let refilled = false;
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    if (sizes[cluster]! > 0) continue;
    distances ??= distancesToOwn(memory, rowCount);
    const farthest = distances.reduce((far, distance, row) => (distance > distances![far]! ? row : far), 0);
    if (distances[farthest] === 0) break;
    distances[farthest] = 0;
    const row = rows.subarray(farthest * stride, farthest * stride + size.columnCount);
    centres.set(row, cluster * size.columnCount);
    refilled = true;
  }
  return refilled;
}

function distancesToOwn({ arrays, size, stride }: RouteMemory, rowCount: number): Float64Array {
  const { rows, centres, weights, labels } = arrays;
  const { columnCount } = size;
  return Float64Array.from({ length: rowCount }, (_, row) => {
    let distance = 0;
    for (let j = 0; j < columnCount; j++) {
      const difference = rows[row * stride + j]! - centres[labels[row]! * columnCount + j]!;
      distance += difference * difference * weights[j]!;
    }
    return distance;
  });
}
