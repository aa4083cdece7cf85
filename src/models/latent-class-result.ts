import type { CanonicalTable } from "../cluster/canonical-table.js";
import { describeHits } from "../cluster/cluster-fit.js";
import type { CodedColumn } from "../cluster/mixed-table.js";
import { settleNumbers } from "../cluster/number-clusters.js";
import type { AnswerPatterns } from "./answer-patterns.js";
import { classLogs } from "./class-logs.js";
import { countHits, likeliest } from "./climb.js";
import type { ItemAnswers, LatentClassFit } from "./latent-class-fit.js";
import { type LatentClasses, reorderClasses } from "./latent-classes.js";
import { describeEmpty } from "./model-fit.js";
import { describeClimb, describeModel, describeStop } from "./model-result.js";
import { findLikeliest, placeRows } from "./posterior.js";
import type { ClassStart } from "./search-classes.js";

/** The fit that the likeliest start makes. */
export function finishClasses(
  rows: CanonicalTable,
  patterns: AnswerPatterns,
  starts: readonly ClassStart[],
): LatentClassFit {
  const best = likeliest(starts);
  const { count } = best.classes;
  const logs = classLogs(patterns, best.classes);
  const { order, sizes } = settleNumbers(count, (places) => findLikeliest(logs, places));
  const placed = placeRows(logs, order);
  const classes = reorderClasses(best.classes, order);
  const rowCount = rows.order.length;
  const items = rows.table.categories;
  const parameterCount = countClassParameters(classes, items.length);
  const hits = countHits(starts, best, rowCount);
  return {
    method: "latent-class",
    ...describeModel(placed, rows, { sizes, parameterCount }),
    weights: [...classes.weights],
    items: items.map((item, j) => describeItem(item, classes, patterns.begins[j]!)),
    relativeEntropy: count === 1 ? 1 : 1 - placed.entropy / (rowCount * Math.log(count)),
    missingCount: items.reduce((sum, { codes }) => sum + codes.filter((code) => code < 0).length, 0),
    ...describeClimb(best, hits, starts.length),
    notes: [
      ...describeItems(items, parameterCount),
      ...describeStop(best),
      ...describeEmpty(sizes),
      ...describeHits(hits, starts.length),
    ],
  };
}

/** Free parameters: the classes' shares, and in each class every item's answers but one. */
function countClassParameters({ count, answerCount }: LatentClasses, itemCount: number): number {
  return count - 1 + count * (answerCount - itemCount);
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

function describeItems(items: readonly CodedColumn[], parameterCount: number): string[] {
  const notes = items
    .filter(({ levels }) => levels.length === 1)
    .map(({ name }) => `Item "${name}" has one answer only: it tells classes nothing.`);
  const cells = items.reduce((product, { levels }) => product * levels.length, 1);
  if (parameterCount > cells - 1)
    notes.push(
      `The model has ${parameterCount} parameters for ${cells} possible patterns of answers: other classes fit as well, take fewer.`,
    );
  return notes;
}
