import { itemColumn } from "../config/scale-item.js";
import { type Matrix, matrixOfColumns } from "../core/matrix.js";
import { numberColumn, textColumn } from "../engine/engine.js";
import type { Workbook } from "./open-workbook.js";

/** Raw answers to survey items, NaN where missing. */
export interface SurveyAnswers {
  /** Shape (nAnswering, nItems). */
  readonly answers: Matrix;
  /** Place in the keys given of each row of answers. */
  readonly places: readonly number[];
}

/**
 * The raw answers of the named customers to the items of the workbook's scales.
 *
 * @returns Only customers who answered something; undefined without a survey, or where none of them answered.
 */
export async function surveyAnswers(
  book: Workbook,
  keys: readonly string[],
): Promise<SurveyAnswers | undefined> {
  const scales = book.config.sources.find(({ kind }) => kind === "survey")?.scales;
  const items = [...new Set([...(scales?.values() ?? [])].flatMap(({ items }) => items.map(itemColumn)))];
  if (items.length === 0) return undefined;
  const columns = await book.engine.columns(`SELECT * FROM "survey"`);
  const rowOf = new Map(textColumn(columns, "customer_id").map((key, row) => [key, row]));
  const given = items.map((item) => numberColumn(columns, item));
  const places = [...keys.keys()].filter((place) => {
    const row = rowOf.get(keys[place]!);
    return row !== undefined && given.some((values) => !Number.isNaN(values[row]));
  });
  if (places.length === 0) return undefined;
  const rows = places.map((place) => rowOf.get(keys[place]!)!);
  const answers = matrixOfColumns(
    items,
    given.map((values) => rows.map((row) => values[row]!)),
  );
  return { answers, places };
}
