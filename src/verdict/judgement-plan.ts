import type { Route } from "../kmeans/fit-route.js";
import type { SeparationPlan } from "./find-candidates.js";
import type { RefitPlan } from "./refit-solution.js";

/** How much is drawn. */
export interface JudgementPlan {
  readonly separation: SeparationPlan;
  readonly stability: RefitPlan;
}

/**
 * Starts, copies and refits of a judgement.
 *
 * A weighted refit takes 24 starts, for single ones seldom find the best weights: with 6 a solution that comes back with
 * an overlap of 0.89 seems to come back with 0.63. Copies take fewer starts than the rows, which the measured error rates
 * include.
 */
export function planJudgement(thorough: boolean): JudgementPlan {
  const copyStarts = { plain: 8, weighted: 12 };
  return {
    separation: {
      copies: thorough ? 199 : 99,
      mayStopEarly: !thorough,
      starts: { plain: 60, weighted: 60 },
      copyStarts,
    },
    stability: {
      refits: thorough ? 100 : 50,
      copies: thorough ? 79 : 39,
      copyRefits: thorough ? 20 : 10,
      starts: { plain: 8, weighted: 24 },
      copyStarts,
    },
  };
}

/** Starts that the stability of one solution takes on a route. */
export function stabilityStarts(
  { refits, copies, copyRefits, starts, copyStarts }: RefitPlan,
  route: Route,
): number {
  return starts[route] * (refits + copies * copyRefits) + copyStarts[route] * copies;
}
