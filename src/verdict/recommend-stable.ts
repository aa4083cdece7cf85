import type { Route } from "../kmeans/fit-route.js";
import type { CountSeparation, JudgedSolution } from "./judgement.js";
import { type Recommendation, recommendCount } from "./recommend-count.js";
import { isDeep, mayBeSaddle } from "./verdict-rules.js";

/** A recommendation with its solution judged, where its count is above 1. */
interface JudgedRecommendation {
  readonly recommended: Recommendation;
  readonly solution: JudgedSolution | undefined;
}

type Judge = (count: number, route: Route) => JudgedSolution;

/**
 * The largest count that holds; where one of its segments may be a saddle, the largest below it that is natural throughout, if
 * there is one. With many rows the saddle between two groups can have gaps to both, but what lies on it seldom comes back, or
 * all its gaps are shallow where without it all are deep.
 */
export function recommendStable(separations: readonly CountSeparation[], judge: Judge): JudgedRecommendation {
  const largest = judgeCount(separations, judge);
  const { solution, recommended } = largest;
  if (solution === undefined) return largest;
  if (solution.segments.some(mayBeSaddle)) return nextNatural(separations, largest, judge) ?? largest;
  if (!solution.segments.some(({ cluster }) => hasOnlyShallowGaps(solution, cluster))) return largest;
  const smaller = separations.filter(({ count }) => count < recommended.count);
  const next = nextNatural(smaller, judgeCount(smaller, judge), judge);
  if (next === undefined || !next.solution!.pairs.every(isDeep)) return largest;
  const passedOver = [{ count: recommended.count, why: "shallow gaps" }] as const;
  return { ...next, recommended: { ...next.recommended, passedOver } };
}

function judgeCount(separations: readonly CountSeparation[], judge: Judge): JudgedRecommendation {
  const recommended = recommendCount(separations);
  const { count, route } = recommended;
  return { recommended, solution: count === 1 ? undefined : judge(count, route) };
}

/** The largest recommendation from `largest` on that is natural throughout. */
function nextNatural(
  separations: readonly CountSeparation[],
  largest: JudgedRecommendation,
  judge: Judge,
): JudgedRecommendation | undefined {
  const passed: number[] = [];
  let left = separations;
  let now = largest;
  while (now.solution !== undefined && now.solution.verdict !== "natural") {
    const { count, route } = now.recommended;
    if (!passed.includes(count)) passed.push(count);
    left = left.filter((one) => one.count !== count || one.route !== route);
    now = judgeCount(left, judge);
  }
  if (now.solution === undefined) return undefined;
  const passedOver = passed.map((count) => ({ count, why: "instability" }) as const);
  return { ...now, recommended: { ...now.recommended, passedOver } };
}

function hasOnlyShallowGaps({ pairs }: JudgedSolution, cluster: number): boolean {
  return !pairs.some((pair) => (pair.a === cluster || pair.b === cluster) && isDeep(pair));
}
