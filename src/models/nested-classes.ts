import type { NestedFits } from "../cluster/bootstrap-ratio.js";
import { describeHits } from "../cluster/cluster-fit.js";
import type { AnswerPatterns } from "./answer-patterns.js";
import { type Climb, countHits, likeliest } from "./climb.js";
import { copyClasses, type LatentClasses, splitClass } from "./latent-classes.js";
import { type ClassSearch, type ClassStart, climbClasses, startClasses } from "./search-classes.js";

/** Both fits of a test, with the classes of the smaller one. */
export interface NestedClasses extends NestedFits {
  readonly classes: LatentClasses;
  readonly notes: readonly string[];
}

/** Iterations after which the best of many starts are chosen to go on. */
const firstIterations = 30;

/** What a fit of both takes. */
export interface NestedSearch extends ClassSearch {
  /** Random starts of either fit. */
  readonly starts: number;
  /** Of them those that go on after thirty iterations, the likeliest; all if not given. */
  readonly finishers?: number;
  /** Classes that the smaller fit begins at as well. */
  readonly known?: LatentClasses;
}

/**
 * Fits a number of classes and one more. The larger fit also begins at every split of the smaller one's best, so that
 * it can never be the less likely.
 */
export function fitNestedClasses(patterns: AnswerPatterns, search: NestedSearch): NestedClasses {
  const { clusterCount, random, known } = search;
  const fewer = searchClasses(patterns, search, { count: clusterCount, stream: 0 });
  if (known !== undefined) fewer.push(climbClasses(patterns, copyClasses(known), search));
  const best = likeliest(fewer);
  const more = searchClasses(patterns, search, { count: clusterCount + 1, stream: 1 });
  for (let latent = 0; latent < clusterCount; latent++) {
    const split = splitClass(best.classes, latent, {
      begins: patterns.begins,
      random: random.fork(2 + latent),
    });
    more.push(climbClasses(patterns, split, search));
  }
  const bestOfMore = likeliest(more);
  return {
    classes: best.classes,
    logLikelihood: best.logLikelihood,
    logLikelihoodOfOneMore: bestOfMore.logLikelihood,
    notes: [
      ...describeSearch(fewer, best, { rowCount: patterns.patternOf.length, count: clusterCount }),
      ...describeSearch(more, bestOfMore, { rowCount: patterns.patternOf.length, count: clusterCount + 1 }),
    ],
  };
}

/** Random starts to their end, or the likeliest of them. */
function searchClasses(
  patterns: AnswerPatterns,
  search: NestedSearch,
  { count, stream }: { readonly count: number; readonly stream: number },
): ClassStart[] {
  const { starts, finishers = starts, maxIterations, random } = search;
  const isPart = finishers < starts;
  const own: ClassSearch = {
    ...search,
    clusterCount: count,
    maxIterations: isPart ? Math.min(firstIterations, maxIterations) : maxIterations,
    random: random.fork(stream),
  };
  const ends = Array.from({ length: count === 1 ? 1 : starts }, (_, start) =>
    startClasses(patterns, own, start),
  );
  if (!isPart) return ends;
  return ends
    .sort((a, b) => b.logLikelihood - a.logLikelihood)
    .slice(0, finishers)
    .map(({ classes }) => climbClasses(patterns, classes, search));
}

function describeSearch(
  climbs: readonly Climb[],
  best: Climb,
  { rowCount, count }: { readonly rowCount: number; readonly count: number },
): string[] {
  const notes = describeHits(countHits(climbs, best, rowCount), climbs.length);
  if (!best.converged)
    notes.push(
      `The best start was stopped after ${best.iterations} iterations, while its likelihood still rose.`,
    );
  return notes.map((note) => `${count === 1 ? "1 class" : `${count} classes`}: ${note}`);
}
