import type { Matrix } from "../core/matrix.js";
import { countText, numberText } from "../core/number-text.js";
import type { Progress } from "../core/progress.js";
import { fitKMeans } from "../kmeans/kmeans.js";
import { assessStability } from "../validity/assess-stability.js";
import type { ClusterCountChoice } from "../validity/choose-cluster-count.js";

/** What bears on the count. */
export interface CountWishes {
  readonly counts: readonly [low: number, high: number];
  /** Fixed by the analyst; absent: the declared rule decides. */
  readonly clusterCount?: number;
  readonly starts: number;
  readonly seed: number;
  readonly whenNothingReliable: "constructive" | "one";
  /** Called before each cut whose steadiness is measured. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How many segments to make: what the analyst asked for, else what the rule recommends, else what `whenNothingReliable` says. */
export function decideCount(
  matrix: Matrix,
  choice: ClusterCountChoice,
  options: CountWishes,
): { readonly clusterCount: number; readonly countReason: string } {
  const { recommendedCount } = choice;
  const rule = `The declared rule recommends ${choice.reason}`;
  if (options.clusterCount !== undefined)
    return {
      clusterCount: options.clusterCount,
      countReason: `${rule} The analyst asked for ${countText(options.clusterCount)}.`,
    };
  if (recommendedCount > 1) return { clusterCount: recommendedCount, countReason: rule };
  if (options.whenNothingReliable === "one" || options.counts[1] < 2)
    return { clusterCount: 1, countReason: `${rule} There are no reliable segments.` };
  const { clusterCount, jaccard } = steadiestCut(matrix, choice, options);
  return {
    clusterCount,
    countReason: `${rule} There are no reliable segments. Shown is the steadiest cut, into ${countText(clusterCount)}, whose least steady part comes back with a Jaccard overlap of ${numberText(jaccard)}.`,
  };
}

/** The count whose least steady segment comes back best; of equal ones the largest. */
function steadiestCut(
  matrix: Matrix,
  choice: ClusterCountChoice,
  { starts, seed, onProgress }: CountWishes,
): { clusterCount: number; jaccard: number } {
  const counts = choice.rows.map(({ count }) => count).filter((count) => count > 1);
  const cuts = counts.map((clusterCount, done) => {
    onProgress?.({ done, total: counts.length });
    const fit = fitKMeans(matrix, { clusterCount, starts, seed });
    const { segments } = assessStability(matrix, { clusterCount, seed, fit });
    return { clusterCount, jaccard: Math.min(...segments.map(({ jaccard }) => jaccard)) };
  });
  return cuts.reduce((best, cut) => (cut.jaccard >= best.jaccard ? cut : best));
}
