import { percentText } from "../core/number-text.js";
import type { CountSeparation, JudgedSolution } from "./judgement.js";
import { probabilityText } from "./reasons.js";
import type { Recommendation } from "./recommend-count.js";

/** What the reason of a whole judgement is made from. */
export interface JudgementFigures {
  readonly recommended: Recommendation;
  readonly separations: readonly CountSeparation[];
  /** What their p-values were held against. */
  readonly significance: number;
  /** The recommended solution, where the count is above 1. */
  readonly solution: JudgedSolution | undefined;
  /** Weights of the recommended solution by column name, where its route is the weighted one. */
  readonly weights: readonly { readonly column: string; readonly weight: number }[];
  /** Why nothing was tried, where that is so. */
  readonly notTried: string | undefined;
  /** That a sample was judged, where that is so. */
  readonly sampled: string;
}

/** Why this count and route, in words that name the figures. */
export function judgementReason(figures: JudgementFigures): string {
  const { solution, sampled } = figures;
  const sentences = solution === undefined ? [oneGroupReason(figures)] : groupsSentences(figures, solution);
  return [...sentences, sampled].filter((sentence) => sentence !== "").join(" ");
}

function groupsSentences(figures: JudgementFigures, solution: JudgedSolution): string[] {
  const { recommended, separations } = figures;
  const { count, route } = recommended;
  const own = separations.find((one) => one.count === count && one.route === route)!;
  return [
    `${count} segments: between any two there are at most ${percentText(own.worstValley)} as many customers as at the lower of their peaks; in group-free copies of the data it is ${percentText(own.null.median)} (5–95 %: ${percentText(own.null.low)} to ${percentText(own.null.high)}; ${probabilityText(own.pValue)}, corrected for every count and route tried).`,
    passedOverSentence(figures),
    nextCountSentence(figures),
    weightsSentence(figures),
    solution.verdict === "natural" ? "" : solution.reason,
  ];
}

function oneGroupReason({ separations, significance, notTried }: JudgementFigures): string {
  if (separations.length === 0) return notTried ?? "No count was tried.";
  const counts = separations.map(({ count }) => count);
  const noCount = noCountText(Math.min(...counts), Math.max(...counts));
  const surest = separations.reduce((best, one) => (one.pValue < best.pValue ? one : best));
  if (!surest.partsFurther)
    return `No reliable segments: the customers form one continuum on these columns. ${noCount} parts them further than group-free copies of the data are parted (smallest ${probabilityText(surest.pValue)}, for ${surest.count} segments; ${significance} is the limit).`;
  return `No reliable segments: ${surest.count} segments part further than in group-free copies of the data (${probabilityText(surest.pValue)}), yet ${noCount.toLowerCase()} has a gap between every two segments; the shallowest here is ${percentText(surest.worstValley)} of the lower peak.`;
}

function noCountText(low: number, high: number): string {
  return low === high ? `No cut into ${low}` : `No count from ${low} to ${high}`;
}

/** Why not a larger count that has gaps too. */
function passedOverSentence({ recommended: { passedOver, count } }: JudgementFigures): string {
  const larger = passedOver.filter((other) => other.count > count);
  if (larger.length === 0) return "";
  const counts = listWords(larger.map((other) => String(other.count)));
  return larger[0]!.why === "shallow gaps"
    ? `${counts} would have gaps too, but one segment has shallow ones only, as what lies on the saddle between groups.`
    : `${counts} would have gaps too, but not every segment comes back when customers are drawn anew.`;
}

/** Why not one more. */
function nextCountSentence({
  recommended: { count, route, passedOver },
  separations,
}: JudgementFigures): string {
  if (passedOver.some((other) => other.count === count + 1)) return "";
  const next = separations.find((one) => one.count === count + 1 && one.route === route);
  if (next === undefined || next.everyPairOpen) return "";
  return `${next.count} would cut where there is no gap (shallowest valley ${percentText(next.worstValley)}).`;
}

function weightsSentence({ recommended: { route, bestCounts }, weights }: JudgementFigures): string {
  if (route === "plain") return "";
  const middle = weights.reduce((sum, { weight }) => sum + weight, 0) / weights.length;
  const heavy = weights.filter(({ weight }) => weight > middle).map(({ column }) => column);
  const { plain } = bestCounts;
  const otherwise =
    plain === 1 ? "with plain scaling you would find none" : `with plain scaling you would find ${plain}`;
  return plain === bestCounts.weighted
    ? `They show more clearly when ${listWords(heavy)} ${heavy.length === 1 ? "weighs" : "weigh"} more.`
    : `The groups show only when ${listWords(heavy)} ${heavy.length === 1 ? "weighs" : "weigh"} more; ${otherwise}.`;
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
