import { sortCanonically } from "../cluster/canonical-table.js";
import type { MixedTable } from "../cluster/mixed-table.js";
import type { Random } from "../core/random.js";
import { type AnswerPatterns, findPatterns } from "./answer-patterns.js";
import type { LatentClasses } from "./latent-classes.js";

/**
 * Rows drawn from latent classes, as many as the table has and with the same answers missing.
 *
 * @param table - Columns of words alone.
 */
export function simulateClasses(
  table: MixedTable,
  { count, answerCount, weights, probabilities }: LatentClasses,
  random: Random,
): AnswerPatterns {
  const codes = table.categories.map(() => new Int32Array(table.rowCount).fill(-1));
  for (let row = 0; row < table.rowCount; row++) {
    const latent = drawPlace(weights, 0, count, random);
    let begin = latent * answerCount;
    table.categories.forEach((item, j) => {
      if (item.codes[row]! >= 0) codes[j]![row] = drawPlace(probabilities, begin, item.levels.length, random);
      begin += item.levels.length;
    });
  }
  const categories = table.categories.map((item, j) => ({ ...item, codes: codes[j]! }));
  const drawn = sortCanonically({ ...table, categories }).table;
  return findPatterns(drawn.categories, drawn.rowCount);
}

/** A place, 0…length − 1, drawn by chances that sum to 1 and stand from `begin` on. */
function drawPlace(chances: Float64Array, begin: number, length: number, random: Random): number {
  let left = random.next();
  for (let place = 0; place < length - 1; place++) {
    left -= chances[begin + place]!;
    if (left < 0) return place;
  }
  return length - 1;
}
