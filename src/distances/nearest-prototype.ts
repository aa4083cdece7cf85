import type { MixedTable } from "../cluster/mixed-table.js";
import type { RowAssignment } from "../cluster/row-assignment.js";
import { InputError } from "../core/errors.js";

/**
 * The nearest of several prototypes for every row, ties to the lowest number.
 *
 * @param fill - Writes the distance of every row from one prototype.
 */
export function nearestPrototypes(
  rowCount: number,
  prototypeCount: number,
  fill: (target: Float64Array, prototype: number) => void,
): RowAssignment {
  const labels = new Int32Array(rowCount).fill(-1);
  const runnersUp = new Int32Array(rowCount).fill(-1);
  const distances = new Float64Array(rowCount).fill(Infinity);
  const seconds = new Float64Array(rowCount).fill(Infinity);
  const candidate = new Float64Array(rowCount);
  for (let prototype = 0; prototype < prototypeCount; prototype++) {
    fill(candidate, prototype);
    for (let i = 0; i < rowCount; i++) {
      const distance = candidate[i]!;
      if (distance < distances[i]!) {
        seconds[i] = distances[i]!;
        runnersUp[i] = labels[i]!;
        distances[i] = distance;
        labels[i] = prototype;
      } else if (distance < seconds[i]!) {
        seconds[i] = distance;
        runnersUp[i] = prototype;
      }
    }
  }
  const margins = seconds.map((second, i) => {
    if (second === Infinity) return 1;
    return second === 0 ? 0 : (second - distances[i]!) / second;
  });
  return { labels, distances, runnersUp, margins };
}

/**
 * The table with its words as numbers of the fit's levels. A word that the fit has not seen counts as missing (−1), or
 * with `unseenDiffers` as one more level, so that it equals none.
 *
 * @throws InputError unless the columns are those of the fit, in its order.
 */
export function matchColumns(
  caller: string,
  table: MixedTable,
  fitted: MixedTable,
  options: { readonly unseenDiffers?: boolean } = {},
): MixedTable {
  const namesOf = ({ numbers, categories }: MixedTable) => [
    ...numbers.columns,
    ...categories.map(({ name }) => name),
  ];
  const wanted = namesOf(fitted);
  const got = namesOf(table);
  const wrong = wanted.findIndex((name, j) => name !== got[j]);
  if (wrong >= 0 || got.length !== wanted.length || table.numbers.columnCount !== fitted.numbers.columnCount)
    throw new InputError(
      `${caller}: table must have the ${fitted.numbers.columnCount} numeric and ${fitted.categories.length} category columns of the fit in its order, got ${table.numbers.columnCount} and ${table.categories.length}${wrong < 0 || got[wrong] === undefined ? "" : ` with "${got[wrong]}" for "${wanted[wrong]}"`}`,
    );
  const categories = table.categories.map((column, j) => {
    const { levels } = fitted.categories[j]!;
    const unseen = options.unseenDiffers ? levels.length : -1;
    const codeOf = new Map(levels.map((level, code) => [level, code]));
    const codes = column.levels.map((level) => codeOf.get(level) ?? unseen);
    return { ...column, levels, codes: column.codes.map((code) => codes[code] ?? -1) };
  });
  return { ...table, categories };
}
