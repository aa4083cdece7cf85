import { countSorted, isAtom } from "../core/atoms.js";
import { fitUnimodal, type Margin, roundToEven } from "./unimodal-margin.js";

/** Fewer different values than this are kept as they are: there is no shape to smooth. */
const fewestValues = 5;

/**
 * A column without groups, as a table: value number i is the quantile (i + 0.5) / length.
 *
 * Atoms keep their shares; everything else has one mode. So a copy that is drawn from the table has the skew, the tails and
 * the zeros of the column, but no two humps. O(nRows log nRows + length).
 *
 * @param length - Values in the table.
 * @returns Ascending.
 */
export function tabulateQuantiles(column: Float64Array, length: number): Float64Array {
  const { values, counts } = countSorted(column.slice().sort());
  const table = new Float64Array(length);
  const smooth: number[] = [];
  let filled = 0;
  values.forEach((value, i) => {
    const count = counts[i]!;
    if (!isAtom(count, column.length)) {
      for (let copy = 0; copy < count; copy++) smooth.push(value);
      return;
    }
    const room = Math.min(length - filled, roundToEven((length * count) / column.length));
    table.fill(value, filled, filled + room);
    filled += room;
  });
  if (smooth.length === 0) return table.fill(values.at(-1)!, filled);
  fillSmooth(table.subarray(filled), Float64Array.from(smooth));
  return table.sort();
}

function fillSmooth(places: Float64Array, sorted: Float64Array): void {
  const shares = places.map((_, i) => (i + 0.5) / places.length);
  if (countSorted(sorted).values.length < fewestValues)
    places.set(shares.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!));
  else places.set(readQuantiles(fitUnimodal(sorted), shares));
}

/** Quantiles at ascending shares, linear between knots. */
function readQuantiles({ knots, masses }: Margin, shares: Float64Array): Float64Array {
  const below = new Float64Array(knots.length);
  masses.forEach((mass, i) => {
    below[i + 1] = below[i]! + mass;
  });
  const total = below.at(-1)!;
  let interval = 0;
  return shares.map((share) => {
    while (interval < masses.length - 1 && below[interval + 1]! / total <= share) interval++;
    const start = below[interval]! / total;
    const end = below[interval + 1]! / total;
    return knots[interval]! + ((share - start) / (end - start)) * (knots[interval + 1]! - knots[interval]!);
  });
}
