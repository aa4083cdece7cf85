import { describeValue, didYouMean } from "../core/check.js";
import { conditionFault } from "./condition-shape.js";
import { refuse } from "./refuse.js";
import type { RulesConfig } from "./rules-config.js";
import type { KeyPath, WorkbookDocument } from "./workbook-document.js";

/**
 * Checks what the schema cannot say about rules: one kind only, ascending thresholds, conditions of the right shape, scores that
 * are there.
 *
 * @throws InputError with key path and place.
 */
export function checkRulesConfig(rules: RulesConfig, document: WorkbookDocument): void {
  const kinds = (["rfm", "tiers", "segments"] as const).filter((kind) => rules[kind] !== undefined);
  if (kinds.length !== 1)
    refuse(document, ["rules"], {
      must: "have one of the keys rfm, tiers, segments",
      got: kinds.join(" and ") || "none",
    });
  for (const [measure, cuts] of Object.entries(rules.rfm?.cuts ?? {}))
    checkCuts(cuts, ["rules", "rfm", "cuts", measure], document);
  checkTiers(rules, document);
  checkScores(rules, document);
  rules.segments?.forEach(({ when }, i) => {
    const fault = conditionFault(when, ["rules", "segments", i, "when"]);
    if (fault !== undefined) refuse(document, fault.path, fault);
    checkScoreNames(when, ["rules", "segments", i, "when"], { rules, document });
  });
}

/** Every score that a condition asks for must be declared; the condition has the right shape already. */
function checkScoreNames(
  part: unknown,
  path: KeyPath,
  at: { readonly rules: RulesConfig; readonly document: WorkbookDocument },
): void {
  if (part === null || typeof part !== "object") return;
  for (const [key, inner] of Object.entries(part)) {
    const place = [...path, Array.isArray(part) ? Number(key) : key];
    const names = at.rules.scores?.map(({ name }) => name) ?? [];
    if (key === "score" && !names.includes(inner))
      refuse(at.document, place, {
        must: `be one of the scores (${names.join(", ") || "there is none"})`,
        got: describeValue(inner),
        hint: didYouMean(String(inner), names),
      });
    if (key === "of" && at.rules.nested === undefined)
      refuse(at.document, place, {
        must: "come with the key nested, which names definition files",
        got: describeValue(inner),
      });
    checkScoreNames(inner, place, at);
  }
}

function checkTiers({ tiers }: RulesConfig, document: WorkbookDocument): void {
  if (tiers === undefined) return;
  const { by, cuts } = tiers;
  if ((by === "thresholds") !== (cuts !== undefined))
    refuse(document, ["rules", "tiers"], {
      must: "have the key cuts with by: thresholds, and with nothing else",
      got: `by: ${by} ${cuts === undefined ? "without" : "with"} cuts`,
    });
  if (cuts !== undefined) checkCuts(cuts, ["rules", "tiers", "cuts"], document);
}

function checkScores({ scores = [], rfm }: RulesConfig, document: WorkbookDocument): void {
  if (rfm !== undefined && scores.length > 0)
    refuse(document, ["rules", "scores"], {
      must: "come with rules of your own under segments",
      got: "scores beside rfm, which brings its own",
    });
  scores.forEach(({ name, cuts, within }, i) => {
    const earlier = scores.slice(0, i).map((score) => score.name);
    if (earlier.includes(name))
      refuse(document, ["rules", "scores", i, "name"], { must: "differ from the names before", got: name });
    if (cuts !== undefined) checkCuts(cuts, ["rules", "scores", i, "cuts"], document);
    const later = within?.find((other) => !earlier.includes(other));
    if (later !== undefined)
      refuse(document, ["rules", "scores", i, "within"], {
        must: `name scores that come before (${earlier.join(", ") || "there is none"})`,
        got: later,
      });
    if (cuts !== undefined && within !== undefined)
      refuse(document, ["rules", "scores", i], {
        must: "have cuts or within, not both",
        got: "both",
      });
  });
}

function checkCuts(cuts: readonly number[], path: KeyPath, document: WorkbookDocument): void {
  const back = cuts.findIndex((cut, i) => i > 0 && cut <= cuts[i - 1]!);
  if (back >= 0)
    refuse(document, [...path, back], { must: `be more than ${cuts[back - 1]}`, got: String(cuts[back]) });
}
