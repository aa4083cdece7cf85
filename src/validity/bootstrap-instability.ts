import { openTeller } from "../cluster/progress-teller.js";
import { type Matrix, rowsOf } from "../core/matrix.js";
import { createRandom, type Random } from "../core/random.js";
import type { Crew } from "../lattice/crew.js";
import { adjustedRandIndex } from "./adjusted-rand.js";
import { countRange } from "./count-range.js";
import { findCentres, meanWithError, nearestCentres } from "./resample-centres.js";
import {
  defaultResampleStarts,
  defaultResamples,
  type ResampleOptions,
  withResampleBase,
} from "./resample-options.js";

export interface InstabilityRow {
  readonly count: number;
  /** 1 − mean adjusted Rand index of the pairs; 0…1.5, lower is steadier; null for one cluster, which cannot differ. */
  readonly instability: number | null;
  /** Of the mean over pairs: standard deviation / √pairs. */
  readonly standardError: number | null;
  /**
   * Mean share of pairs of rows that one of the two solutions puts together and the other apart (Fang and Wang): 0…1, lower
   * is steadier. Not corrected for chance: it falls as clusters become many and small.
   */
  readonly disagreement: number | null;
}

export interface BootstrapInstability {
  readonly rows: readonly InstabilityRow[];
  /** Pairs of bootstrap samples. */
  readonly pairs: number;
  readonly startsPerSample: number;
  /** Rows drawn from and labelled: all up to 2,000, else a seeded sample of 2,000, the same for every count. */
  readonly rowsUsed: number;
}

/**
 * Bootstrap instability: do two searches among customers drawn anew group everyone the same way?
 *
 * Range 0…1.5, lower is steadier, unit-free: 0 always the same groups, 1 no more alike than chance. For each pair of
 * bootstrap samples both solutions label all rows by nearest centre; 1 − their adjusted Rand index, averaged. Steady is not
 * the same as real. The result does not depend on row order or threads.
 * Time O(pairs · starts · counts · two k-means runs on at most 2,000 rows).
 *
 * @param matrix - Shape (nRows, nColumns), at least 4 rows; scale columns first. No missing values.
 * @param options - `resamples`: pairs of bootstrap samples.
 * @throws InputError if an option is not a whole number in its range or a value is not finite.
 * @see Fang & Wang (2012), doi:10.1016/j.csda.2011.09.003; Dolnicar & Leisch (2010), doi:10.1007/s11002-009-9083-4 for
 * the correction for chance. Formulas as R's mclust and fpc, in test/reference/count.json.
 */
export function bootstrapInstability(matrix: Matrix, options: ResampleOptions): BootstrapInstability {
  return withResampleBase("bootstrapInstability", matrix, {
    ...options,
    work: (crew, base) => {
      const { tell } = openTeller(options.resamples ?? defaultResamples, options.onProgress);
      return instabilityOfCounts(crew, base, { ...options, afterResample: tell });
    },
  });
}

/** {@link bootstrapInstability} of rows in canonical order. */
export function instabilityOfCounts(
  crew: Crew,
  base: Matrix,
  options: ResampleOptions & { readonly afterResample: (done: number) => void },
): BootstrapInstability {
  const { resamples = defaultResamples, seed, starts = defaultResampleStarts } = options;
  const counts = countRange(options.counts);
  const random = createRandom(seed);
  const pairs = Array.from({ length: resamples }, (_, pair) => {
    const found = comparePair(crew, base, { counts, seed, starts, random: random.fork(pair) });
    options.afterResample(pair + 1);
    return found;
  });
  const rows = counts.map((count, i) => {
    const known = pairs.map((found) => found[i]).filter((found) => found !== undefined);
    const unlike = meanWithError(known.map(({ adjustedRand }) => 1 - adjustedRand));
    const disagreement = meanWithError(known.map((found) => found.disagreement));
    if (count === 1) return { count, instability: null, standardError: null, disagreement: null };
    return {
      count,
      instability: unlike?.mean ?? null,
      standardError: unlike?.standardError ?? null,
      disagreement: disagreement?.mean ?? null,
    };
  });
  return { rows, pairs: resamples, startsPerSample: starts, rowsUsed: base.rowCount };
}

interface PairComparison {
  readonly adjustedRand: number;
  readonly disagreement: number;
}

/** One comparison per count; undefined where a bootstrap sample has too few different rows. */
function comparePair(
  crew: Crew,
  base: Matrix,
  search: {
    readonly counts: readonly number[];
    readonly seed: number;
    readonly starts: number;
    readonly random: Random;
  },
): (PairComparison | undefined)[] {
  const draw = () => Int32Array.from({ length: base.rowCount }, () => search.random.below(base.rowCount));
  const [first, second] = [draw(), draw()].map((rows) =>
    findCentres(crew, rowsOf(base, rows.sort()), search),
  );
  return search.counts.map((_, i) => {
    const [a, b] = [first![i], second![i]];
    if (a === undefined || b === undefined) return undefined;
    const [labelsA, labelsB] = [nearestCentres(base, a), nearestCentres(base, b)];
    return {
      adjustedRand: adjustedRandIndex(labelsA, labelsB),
      disagreement: shareOfPairsApart(labelsA, labelsB),
    };
  });
}

/** Share, of all ordered pairs of rows, that one labelling puts together and the other apart. O(nRows). */
export function shareOfPairsApart(labelsA: Int32Array, labelsB: Int32Array): number {
  const squaresOf = (keys: Iterable<number>) => {
    const counts = new Map<number, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum + count * count, 0);
  };
  const rowCount = labelsA.length;
  const both = squaresOf(Array.from(labelsA, (label, row) => label * rowCount + labelsB[row]!));
  return (squaresOf(labelsA) + squaresOf(labelsB) - 2 * both) / rowCount ** 2;
}
