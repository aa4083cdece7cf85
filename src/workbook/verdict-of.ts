import type { SegmentsToDefine } from "../segments/define-segments.js";
import type { FoundSegments } from "./find-segments.js";
import { renameSegments } from "./renumber-solution.js";

/**
 * What a definition keeps of the verdict: a word and a reason for each segment and for all together.
 *
 * @param names - What the segments are called, one per segment.
 */
export function verdictOf(
  found: FoundSegments,
  names: readonly string[],
): Pick<SegmentsToDefine, "verdicts" | "reasons" | "verdict"> {
  const { verdicts, verdict: word, countReason, solution, recommendedCount } = found;
  const own = solution === null || countReason.includes(solution.reason) ? "" : ` ${solution.reason}`;
  const named = (text: string): string => renameSegments(text, (place) => `“${names[place]}”`);
  const reasons = solution?.segments.map(({ reason, warnings }) => named([reason, ...warnings].join(" ")));
  return {
    verdicts,
    ...(reasons && { reasons }),
    verdict: { word, reason: `${countReason}${own}`, recommendedCount },
  };
}
