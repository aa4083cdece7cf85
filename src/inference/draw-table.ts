import type { Random } from "../core/random.js";
import { sum } from "../core/sum.js";

/** Totals of a table of counts, and the logarithms of factorials up to its total. */
export interface TableTotals {
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly logs: Float64Array;
}

/**
 * A random table with these totals, as likely as independence of rows and columns makes it; tells each cell's count.
 *
 * Cell by cell, each from the hypergeometric distribution that the cells before it leave. O(cells · √total).
 *
 * @see Patefield (1981), doi:10.2307/2346669
 */
export function drawTable(
  { rowTotals, columnTotals, logs }: TableTotals,
  random: Random,
  tell: (count: number) => void,
): void {
  const columnsLeft = [...columnTotals];
  let allLeft = sum(columnsLeft);
  for (const rowTotal of rowTotals) {
    let rowLeft = rowTotal;
    let others = allLeft;
    columnsLeft.forEach((columnLeft, j) => {
      others -= columnLeft;
      const count = drawHypergeometric({ good: columnLeft, bad: others, drawn: rowLeft }, logs, random);
      columnsLeft[j]! -= count;
      rowLeft -= count;
      tell(count);
    });
    allLeft -= rowTotal;
  }
}

/** How many of `drawn` rows are good ones, by inversion from the most likely count outwards. */
function drawHypergeometric(
  { good, bad, drawn }: { good: number; bad: number; drawn: number },
  logs: Float64Array,
  random: Random,
): number {
  const low = Math.max(0, drawn - bad);
  const high = Math.min(good, drawn);
  if (low === high) return low;
  const mode = Math.min(high, Math.max(low, Math.floor(((drawn + 1) * (good + 1)) / (good + bad + 2))));
  const atMode = Math.exp(
    choose(good, mode, logs) + choose(bad, drawn - mode, logs) - choose(good + bad, drawn, logs),
  );
  let open = random.next() - atMode;
  let [up, down, atUp, atDown] = [mode, mode, atMode, atMode];
  while (open > 0 && (up < high || down > low)) {
    if (up < high) {
      atUp *= ((good - up) * (drawn - up)) / ((up + 1) * (bad - drawn + up + 1));
      up++;
      open -= atUp;
      if (open <= 0) return up;
    }
    if (down > low) {
      atDown *= (down * (bad - drawn + down)) / ((good - down + 1) * (drawn - down + 1));
      down--;
      open -= atDown;
      if (open <= 0) return down;
    }
  }
  return mode;
}

function choose(all: number, some: number, logs: Float64Array): number {
  return logs[all]! - logs[some]! - logs[all - some]!;
}
