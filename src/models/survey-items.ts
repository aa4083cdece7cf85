import { type CodedColumn, type MixedTable, toMixedTable } from "../cluster/mixed-table.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";

/** A table of words alone: its words as they are, its whole numbers as answers in ascending order, NaN as missing. */
export function toItems(caller: string, table: Matrix | MixedTable): MixedTable {
  const { numbers, categories, rowCount } = toMixedTable(table);
  const coded = numbers.columns.map((_, j) => codeNumbers(caller, numbers, j));
  const none: Matrix = { rowCount, columnCount: 0, columns: [], values: new Float64Array(0) };
  return { rowCount, numbers: none, categories: [...coded, ...categories] };
}

function codeNumbers(
  caller: string,
  { values, rowCount, columnCount, columns }: Matrix,
  j: number,
): CodedColumn {
  const name = columns[j]!;
  const column = Array.from({ length: rowCount }, (_, i) => values[i * columnCount + j]!);
  const wrong = column.findIndex((value) => !Number.isInteger(value) && !Number.isNaN(value));
  if (wrong >= 0)
    throw new InputError(
      `${caller}: matrix must hold whole numbers or NaN, got ${column[wrong]} at row ${wrong}, column "${name}"`,
    );
  const answers = [...new Set(column.filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b);
  const codeOf = new Map(answers.map((answer, code) => [answer, code]));
  return {
    name,
    levels: answers.map(String),
    codes: Int32Array.from(column, (value) => codeOf.get(value) ?? -1),
  };
}

/** Throws unless every item and every row has an answer. */
export function checkAnswers(caller: string, { categories, rowCount }: MixedTable): void {
  const empty = categories.find(({ levels }) => levels.length === 0);
  if (empty !== undefined)
    throw new InputError(
      `${caller}: table must have an answer to every item, got none to "${empty.name}". Did you mean to leave the item out?`,
    );
  for (let row = 0; row < rowCount; row++)
    if (categories.every(({ codes }) => codes[row]! < 0))
      throw new InputError(
        `${caller}: table must have an answer in every row, got none at row ${row}. Did you mean to leave the row out?`,
      );
}
