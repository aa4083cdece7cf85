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

  /** The new label, or −1 where the runner-up is too near. */
  function label(place: number, centres: number, scores: Scores): number {
    const { columnCount, clusterCount, tolerance } = scores;
    let [best, second, nearest] = [Infinity, Infinity, 0];
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const own = score(place, centres + cluster * (columnCount + 1), columnCount);
      if (own < best) {
        second = best;
        best = own;
        nearest = cluster;
      } else if (own < second) second = own;
    }
    return fround(second - best) <= tolerance ? -1 : nearest;
  }

  return {
    assign(tiles, tileBytes, tilesEnd, centres, clusterCount, labels, list, next, unsureCount, tolerance) {
      const scores = { columnCount: tileBytes / 32, clusterCount, tolerance: fround(tolerance) };
      let count = 0;
      for (let row = 0; row < ((tilesEnd - tiles) / tileBytes) * 8; row++) {
        const place = (tiles + Math.floor(row / 8) * tileBytes) / 4 + (row % 8);
        const to = label(place, centres / 4, scores);
        if (to === integers[labels / 4 + row]) continue;
        if (to < 0) integers[unsureCount / 4]!++;
        integers[list / 4 + count] = row;
        integers[next / 4 + count++] = to;
      }
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
