/** How far one segment can be trusted, the surest first. */
export type SegmentVerdict = "natural" | "reproducible" | "constructive" | "not-supported";

/** How far a whole solution can be trusted, the surest first. */
export type SolutionVerdict =
  | "natural"
  | "partly-natural"
  | "reproducible"
  | "constructive"
  | "no-reliable-segments";

/** A verdict as a person reads it: "not supported". */
export function verdictText(verdict: SegmentVerdict | SolutionVerdict): string {
  return verdict.replaceAll("-", " ");
}
