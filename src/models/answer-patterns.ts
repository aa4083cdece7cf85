import type { CodedColumn } from "../cluster/mixed-table.js";

/** Rows of answers, equal ones once with their count: likelihood needs each different row only once. */
export interface AnswerPatterns {
  readonly patternCount: number;
  readonly itemCount: number;
  /** Shape (patternCount, itemCount): place of the answer in a list of all answers of all items, −1 where missing. */
  readonly answers: Int32Array;
  /** Rows that have each pattern. */
  readonly counts: Float64Array;
  /** Shape (nRows,): which pattern each row has. */
  readonly patternOf: Int32Array;
  /** Where each item's answers begin in the list of all answers; one more at its end. */
  readonly begins: readonly number[];
}

/** The patterns of rows in which equal ones stand side by side. O(nRows · nItems). */
export function findPatterns(items: readonly CodedColumn[], rowCount: number): AnswerPatterns {
  const itemCount = items.length;
  const begins = [0];
  for (const { levels } of items) begins.push(begins.at(-1)! + levels.length);
  const isNew = (row: number) => row === 0 || items.some(({ codes }) => codes[row] !== codes[row - 1]);
  const patternOf = new Int32Array(rowCount);
  const counts: number[] = [];
  const answers: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    if (isNew(row)) {
      counts.push(0);
      items.forEach(({ codes }, j) => {
        answers.push(codes[row]! < 0 ? -1 : begins[j]! + codes[row]!);
      });
    }
    patternOf[row] = counts.length - 1;
    counts[counts.length - 1]!++;
  }
  return {
    patternCount: counts.length,
    itemCount,
    answers: Int32Array.from(answers),
    counts: Float64Array.from(counts),
    patternOf,
    begins,
  };
}
