import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { adjustedRandIndex } from "./adjusted-rand.js";
import { variationOfInformation } from "./variation-of-information.js";

/** A grouping of rows under the name of its method. */
export interface NamedClustering {
  readonly name: string;
  /** Shape (nRows,), whole numbers, −1 for none. */
  readonly labels: ArrayLike<number>;
}

/** How far groupings of the same rows agree, every pair of them. */
export interface ClusteringAgreement {
  /** The grouping that agrees most with all others first, then by agreement with that one. */
  readonly names: readonly string[];
  /** Shape (nNames, nNames): adjusted Rand index, −0.5…1, 1 on the diagonal. */
  readonly adjustedRand: readonly (readonly number[])[];
  /** Shape (nNames, nNames): variation of information in nats, 0 on the diagonal. */
  readonly variationOfInformation: readonly (readonly number[])[];
  /** Shape (nNames, nNames): rows that both label. */
  readonly rowsInCommon: readonly (readonly number[])[];
}

/**
 * Agreement of several groupings of the same rows, pair by pair: what does not hang on the method comes out alike.
 *
 * Each pair is compared over the rows that both label. High agreement says that two methods see the same, not that it is
 * right. Time O(nClusterings² · nRows).
 *
 * @param clusterings - Two or more, in any order; equal agreement keeps the order given.
 * @throws InputError if there are fewer than two, two have one name, lengths differ, a label is not a whole number, or two
 * have fewer than two labelled rows in common.
 * @see {@link adjustedRandIndex}, {@link variationOfInformation}
 */
export function compareClusterings(clusterings: readonly NamedClustering[]): ClusteringAgreement {
  checkClusterings(clusterings);
  const rand = square(clusterings, adjustedRandIndex);
  const means = rand.map((row) => row.reduce((sum, value) => sum + value, 0));
  const central = means.indexOf(Math.max(...means));
  const order = clusterings.map((_, i) => i);
  order.sort(
    (a, b) => Number(b === central) - Number(a === central) || rand[b]![central]! - rand[a]![central]!,
  );
  const sorted = order.map((i) => clusterings[i]!);
  return {
    names: sorted.map(({ name }) => name),
    adjustedRand: order.map((i) => order.map((j) => rand[i]![j]!)),
    variationOfInformation: square(sorted, variationOfInformation),
    rowsInCommon: square(sorted, countCommon),
  };
}

type Compare = (labelsA: ArrayLike<number>, labelsB: ArrayLike<number>) => number;

/** Both ways of a pair give the same number. */
function square(clusterings: readonly NamedClustering[], compare: Compare): readonly (readonly number[])[] {
  const values = clusterings.map(() => new Array<number>(clusterings.length).fill(0));
  clusterings.forEach((a, i) => {
    clusterings.slice(0, i + 1).forEach((b, j) => {
      const value = compare(a.labels, b.labels);
      values[i]![j] = value;
      values[j]![i] = value;
    });
  });
  return values;
}

function countCommon(labelsA: ArrayLike<number>, labelsB: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < labelsA.length; i++) if (labelsA[i]! >= 0 && labelsB[i]! >= 0) count++;
  return count;
}

function checkClusterings(clusterings: readonly NamedClustering[]): void {
  const [first] = clusterings;
  if (first === undefined || clusterings.length < 2)
    throw new InputError(
      `compareClusterings: clusterings must hold at least 2 groupings, got ${clusterings.length}`,
    );
  clusterings.forEach(({ name, labels }, i) => {
    if (clusterings.findIndex((other) => other.name === name) !== i)
      throw new InputError(
        `compareClusterings: clusterings must have a name of their own each, got ${describeValue(name)} twice`,
      );
    if (labels.length !== first.labels.length)
      throw new InputError(
        `compareClusterings: labels of ${describeValue(name)} must have ${first.labels.length} values (as ${describeValue(first.name)} has), got ${labels.length}`,
      );
  });
  for (const [i, a] of clusterings.entries())
    for (const b of clusterings.slice(0, i + 1)) {
      const common = countCommon(a.labels, b.labels);
      if (common < 2)
        throw new InputError(
          `compareClusterings: ${describeValue(a.name)} must label at least 2 rows that ${describeValue(b.name)} labels too, got ${common}`,
        );
    }
}
