import type { Feature } from "../core/feature.js";
import { correlationText, countText, percentText } from "../core/number-text.js";
import type { BeyondOutcome } from "./beyond-bases.js";
import type { Inheritance } from "./inherited-from.js";

/** Where to turn with what may not be tested, in words that fit a report. */
const rightTools =
  "The profile ranks what sets each segment apart; a selective p-value allows for the clustering, where its conditions hold.";

export function circularReason(feature: Feature): string {
  return `“${feature.label}” helped to form the segments, so a test would be circular: it would find a difference in pure noise too. ${rightTools}`;
}

export function copyReason({ label, strength }: Inheritance): string {
  return `Nearly a copy of “${label}” (rank correlation ${correlationText(strength)}), which formed the segments: a test would be circular. ${rightTools}`;
}

/** Why a descriptor that is made of bases is not tested; undefined where it is not. */
export function madeOfReason(outcome: BeyondOutcome, bases: readonly Feature[]): string | undefined {
  if (outcome.kind === "cut")
    return `Cut from “${bases[outcome.basis]!.label}”, which formed the segments: a test would be circular. ${rightTools}`;
  if (outcome.kind === "explained")
    return `Made of basis features: they explain ${percentText(outcome.explained)} of it (adjusted R²), so a test would be circular. ${rightTools}`;
  return undefined;
}

/** Why there is no test beyond the bases; undefined where there is one. */
export function notBeyondReason(outcome: BeyondOutcome): string | undefined {
  if (outcome.kind === "few-rows") return "Too few customers for a model of the basis features.";
  if (outcome.kind === "nothing-left")
    return `The basis features tell the segments apart so well (${percentText(Math.max(0, outcome.left))} left) that no descriptor could follow the segments beyond them.`;
  return undefined;
}

export function inheritedNote({ label, strength }: Inheritance): string {
  return `Moves with “${label}” (rank correlation ${correlationText(strength)}), which formed the segments.`;
}

/** What a reader has to know of the test beyond the bases. */
export function beyondNotes(rows: number, known: number): string[] {
  return rows < known
    ? [`Beyond the bases: tested on ${countText(rows)} of ${countText(known)} customers, drawn by seed.`]
    : [];
}

export function missingNote(missing: number, total: number): string[] {
  return missing === 0
    ? []
    : [`${countText(missing)} of ${countText(total)} customers have no known value and are left out.`];
}
