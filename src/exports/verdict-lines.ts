import { verdictText } from "../core/verdict.js";
import type { Definition } from "../segments/definition.js";

/**
 * What every export says of how far its segments can be trusted, as plain lines for a comment.
 *
 * Holds no text of a user: keys, numbers and our own words only, so that nothing can end the comment it stands in.
 */
export function verdictLines({ segments, verdict }: Definition): readonly string[] {
  const own = `Verdicts: ${segments.map((segment) => `${segment.key} ${verdictText(segment.verdict)}`).join(", ")}.`;
  if (verdict === undefined) return [own];
  const { word, recommendedCount } = verdict;
  const shown =
    recommendedCount === segments.length
      ? ""
      : recommendedCount === 1
        ? ` The data support no division; these ${segments.length} are the steadiest cut or the analyst's choice.`
        : ` The data support ${recommendedCount} segments; these ${segments.length} are the analyst's choice.`;
  return [`Verdict on all together: ${verdictText(word)}.${shown}`, own];
}
