import { crossLabels } from "./cross-labels.js";

/**
 * How much is left to tell when one of two groupings of the same rows is known (variation of information).
 *
 * Range 0…ln nRows, in nats, lower is more alike: 0 the same groups under any numbering; a true distance, so that it may be
 * compared between pairs of groupings of the same rows. H(A | B) + H(B | A) = Σ over pairs of groups of
 * n_ab / n · (ln(n_a / n_ab) + ln(n_b / n_ab)). Unlike the adjusted Rand index it is not corrected for chance, and splitting a
 * large group costs more than splitting a small one. Time O(nRows).
 *
 * @param labelsA - Shape (nRows,), whole numbers; rows labelled −1 in either are left out.
 * @param labelsB - Shape (nRows,).
 * @throws InputError if lengths differ, a label is not a whole number, or fewer than two rows are left.
 * @see Meilă (2007), doi:10.1016/j.jmva.2006.11.013. Checked against scikit-learn and SciPy in test/reference/agreement.json.
 * @example
 * variationOfInformation([0, 0, 1, 1], [1, 1, 0, 0]) // => 0
 */
export function variationOfInformation(labelsA: ArrayLike<number>, labelsB: ArrayLike<number>): number {
  const { count, cells, inA, inB } = crossLabels("variationOfInformation", labelsA, labelsB);
  const parts = cells.map(
    (cell) =>
      (cell.count / count) * Math.log((inA.get(cell.a)! / cell.count) * (inB.get(cell.b)! / cell.count)),
  );
  // In order of size, so that the order of rows cannot change a bit.
  return Float64Array.from(parts)
    .sort()
    .reduce((sum, part) => sum + part, 0);
}
