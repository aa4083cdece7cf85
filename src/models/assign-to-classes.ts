import type { MixedTable } from "../cluster/mixed-table.js";
import { matchColumns } from "../distances/nearest-prototype.js";
import { findPatterns } from "./answer-patterns.js";
import { classLogs } from "./class-logs.js";
import type { LatentClassFit } from "./latent-class-fit.js";
import type { ModelAssignment } from "./model-fit.js";
import { placeRows } from "./posterior.js";

/** Probabilities of every row under latent classes; an answer that the fit has not seen counts as missing. */
export function assignToClasses(given: MixedTable, fit: LatentClassFit): ModelAssignment {
  const items = fit.items.map(({ name, levels }) => ({ name, levels, codes: new Int32Array(0) }));
  const { categories, rowCount } = matchColumns("assignRows", given, { ...given, categories: items });
  const classes = {
    count: fit.clusterCount,
    answerCount: fit.items.reduce((sum, { levels }) => sum + levels.length, 0),
    weights: Float64Array.from(fit.weights),
    probabilities: Float64Array.from(
      fit.weights.flatMap((_, latent) => fit.items.flatMap(({ probabilities }) => probabilities[latent]!)),
    ),
  };
  const logs = classLogs(findPatterns(categories, rowCount), classes);
  const { labels, runnersUp, margins, probabilities } = placeRows(logs, [...fit.weights.keys()]);
  return { labels, runnersUp, margins, probabilities };
}
