import { correlationText, countText } from "../core/number-text.js";
import type { ClusterCountChoice } from "../validity/choose-cluster-count.js";
import type { Judgement } from "../verdict/judgement.js";

/** What bears on the count. */
export interface CountWishes {
  readonly counts: readonly [low: number, high: number];
  /** Fixed by the analyst; absent: the verdict decides. */
  readonly clusterCount?: number;
  readonly whenNothingReliable: "constructive" | "one";
  /** Centres of a definition before; where nothing separates the customers, as many segments are cut again. */
  readonly formerCentres?: readonly (readonly number[])[];
  /** True where weights are given, by the analyst or a frozen recipe: then a count that needs other weights is not taken. */
  readonly isWeighted: boolean;
}

/** How many segments to make, and why. */
export interface DecidedCount {
  readonly clusterCount: number;
  readonly countReason: string;
}

/**
 * How many segments to make: what the analyst asked for, else what the verdict recommends, else what `whenNothingReliable` says.
 *
 * @param judgement - null where no count above 1 could be judged.
 */
export function decideCount(
  choice: ClusterCountChoice,
  judgement: Judgement | null,
  wishes: CountWishes,
): DecidedCount {
  const { clusterCount, isWeighted } = wishes;
  const reason = reasonOf(judgement, isWeighted);
  if (clusterCount !== undefined)
    return { clusterCount, countReason: `${reason} The analyst asked for ${countText(clusterCount)}.` };
  const recommended = recommendedBy(judgement, isWeighted);
  if (recommended > 1) return { clusterCount: recommended, countReason: reason };
  const cut = usualCut(choice, wishes);
  if (judgement === null || cut === undefined) return { clusterCount: 1, countReason: reason };
  return { clusterCount: cut.count, countReason: `${reason} ${cut.words}` };
}

/** The cut that is shown where nothing separates the customers: into as many as before, else the steadiest; undefined: none. */
export function usualCut(
  choice: ClusterCountChoice,
  { whenNothingReliable, formerCentres }: CountWishes,
): { readonly count: number; readonly words: string } | undefined {
  if (whenNothingReliable === "one") return undefined;
  if (formerCentres !== undefined) {
    const count = formerCentres.length;
    return { count, words: `Shown is a cut into ${countText(count)}, as many as before.` };
  }
  const cut = steadiestCut(choice);
  if (cut === undefined) return undefined;
  const agreement = correlationText(1 - cut.instability);
  return {
    count: cut.count,
    words: `Shown is the steadiest cut, into ${countText(cut.count)}: of two searches among customers drawn anew, the groups agree best there (adjusted Rand index ${agreement}; 1: the same groups).`,
  };
}

/** The count that the verdict recommends; 1: nothing separates the customers, or no count above 1 could be judged. */
export function recommendedBy(judgement: Judgement | null, isWeighted: boolean): number {
  if (judgement === null) return 1;
  return isWeighted ? judgement.bestCounts.plain : judgement.recommendedCount;
}

function reasonOf(judgement: Judgement | null, isWeighted: boolean): string {
  if (judgement === null) return "No count above 1 could be tried.";
  const { reason, recommendedCount, bestCounts } = judgement;
  if (!isWeighted || bestCounts.plain === recommendedCount) return reason;
  return `${reason} With the weights that are given, ${bestCounts.plain === 1 ? "nothing separates the customers" : `${countText(bestCounts.plain)} segments stand apart`}.`;
}

/** The count on which searches among customers drawn anew agree best; of equal ones the largest. */
function steadiestCut({
  rows,
}: ClusterCountChoice): { readonly count: number; readonly instability: number } | undefined {
  const cuts = rows.flatMap(({ count, instability }) =>
    count > 1 && instability !== null ? [{ count, instability }] : [],
  );
  if (cuts.length === 0) return undefined;
  return cuts.reduce((best, cut) => (cut.instability <= best.instability ? cut : best));
}
