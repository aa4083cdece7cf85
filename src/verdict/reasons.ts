import { countText, percentText, stabilityText } from "../core/number-text.js";
import type { SegmentVerdict, SolutionVerdict } from "../core/verdict.js";
import type { Trial } from "./fit-solution.js";
import type { PairJudgement, SegmentJudgement } from "./judgement.js";
import { smallestSegment } from "./valley-limits.js";
import { neededJaccard, type SegmentEvidence } from "./verdict-rules.js";

/** A segment's evidence and the figures that its reason names. */
export interface SegmentFigures extends SegmentEvidence {
  readonly cluster: number;
  readonly size: number;
  readonly verdict: SegmentVerdict;
  /** The pairs that the segment belongs to. */
  readonly pairs: readonly PairJudgement[];
  readonly refits: number;
  readonly smallestP: number;
  readonly rowCount: number;
}

/** "p = 0.01", or how far above it must be read. */
export function probabilityText(pValue: number): string {
  return `p = ${pValue < 0.1 ? Number(pValue.toPrecision(2)) : pValue.toFixed(2)}`;
}

/** Why a segment has its verdict. */
export function segmentReason(figures: SegmentFigures): string {
  const { verdict, isLargeEnough, size, rowCount } = figures;
  if (!isLargeEnough) {
    const needed = Math.ceil(smallestSegment(rowCount));
    return `It holds ${countText(size)} customers, and below ${countText(needed)} of ${countText(rowCount)} a group cannot be told from noise.`;
  }
  const separation = separationPhrase(figures);
  const stability = stabilityPhrase(figures);
  if (verdict === "natural") return `${separation} ${stability}`;
  if (verdict === "reproducible")
    return `${stability} That is more than group-free data do (${probabilityText(figures.stabilityP!)}): a stable border, not a separate group. ${separation}`;
  if (verdict === "constructive")
    return `${stability} ${separation} A stable slice of a continuum: its border is a choice and could be moved.`;
  return `${stability} ${separation}`;
}

function separationPhrase({ cluster, groupsExist, isSeparate, pairs, smallestP }: SegmentFigures): string {
  if (pairs.length === 0) return "";
  const worst = pairs.reduce((most, pair) => (pair.valley > most.valley ? pair : most));
  if (isSeparate && groupsExist)
    return `Between it and every other segment there are clearly fewer customers than in either: at most ${percentText(worst.valley)} of the lower peak, where up to ${percentText(worst.limit)} counts as a gap; group-free data rarely part so far (${probabilityText(smallestP)}).`;
  if (!groupsExist)
    return `No count parts the customers further than group-free data (smallest ${probabilityText(smallestP)}), so it is no group of its own.`;
  const other = ({ a, b }: PairJudgement) => (a === cluster ? b : a) + 1;
  const closed = pairs.filter(({ open }) => !open);
  const around = closed.find(({ joinedAround }) => joinedAround);
  if (around !== undefined && closed.every(({ joinedAround }) => joinedAround))
    return `It is joined with segment ${other(around)} by customers around the gap.`;
  const shallowest = closed.reduce((most, pair) => (pair.valley > most.valley ? pair : most));
  return `There is no gap to segment ${other(shallowest)}: customers between them are ${percentText(shallowest.valley)} of the lower peak, and up to ${percentText(shallowest.limit)} would count as a gap.`;
}

function stabilityPhrase(figures: SegmentFigures): string {
  const { jaccard, refits } = figures;
  const needed = neededJaccard(figures);
  const overlap = `overlap ${stabilityText(jaccard)} in ${countText(refits)} refits, ${needed.toFixed(2)} needed`;
  return jaccard >= needed ? `It comes back (mean ${overlap}).` : `It does not come back (mean ${overlap}).`;
}

/** What to know before relying on a segment's verdict. */
export function segmentWarnings(figures: SegmentFigures): string[] {
  const warnings: string[] = [];
  const around = figures.pairs.find(({ joinedAround }) => joinedAround);
  if (around !== undefined)
    warnings.push(
      `Segments ${around.a + 1} and ${around.b + 1} have a gap in the middle but customers all along a way around it, as in a ring or a curved band: they count as one group.`,
    );
  const needed = neededJaccard(figures);
  if (figures.isLargeEnough && Math.abs(figures.jaccard - needed) < 0.03)
    warnings.push(
      `Its overlap of ${stabilityText(figures.jaccard)} is so near to the limit of ${needed.toFixed(2)} that another seed may change the verdict.`,
    );
  return warnings;
}

/** What the reason of a whole solution is made from. */
export interface SolutionFigures {
  readonly trial: Trial;
  readonly verdict: SolutionVerdict;
  readonly segments: readonly SegmentJudgement[];
  readonly separationP: number;
  readonly partsFurther: boolean;
  readonly groupsExist: boolean;
  readonly mean: number;
  readonly pValue: number | null;
  readonly naturalParts: number;
}

/** Why a solution has its verdict. */
export function solutionReason(figures: SolutionFigures): string {
  const { trial, verdict, segments, separationP, groupsExist, mean, pValue, naturalParts } = figures;
  const worst = segments.reduce((most, { worstValley }) => Math.max(most, worstValley), 0);
  const overlap = `mean overlap with refits ${stabilityText(mean)}${pValue === null ? "" : `, against group-free data ${probabilityText(pValue)}`}`;
  const natural = segments.filter((segment) => segment.verdict === "natural").length;
  switch (verdict) {
    case "natural":
      return `All ${trial.count} segments are groups of their own: between any two there are at most ${percentText(worst)} as many customers as at the lower of their peaks (${probabilityText(separationP)}), and all come back (${overlap}).`;
    case "partly-natural":
      return natural === trial.count
        ? `Each of the ${trial.count} segments is a group of its own, but another count parts the customers further (${probabilityText(separationP)} here).`
        : `${natural} of ${trial.count} segments ${natural === 1 ? "is a group of its" : "are groups of their"} own; the ${trial.count} segments make ${naturalParts} ${naturalParts === 1 ? "part" : "parts"} that gaps divide.`;
    case "reproducible":
      return `The same ${trial.count} segments come back more than in group-free data (${overlap}), but no gaps part them.`;
    case "constructive":
      return `The segments that come back hold at least half of the customers (${overlap}), but they are slices of a continuum: ${gapPhrase(figures)}.`;
    default:
      return groupsExist && figures.partsFurther && naturalParts === trial.count
        ? `The ${trial.count} segments are separated (${probabilityText(separationP)}) but not stable at this number of customers (${overlap}).`
        : `Too few of the ${trial.count} segments come back (${overlap}), and ${gapPhrase(figures)}.`;
  }
}

function gapPhrase({ groupsExist, separationP, trial, naturalParts }: SolutionFigures): string {
  if (groupsExist && naturalParts > 1) return `gaps divide them into ${naturalParts} parts only`;
  return `the ${trial.count} segments part no further than slices of group-free data (${probabilityText(separationP)})`;
}
