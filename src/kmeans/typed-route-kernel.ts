import type { RouteKernel } from "./route-kernel.js";

const { fround } = Math;

/** The kernel in TypeScript, for machines without WebAssembly SIMD and as its readable twin. */
export function typedRouteKernel(buffer: SharedArrayBuffer): RouteKernel {
  const floats = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  const integers = new Int32Array(buffer);

  /** Score of the row at `place` (its column in the first column's eight) for the centre at `centre`. */
  function score(place: number, centre: number, columnCount: number): number {
    let sum = floats[centre]!;
    for (let j = 0; j < columnCount; j++)
      sum = fround(sum + fround(floats[centre + 1 + j]! * floats[place + j * 8]!));
    return sum;
  }

  /** The new label, or −1 where the runner-up is too near, and the two lowest scores. */
  function nearest(place: number, centres: number, scores: Scores): Nearest {
    const { columnCount, clusterCount, tolerance } = scores;
    let [best, second, label] = [Infinity, Infinity, 0];
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const own = score(place, centres + cluster * (columnCount + 1), columnCount);
      if (own < best) {
        second = best;
        best = own;
        label = cluster;
      } else if (own < second) second = own;
    }
    return { best, second, label: fround(second - best) <= tolerance ? -1 : label };
  }

  function squaresOf(place: number, weights: number, columnCount: number): number {
    let sum = 0;
    for (let j = 0; j < columnCount; j++) {
      const value = floats[place + j * 8]!;
      sum = fround(sum + fround(fround(value * value) * floats[weights + j]!));
    }
    return sum;
  }

  return {
    scan(thresholds, end, limit, list) {
      let count = 0;
      for (let row = 0; row < end; row++)
        if (floats[thresholds / 4 + row]! <= fround(limit)) integers[list / 4 + count++] = row;
      return count;
    },

    gather(tiles, tileBytes, list, listEnd, labels, target, targetLabels) {
      for (let at = 0; at < (listEnd - list) / 4; at++) {
        const row = integers[list / 4 + at]!;
        integers[targetLabels / 4 + at] = integers[labels / 4 + row]!;
        const [from, to] = [placeOf(tiles, tileBytes, row), placeOf(target, tileBytes, at)];
        for (let lane = 0; lane < tileBytes / 4; lane += 8) floats[to + lane] = floats[from + lane]!;
      }
    },

    assign(...given) {
      const [tiles, tileBytes, tilesEnd, centres, clusterCount, rowIds, labels, list, next, ...others] =
        given;
      const [unsureCount, tolerance, keep, weights, thresholds, far, slack, drift, scale] = others;
      const scores = { columnCount: tileBytes / 32, clusterCount, tolerance: fround(tolerance) };
      const bounds = { slack: fround(slack), drift: fround(drift), scale: fround(scale) };
      let count = 0;
      let farthest = 0;
      for (let at = 0; at < ((tilesEnd - tiles) / tileBytes) * 8; at++) {
        const place = placeOf(tiles, tileBytes, at);
        const row = integers[rowIds / 4 + at]!;
        const found = nearest(place, centres / 4, scores);
        if (keep !== 0) {
          const squares = squaresOf(place, weights / 4, scores.columnCount);
          const best = fround(found.best + squares);
          farthest = Math.max(farthest, best);
          floats[thresholds / 4 + row] = thresholdOf(best, fround(found.second + squares), bounds);
        }
        if (found.label === integers[labels / 4 + at]) continue;
        if (found.label < 0) integers[unsureCount / 4]!++;
        integers[list / 4 + count] = row;
        integers[next / 4 + count++] = found.label;
      }
      floats[far / 4] = farthest;
      return count;
    },

    move(rows, rowBytes, list, next, listEnd, labels, sums, sizes) {
      const stride = rowBytes / 8;
      for (let at = 0; at < (listEnd - list) / 4; at++) {
        const row = integers[list / 4 + at]!;
        const from = integers[labels / 4 + row]!;
        const to = integers[next / 4 + at]!;
        integers[labels / 4 + row] = to;
        integers[sizes / 4 + from]!--;
        integers[sizes / 4 + to]!++;
        for (let j = 0; j < stride; j++) {
          doubles[sums / 8 + from * stride + j]! -= doubles[rows / 8 + row * stride + j]!;
          doubles[sums / 8 + to * stride + j]! += doubles[rows / 8 + row * stride + j]!;
        }
      }
    },

    approach(tiles, tileBytes, tilesEnd, centre, nearest, tileSums) {
      for (let tile = 0; tile < (tilesEnd - tiles) / tileBytes; tile++) {
        const near = new Float32Array(buffer, nearest + tile * 32, 8);
        for (let lane = 0; lane < 8; lane++) {
          let sum = 0;
          for (let j = 0; j < tileBytes / 32; j++) {
            const value = floats[(tiles + tile * tileBytes) / 4 + j * 8 + lane]!;
            const difference = fround(value - floats[centre / 4 + j * 2]!);
            const square = fround(difference * difference);
            sum = fround(sum + fround(square * floats[centre / 4 + j * 2 + 1]!));
          }
          near[lane] = Math.min(near[lane]!, sum);
        }
        const [a, b, c, d] = [0, 1, 2, 3].map((lane) => fround(near[lane]! + near[lane + 4]!));
        floats[tileSums / 4 + tile] = fround(fround(a! + b!) + fround(c! + d!));
      }
    },
  };
}

interface Scores {
  readonly columnCount: number;
  readonly clusterCount: number;
  readonly tolerance: number;
}

interface Nearest {
  readonly best: number;
  readonly second: number;
  readonly label: number;
}

/** Place of a row's first column. */
function placeOf(tiles: number, tileBytes: number, row: number): number {
  return (tiles + Math.floor(row / 8) * tileBytes) / 4 + (row % 8);
}

function thresholdOf(
  best: number,
  second: number,
  { slack, drift, scale }: { readonly slack: number; readonly drift: number; readonly scale: number },
): number {
  const rootOf = (square: number) => fround(Math.sqrt(Math.max(0, fround(square))));
  const farther = fround(rootOf(second - slack) * (1 - 2 ** -22));
  const nearer = fround(rootOf(best + slack) * (1 + 2 ** -22));
  const margin = fround(fround(farther - nearer) * scale);
  return fround(fround(margin + drift) * (1 - 2 ** -21));
}
