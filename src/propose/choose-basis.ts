import type { Candidate } from "./entry.js";
import { rankCorrelation } from "./rank-correlation.js";

/** The basis, and why other features are not in it. */
export interface ChosenBasis {
  readonly names: readonly string[];
  /** Feature → one clause. */
  readonly leftOut: readonly { readonly name: string; readonly because: string }[];
}

/** Rank correlation above which two features say the same. */
const redundant = 0.7;
const most = 8;
/** With so many features about behaviour, features about who the customer is describe rather than form. */
const enoughBehaviour = 3;
/** Ranks from here on are about the person, or known for a part of the customers only. */
const reserveRank = 6;

/**
 * At most eight features that do not say the same: behaviour first, then who the customer is where behaviour is little.
 *
 * Of two with a rank correlation beyond ±0.7 the first stays.
 */
export function chooseBasis(candidates: readonly Candidate[]): ChosenBasis {
  const chosen: Candidate[] = [];
  const leftOut: { name: string; because: string }[] = [];
  const sorted = candidates
    .map((candidate, i) => ({ ...candidate, i }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i);
  for (const candidate of sorted) {
    const twin = chosen.find((other) => saysTheSame(candidate, other));
    if (candidate.rank >= reserveRank && chosen.length >= enoughBehaviour) continue;
    if (twin) leftOut.push({ name: candidate.name, because: `rises and falls with ${twin.name}` });
    else if (chosen.length >= most) leftOut.push({ name: candidate.name, because: `${most} are enough` });
    else chosen.push(candidate);
  }
  return { names: chosen.map(({ name }) => name), leftOut };
}

function saysTheSame(a: Candidate, b: Candidate): boolean {
  return (
    a.series !== undefined &&
    b.series !== undefined &&
    Math.abs(rankCorrelation(a.series, b.series)) > redundant
  );
}
