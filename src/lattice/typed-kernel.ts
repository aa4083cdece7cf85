import { sumOfSquares } from "./exact-inertia.js";
import type { Kernel } from "./kernel.js";

/**
 * The kernel in TypeScript, for machines without WebAssembly SIMD and as its readable twin. Squared distances are
 * exact here from the start, so only rows that tie within rounding keep a threshold that never lets them rest.
 */
export function typedKernel(buffer: SharedArrayBuffer): Kernel {
  const floats = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  const integers = new Int32Array(buffer);
  const shorts = new Int16Array(buffer);
  const wide = new BigUint64Array(buffer);

  function squaredDistance(a: number, b: number, rowBytes: number): number {
    let sum = 0;
    for (let j = 0; j < rowBytes / 4; j++) {
      const difference = floats[a / 4 + j]! - floats[b / 4 + j]!;
      sum += difference * difference;
    }
    return sum;
  }

  return {
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

    place(rows, rowBytes, rowCount, centres, clusterCount, labels, runnersUp, distances, margins, _scratch) {
      const width = rowBytes / 8;
      for (let i = 0; i < rowCount; i++) {
        let best = Infinity;
        let second = Infinity;
        let label = -1;
        let runnerUp = -1;
        for (let cluster = 0; cluster < clusterCount; cluster++) {
          let squared = 0;
          for (let j = 0; j < width; j++) {
            const difference =
              doubles[rows / 8 + i * width + j]! - doubles[centres / 8 + cluster * width + j]!;
            squared += difference * difference;
          }
          if (squared < best) {
            second = best;
            runnerUp = label;
            best = squared;
            label = cluster;
          } else if (squared < second) {
            second = squared;
            runnerUp = cluster;
          }
        }
        integers[labels / 4 + i] = label;
        integers[runnersUp / 4 + i] = runnerUp;
        doubles[distances / 8 + i] = Math.sqrt(best);
        doubles[margins / 8 + i] = marginOf(best, second);
      }
    },

    sumDistances(pair, columnCount, groups, starts, blockCount, sums) {
      const width = (columnCount + 1) * 4;
      for (let block = 0; block < blockCount; block++)
        for (let own = 0; own < 2; own++) {
          const totals = [0, 0];
          for (
            let group = integers[starts / 4 + block]!;
            group < integers[starts / 4 + block + 1]!;
            group++
          ) {
            const at = groups / 8 + group * width;
            const distanceOf = (lane: number) => {
              if (integers[(at + columnCount * 4 + lane) * 2] === 0) return 0;
              let squared = 0;
              for (let j = 0; j < columnCount; j++) {
                const difference = doubles[at + j * 4 + lane]! - doubles[pair / 8 + j * 4 + own * 2]!;
                squared += difference * difference;
              }
              return Math.sqrt(squared);
            };
            for (const lane of [0, 1]) totals[lane]! += distanceOf(lane) + distanceOf(lane + 2);
          }
          doubles[sums / 8 + block * 2 + own] = totals[0]! + totals[1]!;
        }
    },

    enter(source, columnCount, rowCount, rows, rowBytes, scale) {
      let largest = 0;
      for (let i = 0; i < rowCount; i++)
        for (let j = 0; j < columnCount; j++) {
          const value = doubles[source / 8 + i * columnCount + j]! * scale;
          if (value !== Math.floor(value)) largest = Infinity;
          largest = Math.max(largest, Math.abs(value));
          floats[(rows + i * rowBytes) / 4 + j] = value;
        }
      return Number.isNaN(largest) ? Infinity : largest;
    },

    measure(rows, rowBytes, rowCount, weights, totals) {
      const stride = rowBytes / 4;
      const values = floats.subarray(rows / 4, rows / 4 + rowCount * stride);
      const counts = weights === 0 ? undefined : integers.subarray(weights / 4, weights / 4 + rowCount);
      for (let i = 0; i < rowCount; i++) {
        let squared = 0;
        for (let at = i * stride; at < (i + 1) * stride; at++) squared += values[at]! * values[at]!;
        doubles[totals / 8] = Math.max(doubles[totals / 8]!, squared);
      }
      const sum = sumOfSquares(values, rowCount, { stride, weights: counts });
      wide[totals / 8 + 1]! += sum >> 26n;
      wide[totals / 8 + 2]! += sum & 0x3ffffffn;
    },

    narrow(rows, rowBytes, rowCount, narrowRows, narrowRowBytes, scale) {
      for (let i = 0; i < rowCount; i++)
        for (let j = 0; j < rowBytes / 4; j++)
          shorts[(narrowRows + i * narrowRowBytes) / 2 + j] = Math.floor(
            floats[(rows + i * rowBytes) / 4 + j]! * scale + 0.5,
          );
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

/** Written as the exported SQL writes it, so that both give the same bits. */
function marginOf(best: number, second: number): number {
  if (second === Infinity) return 1;
  if (second === 0) return 0;
  return (Math.sqrt(second) - Math.sqrt(best)) / Math.sqrt(second);
}

/** As in kernel.wat: the factors outweigh the rounding of the roots, of the sum and of the 32-bit store. */
function safeThreshold(best: number, second: number, drift: number): number {
  const slack = Math.sqrt(second) * (1 - 2 ** -50) - Math.sqrt(best) * (1 + 2 ** -50);
  return (Math.max(0, slack) + drift) * (1 - 2 ** -22);
}
