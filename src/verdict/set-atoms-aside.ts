import { countSorted, isAtom, placeOf, type ValueCounts } from "../core/atoms.js";
import type { Random } from "../core/random.js";

/**
 * A copy of a column in which no gap is left that an atom made, for valleys to be looked for in.
 *
 * That a customer bought nothing is a fact about one column, known beforehand: the empty stretch beside it must not count
 * as a valley between segments, yet valleys in other columns must stay visible. So an atom at the lowest (highest) value
 * is drawn anew from the lower (upper) half of the other values; where half of the rows lie at no atom, an atom between them
 * is too, from the half around it. Every tie that is left is spread evenly over half the gap to its neighbours. A column of
 * two values, or with fewer than two others, says nothing beyond its atoms and becomes constant. A column without ties comes
 * back as it is. O(nRows log nRows).
 */
export function setAtomsAside(column: Float64Array, random: Random): Float64Array {
  const rowCount = column.length;
  const sorted = column.slice().sort();
  const counted = countSorted(sorted);
  if (counted.values.length === rowCount) return column;
  if (counted.values.length <= 2) return new Float64Array(rowCount);
  const atoms = findAtoms(counted, rowCount);
  const others = sorted.filter((value) => !atoms.has(value));
  if (others.length < 3 || others[0] === others.at(-1)) return new Float64Array(rowCount);
  const half = (others.length + 1) >> 1;
  const firstOf = new Map(
    [...atoms].map((atom) => {
      const below = others.findIndex((value) => value > atom);
      const middle = (below < 0 ? others.length : below) - (half >> 1);
      return [atom, Math.min(others.length - half, Math.max(0, middle))];
    }),
  );
  const drawn = column.map((value) => {
    const first = firstOf.get(value);
    return first === undefined ? value : others[first + random.below(half)]!;
  });
  return spreadTies(drawn, random);
}

/** Values to draw anew: an atom at either end, and those between where most rows lie elsewhere, so that it is no scale of steps. */
function findAtoms({ values, counts }: ValueCounts, rowCount: number): ReadonlySet<number> {
  const atoms = Array.from(values.keys()).filter((place) => isAtom(counts[place]!, rowCount));
  const atAtoms = atoms.reduce((sum, place) => sum + counts[place]!, 0);
  const isScale = atAtoms > rowCount / 2;
  const last = values.length - 1;
  return new Set(
    atoms.filter((place) => !isScale || place === 0 || place === last).map((place) => values[place]!),
  );
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
