import { percentText } from "../core/number-text.js";
import { verdictText } from "../core/verdict.js";
import type { Definition, Surrogate } from "../segments/definition.js";
import { stalenessText } from "../segments/staleness.js";

/**
 * What every export says of how far and how long its segments can be trusted, as plain lines for a comment.
 *
 * Holds no text of a user: keys, numbers and our own words only, so that nothing can end the comment it stands in.
 */
export function trustLines(definition: Definition): readonly string[] {
  return [...verdictLines(definition), `The segments are ${stalenessText(definition)}.`];
}

function verdictLines({ segments, verdict, surrogate }: Definition): readonly string[] {
  if (surrogate !== undefined) return [surrogateLine(surrogate)];
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

function surrogateLine({ of, customers, agreement }: Surrogate): string {
  return `Rules that stand in for definition ${of.slice(0, 16)}: ${percentText(agreement)} of ${customers} customers are in the same segment. They do not define it.`;
}
