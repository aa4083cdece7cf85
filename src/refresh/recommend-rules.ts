import { listForMessage } from "../core/check.js";
import { driftedBasis, type RefreshEvidence } from "./recommend-refresh.js";
import type { RefreshRecommendation } from "./refresh-record.js";

/** What a recommendation on rules rests on: nothing is sought anew, so there is no refit to weigh. */
export type RulesEvidence = Pick<RefreshEvidence, "drift" | "mix" | "basis" | "age" | "gates">;

/**
 * Whether rules still say what they said, or somebody has to look at them: a refresh never changes rules.
 *
 * *rethink* where a gate on the data fails, the shares of the segments drifted, or the definition is stale; else *keep*. The table
 * stands in docs/drift.md.
 */
export function recommendForRules(evidence: RulesEvidence): RefreshRecommendation {
  const { mix, age, gates } = evidence;
  const rethink = [
    ...gates.filter(({ passed }) => !passed).map(({ reason }) => reason),
    ...(mix.isDrifting ? [`${mix.sentence} Look at the rules.`] : []),
    ...(age?.isStale
      ? [
          `The rules were drawn ${age.days} days ago; they last ${age.limit}. Look at them, and draw them anew.`,
        ]
      : []),
  ];
  if (rethink.length > 0) return { word: "rethink", reasons: rethink };
  const drifted = driftedBasis(evidence);
  const features =
    drifted.length === 0
      ? "No feature that the rules read drifted."
      : `Features that the rules read drifted (${listForMessage(drifted)}), but the shares of the segments did not.`;
  return { word: "keep", reasons: [features] };
}
