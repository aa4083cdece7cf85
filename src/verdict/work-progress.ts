import type { Progress } from "../core/progress.js";

/** One listener for work in several steps whose number is known before it begins. */
export interface WorkProgress {
  /** A listener for the next step, worth so many units of the whole. */
  readonly step: (units: number) => ((progress: Progress) => void) | undefined;
  /** Tells that everything is done, also where some steps were not needed. */
  readonly finish: () => void;
}

/** Progress over the whole work in one unit, k-means starts; steps that turn out not to be needed are jumped over. */
export function openWorkProgress(
  total: number,
  onProgress: ((progress: Progress) => void) | undefined,
): WorkProgress {
  let before = 0;
  return {
    step(units) {
      const begun = before;
      before = Math.min(total, before + units);
      const end = before;
      return (
        onProgress &&
        (({ done, total: parts }) =>
          onProgress({ done: Math.round(begun + ((end - begun) * done) / parts), total }))
      );
    },
    finish: () => onProgress?.({ done: total, total }),
  };
}
