import type { Route } from "../kmeans/fit-route.js";
import type { CountSeparation, JudgedSolution } from "./judgement.js";
import { type Recommendation, recommendCount } from "./recommend-count.js";
import { mayBeSaddle } from "./verdict-rules.js";

/** A recommendation with its solution judged, where its count is above 1. */
interface JudgedRecommendation {
  readonly recommended: Recommendation;
  readonly solution: JudgedSolution | undefined;
}

/**
 * The largest count that holds; where one of its segments may be a saddle, the largest below it that is natural throughout, if
 * there is one. With many rows the saddle between two groups can have gaps to both, but what lies on it seldom comes back.
 */
export function recommendStable(
  separations: readonly CountSeparation[],
  judge: (count: number, route: Route) => JudgedSolution,
): JudgedRecommendation {
  const judgeCount = (from: readonly CountSeparation[]): JudgedRecommendation => {
    const recommended = recommendCount(from);
    const { count, route } = recommended;
    return { recommended, solution: count === 1 ? undefined : judge(count, route) };
  };
  const largest = judgeCount(separations);
  if (!largest.solution?.segments.some(mayBeSaddle)) return largest;
  const passedOver: number[] = [];
  let left = separations;
  let now = largest;
  while (now.solution !== undefined && now.solution.verdict !== "natural") {
    const { count, route } = now.recommended;
    if (!passedOver.includes(count)) passedOver.push(count);
    left = left.filter((one) => one.count !== count || one.route !== route);
    now = judgeCount(left);
  }
  return now.solution === undefined ? largest : { ...now, recommended: { ...now.recommended, passedOver } };
}
