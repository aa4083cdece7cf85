import { sum } from "../core/sum.js";
import { betaBinomial, type CountedRate } from "./beta-binomial.js";

/** Beyond this weight groups do not differ to any digit that is shown. */
export const mostWeight = 1e5;

/** A beta that the rates may be drawn from. */
export interface LikelyPrior {
  readonly mean: number;
  readonly weight: number;
  /** Variance of the mean, which is an estimate. */
  readonly ofMean: number;
  /** Of all of them, by how likely the counts make it. */
  readonly share: number;
}

const priorSteps = 40;

/** Priors of all weights with the mean found, every standard deviation of the rates as likely before the counts are seen. */
export function likelyPriors(
  groups: readonly CountedRate[],
  { mean, weight }: { readonly mean: number; readonly weight: number },
): LikelyPrior[] {
  const done = sum(groups.map(({ successes }) => successes));
  const all = sum(groups.map(({ total }) => total));
  const isTold = groups.length > 1 && done > 0 && done < all;
  const weights = isTold ? spacedWeights() : [weight];
  const most = Math.max(...groups.map(({ total }) => total));
  const logs = weights.map((own) => {
    const likelihood = betaBinomial(groups, most, [mean * own, (1 - mean) * own], new Float64Array(2));
    return likelihood + Math.log(own) - 1.5 * Math.log1p(own);
  });
  const highest = Math.max(...logs);
  const heights = logs.map((log) => Math.exp(log - highest));
  const total = sum(heights);
  return weights.map((own, i) => ({
    mean,
    weight: own,
    ofMean: varianceOfMean(groups, mean, own),
    share: heights[i]! / total,
  }));
}

/** From 1/2 to the most, evenly by their logarithms. */
function spacedWeights(): number[] {
  const [low, high] = [Math.log(0.5), Math.log(mostWeight)];
  return Array.from({ length: priorSteps + 1 }, (_, i) => Math.exp(low + ((high - low) * i) / priorSteps));
}

/** Variance of the mean over groups, each of which scatters by its own size and by how much groups differ. */
function varianceOfMean(groups: readonly CountedRate[], mean: number, weight: number): number {
  const information = groups.map(({ total }) => total / (1 + (total - 1) / (weight + 1)));
  // The half success and half failure are a row more, so that the variance stays below that of one row.
  return (mean * (1 - mean)) / (1 + sum(information));
}

/** Beta with the mean under the likeliest prior, and the variance around it under all priors. */
export function posteriorOf(
  { successes, total }: CountedRate,
  weight: number,
  priors: readonly LikelyPrior[],
): readonly [number, number] {
  const rateWith = (mean: number, own: number) => (mean * own + successes) / (own + total);
  const rate = rateWith(priors[0]!.mean, weight);
  const variance = sum(
    priors.map(({ mean, weight: own, ofMean, share }) => {
      const here = rateWith(mean, own);
      const byMean = (own / (own + total)) ** 2 * ofMean;
      const within = byMean + (here * (1 - here) - byMean) / (own + total + 1);
      return share * (within + (here - rate) ** 2);
    }),
  );
  // No wider than after one row.
  const rows = Math.max(1, (rate * (1 - rate)) / variance - 1);
  return [rate * rows, (1 - rate) * rows];
}
