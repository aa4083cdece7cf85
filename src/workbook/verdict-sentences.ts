import { countText, percentText, stabilityText } from "../core/number-text.js";
import type { Segmentation } from "./segmentation.js";

/** One sentence for each question that is asked of segments before they are relied on; each follows from the figures. */
export interface VerdictSentences {
  /** Are there groups at all? */
  readonly groups: string;
  /** Where are the gaps? */
  readonly gaps: string;
  /** Do the segments come back? */
  readonly stability: string;
  /** Who sits on a fence? */
  readonly fence: string;
  /** What is lost if two are merged? */
  readonly merging: string;
}

/** What the verdict's figures come to, in words. */
export function verdictSentences(found: Segmentation): VerdictSentences {
  const nothing = "With one segment there is nothing to compare.";
  if (found.solution === null)
    return {
      groups: found.judgement?.reason ?? found.countReason,
      gaps: nothing,
      stability: nothing,
      fence: nothing,
      merging: nothing,
    };
  return {
    groups: groupsSentence(found),
    gaps: gapsSentence(found),
    stability: stabilitySentence(found),
    fence: found.fence?.sentence ?? nothing,
    merging: mergingSentence(found),
  };
}

function groupsSentence({ judgement, recommendedCount }: Segmentation): string {
  const { reason, copies, separations, route } = judgement!;
  if (recommendedCount === 1) return reason;
  const own = separations.find((one) => one.count === recommendedCount && one.route === route);
  if (own === undefined) return reason;
  const lower = Math.round(own.null.percentile * own.null.copies);
  const beaten = lower === 0 ? "none" : countText(lower);
  return `Yes, ${countText(recommendedCount)}: even between the nearest two there are only ${percentText(own.worstValley)} as many customers as in the lower of their peaks, and ${beaten} of ${countText(copies)} copies without groups came as low.`;
}

function gapsSentence({ solution, segments }: Segmentation): string {
  const { pairs, naturalParts } = solution!;
  const closed = pairs.filter(({ open }) => !open);
  const worst = pairs.reduce((most, pair) => (pair.valley > most.valley ? pair : most));
  const names = `“${segments[worst.a]!.name}” and “${segments[worst.b]!.name}”`;
  if (closed.length === 0)
    return `Between every two segments there is a gap; the shallowest is that between ${names}, where the valley holds ${percentText(worst.valley)} of the lower peak.`;
  if (closed.length === pairs.length)
    return `Nowhere: no two segments have a gap between them, so each border is a choice.`;
  return `${countText(pairs.length - closed.length)} of ${countText(pairs.length)} pairs have a gap between them; the gaps part the ${countText(segments.length)} segments into ${countText(naturalParts)} ${naturalParts === 1 ? "group" : "groups"}.`;
}

function stabilitySentence({ segments }: Segmentation): string {
  const least = segments.reduce((low, segment) => (segment.jaccard < low.jaccard ? segment : low));
  const judged = segments.filter(({ withoutGroups }) => withoutGroups !== undefined);
  const above = judged.filter(({ jaccard, withoutGroups }) => jaccard > withoutGroups![1]);
  const weakest = `the least steady, “${least.name}”, with an overlap of ${stabilityText(least.jaccard)} of 1`;
  if (judged.length === 0) return `Every segment was looked for again; ${weakest}.`;
  const many =
    above.length === judged.length
      ? "Every segment comes back"
      : above.length === 0
        ? "No segment comes back"
        : `${countText(above.length)} of ${countText(judged.length)} segments come back`;
  return `${many} more surely than 95 % of its counterparts in data without groups; ${weakest}.`;
}

function mergingSentence({ solution, segments }: Segmentation): string {
  const { mergeFirst, pairs } = solution!;
  if (mergeFirst !== null) {
    const [one, other] = [segments[mergeFirst.a]!, segments[mergeFirst.b]!];
    return `If two must become one, “${one.name}” and “${other.name}”: there is no gap between them that counts, and ${percentText(mergeFirst.loss)} of what the segments explain would be lost.`;
  }
  return `There is a gap between each of the ${countText(pairs.length)} pairs, so any merger would join groups that are apart.`;
}
