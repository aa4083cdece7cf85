import type { ClusterOptions } from "./cluster-fit.js";

/** Calls of a listener that a long work makes at most between its units. */
const mostCalls = 200;

/** Pairs of a row and a cluster that are looked at in about a tenth of a second. */
const pairsPerCall = 20_000_000;

/** Tells a listener how far the work is. */
export interface ProgressTeller {
  /** So many units are done. */
  readonly tell: (done: number) => void;
  /** Work inside a unit: tells again after every twenty million pairs, so that a listener can stop a long unit. */
  readonly spend: (pairs: number) => void;
}

/** A teller for so many units of work; it tells at once that none is done, and 200 times between units at most. */
export function openTeller(total: number, onProgress: ClusterOptions["onProgress"]): ProgressTeller {
  const step = Math.ceil(total / mostCalls);
  let done = 0;
  let spent = 0;
  onProgress?.({ done, total });
  return {
    tell(units) {
      done = units;
      spent = 0;
      if (units % step === 0 || units === total) onProgress?.({ done, total });
    },
    spend(pairs) {
      spent += pairs;
      if (spent < pairsPerCall) return;
      spent = 0;
      onProgress?.({ done, total });
    },
  };
}
