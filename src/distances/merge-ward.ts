import { twinRows } from "../cluster/canonical-table.js";
import type { MixedTable } from "../cluster/mixed-table.js";
import type { ProgressTeller } from "../cluster/progress-teller.js";
import type { FoundMerges } from "./merge-order.js";
import { chainMerges } from "./neighbour-chain.js";

/**
 * Ward's merges from means and sizes alone, so that memory grows with the rows and not with their pairs. Height is
 * √(2 · a · b / (a + b)) · |mean_a − mean_b|: for two rows their distance.
 *
 * Time O(nRows² · nColumns), memory 8 bytes per value.
 *
 * @see Ward (1963), doi:10.1080/01621459.1963.10500845
 */
export function mergeWard(table: MixedTable, progress: ProgressTeller): FoundMerges {
  const { values, rowCount, columnCount } = table.numbers;
  const means = values.slice();
  const sizes = new Float64Array(rowCount).fill(1);
  return chainMerges({
    count: rowCount,
    twins: twinRows(table),
    progress,
    fill(target, place, others) {
      const mean = means.subarray(place * columnCount, (place + 1) * columnCount);
      const size = sizes[place]!;
      for (let i = 0; i < others.length; i++) {
        const other = others[i]!;
        let squared = 0;
        for (let j = 0; j < columnCount; j++) {
          const difference = means[other * columnCount + j]! - mean[j]!;
          squared += difference * difference;
        }
        target[i] = Math.sqrt(squared * ((2 * size * sizes[other]!) / (size + sizes[other]!)));
      }
    },
    merge(from, into) {
      const share = sizes[from]! / (sizes[from]! + sizes[into]!);
      for (let j = 0; j < columnCount; j++) {
        const at = into * columnCount + j;
        // Written as a move so that equal means stay what they are, to the last bit.
        means[at]! += (means[from * columnCount + j]! - means[at]!) * share;
      }
      sizes[into]! += sizes[from]!;
    },
  });
}
