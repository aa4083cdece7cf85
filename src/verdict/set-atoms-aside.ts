import { countSorted, isAtom, placeOf } from "../core/atoms.js";
import type { Random } from "../core/random.js";

/**
 * A copy of a column in which no gap is left that an atom made, for valleys to be looked for in.
 *
 * That a customer bought nothing is a fact about one column, known beforehand: the empty stretch beside it must not count
 * as a valley between segments, yet valleys in other columns must stay visible. So an atom at the lowest (highest) value
 * is drawn anew from the lower (upper) half of the other values, and every tie that is left is spread evenly over half
 * the gap to its neighbours. A column of two values, or with fewer than two others, says nothing beyond its atoms and
 * becomes constant. A column without ties comes back as it is. O(nRows log nRows).
 */
export function setAtomsAside(column: Float64Array, random: Random): Float64Array {
  const rowCount = column.length;
  const sorted = column.slice().sort();
  const { values, counts } = countSorted(sorted);
  if (values.length === rowCount) return column;
  if (values.length <= 2) return new Float64Array(rowCount);
  const atLow = isAtom(counts[0]!, rowCount) ? counts[0]! : 0;
  const atHigh = isAtom(counts.at(-1)!, rowCount) ? counts.at(-1)! : 0;
  const others = sorted.subarray(atLow, rowCount - atHigh);
  if (others.length < 3 || others[0] === others.at(-1)) return new Float64Array(rowCount);
  const half = (others.length + 1) >> 1;
  const lowest = values[0]!;
  const highest = values.at(-1)!;
  const drawn = column.map((value) => {
    if (atLow > 0 && value === lowest) return others[random.below(half)]!;
    if (atHigh > 0 && value === highest) return others[others.length - half + random.below(half)]!;
    return value;
  });
  return spreadTies(drawn, random);
}

/** Every value that several rows hold is spread evenly over half the gap to the next value on either side. */
function spreadTies(column: Float64Array, random: Random): Float64Array {
  const { values, counts } = countSorted(column.slice().sort());
  const last = values.length - 1;
  return column.map((value) => {
    const place = placeOf(values, value);
    if (counts[place] === 1) return value;
    const below = values[Math.max(1, place)]! - values[Math.max(1, place) - 1]!;
    const above = values[Math.min(last, place + 1)]! - values[Math.min(last, place + 1) - 1]!;
    return value - below / 2 + (random.next() * (below + above)) / 2;
  });
}
