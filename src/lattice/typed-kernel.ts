import type { Kernel } from "./kernel.js";
import { typedDistances } from "./typed-distances.js";
import { typedLoading } from "./typed-loading.js";

/**
 * The kernel in TypeScript, for machines without WebAssembly SIMD and as its readable twin. Squared distances are
 * exact here from the start, so only rows that tie within rounding keep a threshold that never lets them rest.
 */
export function typedKernel(buffer: SharedArrayBuffer): Kernel {
  const floats = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  const integers = new Int32Array(buffer);

  function squaredDistance(a: number, b: number, rowBytes: number): number {
    let sum = 0;
    for (let j = 0; j < rowBytes / 4; j++) {
      const difference = floats[a / 4 + j]! - floats[b / 4 + j]!;
      sum += difference * difference;
    }
    return sum;
  }

  return {
    ...typedLoading(buffer),
    ...typedDistances(buffer),

    scan(thresholds, begin, end, limit, list) {
      let count = 0;
      for (let row = begin; row < end; row++)
        if (floats[thresholds / 4 + row]! <= limit) integers[list / 4 + count++] = row;
      return count;
    },

    sift(...[, , list, count, , , , , , , unsure]) {
      integers[unsure / 4] = count;
      integers.copyWithin(unsure / 4 + 1, list / 4, list / 4 + count);
      return 0;
    },

    assign(
      rows,
      rowBytes,
      list,
      count,
      centres,
      clusterCount,
      thresholds,
      labels,
      next,
      _scratch,
      drift,
      _margin,
    ) {
      let changed = 0;
      for (let i = 0; i < count; i++) {
        const row = integers[list / 4 + i]!;
        let label = 0;
        let best = Infinity;
        let second = Infinity;
        for (let cluster = 0; cluster < clusterCount; cluster++) {
          const squared = squaredDistance(rows + row * rowBytes, centres + cluster * rowBytes, rowBytes);
          if (squared < best) {
            second = best;
            best = squared;
            label = cluster;
          } else if (squared < second) second = squared;
        }
        floats[thresholds / 4 + row] = safeThreshold(best, second, drift);
        integers[list / 4 + changed] = row;
        integers[next / 4 + changed] = label;
        if (integers[labels / 4 + row] !== label) changed++;
      }
      return changed;
    },

    move(rows, rowBytes, list, next, count, labels, sums, sizes, weights) {
      const width = rowBytes / 4;
      for (let i = 0; i < count; i++) {
        const row = integers[list / 4 + i]!;
        const from = integers[labels / 4 + row]!;
        const to = integers[next / 4 + i]!;
        integers[labels / 4 + row] = to;
        const weight = weights === 0 ? 1 : integers[weights / 4 + row]!;
        integers[sizes / 4 + from]! -= weight;
        integers[sizes / 4 + to]! += weight;
        for (let j = 0; j < width; j++) {
          const value = weight * floats[rows / 4 + row * width + j]!;
          doubles[sums / 8 + from * width + j]! -= value;
          doubles[sums / 8 + to * width + j]! += value;
        }
      }
    },

    approach(rows, rowBytes, rowCount, centre, nearest) {
      let total = 0;
      for (let row = 0; row < rowCount; row++) {
        const squared = squaredDistance(rows + row * rowBytes, centre, rowBytes);
        if (squared < doubles[nearest / 8 + row]!) doubles[nearest / 8 + row] = squared;
        total += doubles[nearest / 8 + row]!;
      }
      return total;
    },
  };
}

/** As in kernel.wat: the factors outweigh the rounding of the roots, of the sum and of the 32-bit store. */
function safeThreshold(best: number, second: number, drift: number): number {
  const slack = Math.sqrt(second) * (1 - 2 ** -50) - Math.sqrt(best) * (1 + 2 ** -50);
  return (Math.max(0, slack) + drift) * (1 - 2 ** -22);
}
