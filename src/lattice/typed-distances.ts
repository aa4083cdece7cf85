import type { Kernel } from "./kernel.js";

/** What the kernel does with rows of 64-bit numbers, in TypeScript. */
export function typedDistances(buffer: SharedArrayBuffer): Pick<Kernel, "place" | "sumDistances"> {
  const doubles = new Float64Array(buffer);
  const integers = new Int32Array(buffer);
  return {
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
  };
}

/** Written as the exported SQL writes it, so that both give the same bits. */
function marginOf(best: number, second: number): number {
  if (second === Infinity) return 1;
  if (second === 0) return 0;
  return (Math.sqrt(second) - Math.sqrt(best)) / Math.sqrt(second);
}
