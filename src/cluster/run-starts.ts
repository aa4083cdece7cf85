import type { ClusterOptions } from "./cluster-fit.js";
import { openTeller } from "./progress-teller.js";

/** Tells that so many pairs of a row and a cluster were looked at; may throw where the listener wants to stop. */
export type Spend = (pairs: number) => void;

/** Runs the starts of a search one after the other and tells how many are done. */
export function runStarts<End>(
  starts: number,
  { onProgress }: Pick<ClusterOptions, "onProgress">,
  run: (start: number, spend: Spend) => End,
): End[] {
  const { tell, spend } = openTeller(starts, onProgress);
  return Array.from({ length: starts }, (_, start) => {
    const end = run(start, spend);
    tell(start + 1);
    return end;
  });
}
