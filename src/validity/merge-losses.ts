/** What is lost if two clusters become one. */
export interface MergeLoss {
  readonly a: number;
  readonly b: number;
  /** Share of what the clusters explain, 0…1: of the sum of squares between them. */
  readonly loss: number;
}

/**
 * How much of what the clusters explain is lost if two of them become one, for every pair, the cheapest first.
 *
 * Explained is the sum over clusters of size · squared distance of its centre from the mean of all rows. Becoming one, clusters a
 * and b lose size_a · size_b / (size_a + size_b) · their squared distance of it (Ward's cost). 0…1, unit-free; the losses of several
 * mergers do not add up. Time O(nClusters² · nColumns).
 *
 * @param fit - Centres of shape (nClusters, nColumns), each the mean of its rows, and the rows in each.
 * @returns Empty for one cluster.
 * @see Ward (1963), doi:10.1080/01621459.1963.10500845
 * @example
 * mergeLosses({ centres: [[0], [1], [10]], sizes: [1, 1, 2] })[0].loss // => 0.0055096 (compared to 7 decimals)
 */
export function mergeLosses(fit: {
  readonly centres: readonly (readonly number[])[];
  readonly sizes: ArrayLike<number>;
}): MergeLoss[] {
  const { centres } = fit;
  const sizes = Array.from(fit.sizes);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const mean = centres[0]!.map((_, j) =>
    centres.reduce((sum, centre, i) => sum + (centre[j]! * sizes[i]!) / total, 0),
  );
  const explained = centres.reduce((sum, centre, i) => sum + sizes[i]! * squaredDistance(centre, mean), 0);
  const pairs = centres.flatMap((centre, a) =>
    centres.slice(a + 1).map((other, i) => {
      const b = a + 1 + i;
      const weight = (sizes[a]! * sizes[b]!) / Math.max(1, sizes[a]! + sizes[b]!);
      // Clusters that all lie in one place explain nothing, so nothing can be lost.
      return { a, b, loss: explained > 0 ? (weight * squaredDistance(centre, other)) / explained : 0 };
    }),
  );
  return pairs.sort((one, other) => one.loss - other.loss || one.a - other.a || one.b - other.b);
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}
