import type { AnswerPatterns } from "./answer-patterns.js";
import { restoreOrder } from "./canonical-order.js";
import type { CanonicalTable } from "./canonical-table.js";
import { type Climb, countHits, likeliest } from "./climb.js";
import { describeHits } from "./cluster-fit.js";
import type { ItemAnswers, LatentClassFit } from "./latent-class-fit.js";
import { type LatentClasses, reorderClasses } from "./latent-classes.js";
import type { CodedColumn } from "./mixed-table.js";
import { describeEmpty } from "./model-fit.js";
import { settleNumbers } from "./number-clusters.js";
import { placeInClasses } from "./place-in-classes.js";
import { restoreRows } from "./posterior.js";

/** Where one start of a latent class model ended. */
export interface ClassStart extends Climb {
  readonly classes: LatentClasses;
}

/** The fit that the likeliest start makes. */
export function finishClasses(
  rows: CanonicalTable,
  patterns: AnswerPatterns,
  starts: readonly ClassStart[],
): LatentClassFit {
  const best = likeliest(starts);
  const clusterCount = best.classes.count;
  const { order, sizes } = settleNumbers(
    clusterCount,
    (places) => placeInClasses(patterns, reorderClasses(best.classes, places)).labels,
  );
  const classes = reorderClasses(best.classes, order);
  const placed = placeInClasses(patterns, classes);
  const rowCount = rows.order.length;
  const items = rows.table.categories;
  const parameterCount = clusterCount - 1 + clusterCount * (classes.answerCount - items.length);
  const hits = countHits(starts, best, rowCount);
  return {
    method: "latent-class",
    clusterCount,
    labels: restoreOrder(placed.labels, rows.order),
    sizes,
    probabilities: restoreRows(placed.probabilities, rows.order),
    weights: [...classes.weights],
    items: items.map((item, j) => describeItem(item, classes, patterns.begins[j]!)),
    logLikelihood: placed.logLikelihood,
    objective: -placed.logLikelihood,
    parameterCount,
    bic: parameterCount * Math.log(rowCount) - 2 * placed.logLikelihood,
    relativeEntropy: clusterCount === 1 ? 1 : 1 - placed.entropy / (rowCount * Math.log(clusterCount)),
    missingCount: items.reduce((sum, { codes }) => sum + codes.filter((code) => code < 0).length, 0),
    iterations: best.iterations,
    converged: best.converged,
    starts: starts.length,
    hitRate: hits / starts.length,
    notes: [
      ...describeModel(best, items, parameterCount),
      ...describeEmpty(sizes),
      ...describeHits(hits, starts.length),
    ],
  };
}

function describeItem({ name, levels }: CodedColumn, classes: LatentClasses, begin: number): ItemAnswers {
  const { count, answerCount, probabilities } = classes;
  return {
    name,
    levels,
    probabilities: Array.from({ length: count }, (_, latent) => [
      ...probabilities.subarray(latent * answerCount + begin, latent * answerCount + begin + levels.length),
    ]),
  };
}

function describeModel(best: ClassStart, items: readonly CodedColumn[], parameterCount: number): string[] {
  const notes: string[] = [];
  const cells = items.reduce((product, { levels }) => product * levels.length, 1);
  if (parameterCount > cells - 1)
    notes.push(
      `The model has ${parameterCount} parameters for ${cells} possible patterns of answers: other classes fit as well, take fewer.`,
    );
  if (!best.converged)
    notes.push(
      `The best start was stopped after ${best.iterations} iterations, while its likelihood still rose.`,
    );
  return notes;
}
