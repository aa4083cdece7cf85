import type { AnswerPatterns } from "./answer-patterns.js";
import { fillLogClasses, type LatentClasses, logsOf } from "./latent-classes.js";

/** ln(weight · probability of the answers), shape (nRows, count), of every row in every class. O(nRows · count · nItems). */
export function classLogs(patterns: AnswerPatterns, classes: LatentClasses): Float64Array {
  const { answers, itemCount, patternOf } = patterns;
  const { count } = classes;
  const logs = logsOf(classes);
  const target = new Float64Array(patternOf.length * count);
  patternOf.forEach((pattern, row) => {
    const own = target.subarray(row * count, (row + 1) * count);
    fillLogClasses(own, logs, { answers, begin: pattern * itemCount, itemCount });
  });
  return target;
}
