import type { AnswerPatterns } from "./answer-patterns.js";
import { fillLogClasses, type LatentClasses, logsOf } from "./latent-classes.js";
import { type Placement, placeRows } from "./posterior.js";

/** Every row's probabilities under classes. O(nRows · count · nItems). */
export function placeInClasses(patterns: AnswerPatterns, classes: LatentClasses): Placement {
  const { answers, itemCount, patternOf } = patterns;
  const logs = logsOf(classes);
  return placeRows(patternOf.length, classes.count, (target, row) =>
    fillLogClasses(target, logs, { answers, begin: patternOf[row]! * itemCount, itemCount }),
  );
}
