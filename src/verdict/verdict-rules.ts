import type { SegmentVerdict, SolutionVerdict } from "../core/verdict.js";

/** A p-value at most this is not chance. */
const significance = 0.05;

/**
 * The same for gaps where every column has an atom, as answers on a scale do. Elsewhere chance seldom comes below the limits of
 * valleys too; steps reach them by themselves.
 */
const significanceOfSteps = 0.02;

/** What p-values of separations are held against; of each column, whether it has no atom. */
export function separationSignificance(free: readonly boolean[]): number {
  return free.includes(true) ? significance : significanceOfSteps;
}

/** Mean Jaccard overlap of a segment that comes back. */
const stableJaccard = 0.75;

/** Overlap that is enough for a separate segment where copies without groups seldom do as well. */
const enoughJaccard = 0.6;

/** A gap deeper than this, half as many customers as at the lower peak, is none that a saddle makes. */
const clearValley = 0.5;

/** Mean overlaps nearer to a limit than this may fall on its other side with another seed. */
const borderWidth = 0.03;

/** What decides the word of one segment. */
export interface SegmentEvidence {
  /** Some count on some route is further apart than copies without groups. */
  readonly groupsExist: boolean;
  /** Every pair that the segment belongs to is open. */
  readonly isSeparate: boolean;
  readonly isLargeEnough: boolean;
  readonly jaccard: number;
  /** Null where no copies were refitted. */
  readonly stabilityP: number | null;
}

/**
 * The word for one segment. Separation comes first: stability cannot make a segment natural, only take the word away, for
 * slices of one long cloud come back too.
 */
export function segmentVerdict(evidence: SegmentEvidence): SegmentVerdict {
  const { groupsExist, isSeparate, isLargeEnough, jaccard } = evidence;
  if (!isLargeEnough) return "not-supported";
  if (groupsExist && isSeparate && jaccard >= neededJaccard(evidence)) return "natural";
  if (jaccard < stableJaccard) return "not-supported";
  return beatsCopies(evidence) ? "reproducible" : "constructive";
}

/**
 * Whether a segment may be no more than the saddle between two groups: it does not come back, and a shallow gap is all that
 * speaks for it. Where all gaps are deep, single outliers can keep a true group from coming back.
 */
export function mayBeSaddle(segment: {
  readonly verdict: SegmentVerdict;
  readonly worstValley: number;
}): boolean {
  return segment.verdict === "not-supported" && segment.worstValley > clearValley;
}

/** Whether a gap is one that a saddle does not make. */
export function isDeep({ valley }: { readonly valley: number }): boolean {
  return valley <= clearValley;
}

/** Whether the overlap is so near to the limit it is held against that another seed may say otherwise. */
export function isBorderline(evidence: SegmentEvidence): boolean {
  return evidence.isLargeEnough && Math.abs(evidence.jaccard - neededJaccard(evidence)) < borderWidth;
}

/** The overlap that the segment's word hangs on. */
export function neededJaccard(evidence: SegmentEvidence): number {
  const { groupsExist, isSeparate } = evidence;
  return groupsExist && isSeparate && beatsCopies(evidence) ? enoughJaccard : stableJaccard;
}

function beatsCopies({ stabilityP }: SegmentEvidence): boolean {
  return stabilityP !== null && stabilityP <= significance;
}

/**
 * The word for all segments together: natural only if this very count parts further than in copies; constructive if the
 * segments that come back hold half of the rows.
 */
export function solutionVerdict(
  segments: readonly { readonly verdict: SegmentVerdict; readonly size: number }[],
  { partsFurther, rowCount }: { readonly partsFurther: boolean; readonly rowCount: number },
): SolutionVerdict {
  const verdicts = segments.map(({ verdict }) => verdict);
  if (verdicts.every((verdict) => verdict === "natural") && partsFurther) return "natural";
  if (verdicts.includes("natural")) return "partly-natural";
  if (verdicts.every((verdict) => verdict === "reproducible")) return "reproducible";
  const stableRows = segments.reduce(
    (sum, { verdict, size }) => sum + (verdict === "not-supported" ? 0 : size),
    0,
  );
  return stableRows >= rowCount / 2 ? "constructive" : "no-reliable-segments";
}
