/** How far one segment can be trusted, the surest first. */
export type SegmentVerdict = "natural" | "reproducible" | "constructive" | "not-supported";

/** How far a whole solution can be trusted, the surest first. */
export type SolutionVerdict =
  | "natural"
  | "partly-natural"
  | "reproducible"
  | "constructive"
  | "no-reliable-segments";

/** What the verdict on a segment means for whoever uses it, in one or two sentences that are true of any data. */
export const segmentVerdictMeanings: Readonly<Record<SegmentVerdict, string>> = {
  natural:
    "A group of its own: clearly fewer customers lie between this segment and every other than inside it, fewer than data without groups would show, and it comes back when customers are drawn anew.",
  reproducible:
    "Found again more often than in data without groups, but with no gap to its neighbour: a stable border, not a separate group.",
  constructive:
    "A stable slice of a continuum. Useful for targeting; the border is our choice and could be moved.",
  "not-supported":
    "Does not come back when customers are drawn anew, or holds too few to tell. Do not build on it.",
};

/** A verdict as a person reads it: "not supported". */
export function verdictText(verdict: SegmentVerdict | SolutionVerdict): string {
  return verdict.replaceAll("-", " ");
}
