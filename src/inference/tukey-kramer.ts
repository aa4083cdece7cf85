import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { knownGroups, rowCountOf } from "./check-groups.js";
import { comparePair, type PairwiseOptions } from "./games-howell.js";
import { momentsToCompare, sumsOfSquares } from "./group-moments.js";
import { everyPair, type PairwiseResult } from "./pairwise-result.js";
import { pValueNotes, skewNotes, smallGroupNotes, varianceNotes } from "./result-notes.js";
import { studentizedRange } from "./studentized-range.js";

/**
 * Compares every pair of groups' means after {@link oneWayAnova}, assuming that all groups vary equally.
 *
 * p-values and intervals hold for all pairs at once, by the studentized range with the pooled variance. Effect: Hedges' g of the
 * pair. Prefer {@link gamesHowell}, which assumes less. O(rows), and some milliseconds a pair.
 *
 * @param given - One array of finite numbers per group; at least two groups of at least two values.
 * @throws InputError if there are fewer groups or values, a value is not finite, or a pair does not vary within.
 * @see Tukey (1949), doi:10.2307/3001913; Kramer (1956), doi:10.2307/3001469. Checked against R in test/reference/tests-r.json.
 */
export function tukeyKramer(
  given: readonly ArrayLike<number>[],
  options: PairwiseOptions = {},
): PairwiseResult {
  const { level = 0.95 } = options;
  checkNumber("tukeyKramer", "level", level, 0.5, 0.999);
  const { groups, notes } = knownGroups("tukeyKramer", given, { ...options, smallest: 2 });
  const moments = momentsToCompare(groups);
  const { within, rowCount, groupCount } = sumsOfSquares(moments);
  const degreesOfFreedom = rowCount - groupCount;
  const range = studentizedRange(groupCount, degreesOfFreedom);
  const critical = range.quantile(level);
  const pairs = everyPair(groupCount, (first, second) => {
    const [a, b] = [moments[first]!, moments[second]!];
    if (a.variance + b.variance === 0)
      throw new InputError(
        `tukeyKramer: groups must vary within, got equal values in both groups ${first} and ${second}. dunnTest takes such groups`,
      );
    const standardError = Math.sqrt((within / degreesOfFreedom) * (1 / a.size + 1 / b.size));
    const difference = a.mean - b.mean;
    return comparePair({
      first,
      second,
      moments,
      level,
      difference,
      standardError,
      degreesOfFreedom,
      range,
      critical,
    });
  });
  return {
    method: "Tukey–Kramer",
    adjustment: "studentized range",
    pairs,
    notes: [
      ...notes,
      ...smallGroupNotes(moments),
      ...varianceNotes(moments, "Games–Howell does not."),
      ...skewNotes(groups, moments),
      ...pValueNotes(Math.min(...pairs.map(({ adjustedPValue }) => adjustedPValue)), rowCountOf(groups)),
    ],
  };
}
