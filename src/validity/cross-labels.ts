import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** How many rows two groupings put where. */
export interface CrossedLabels {
  /** Rows that both label. */
  readonly count: number;
  /** Rows in group a of the one and b of the other, where there are any. */
  readonly cells: readonly { readonly a: number; readonly b: number; readonly count: number }[];
  /** Rows by group of the first. */
  readonly inA: ReadonlyMap<number, number>;
  /** Rows by group of the second. */
  readonly inB: ReadonlyMap<number, number>;
}

/**
 * Counts the rows of each pair of groups; rows labelled −1 in either are left out. O(nRows).
 *
 * @throws InputError if lengths differ, a label is not a whole number, or fewer than two rows are left.
 */
export function crossLabels(
  caller: string,
  labelsA: ArrayLike<number>,
  labelsB: ArrayLike<number>,
): CrossedLabels {
  checkSameLength(caller, "labelsB", labelsB, labelsA.length, "one per value of labelsA");
  const cells = new Map<string, { readonly a: number; readonly b: number; count: number }>();
  const inA = new Map<number, number>();
  const inB = new Map<number, number>();
  let count = 0;
  for (let i = 0; i < labelsA.length; i++) {
    const a = labelsA[i]!;
    const b = labelsB[i]!;
    if (!Number.isInteger(a) || !Number.isInteger(b))
      throw new InputError(
        `${caller}: labels must be whole numbers, got ${describeValue(Number.isInteger(a) ? b : a)} at row ${i}`,
      );
    if (a < 0 || b < 0) continue;
    count++;
    inA.set(a, (inA.get(a) ?? 0) + 1);
    inB.set(b, (inB.get(b) ?? 0) + 1);
    const cell = cells.get(`${a},${b}`);
    if (cell === undefined) cells.set(`${a},${b}`, { a, b, count: 1 });
    else cell.count++;
  }
  if (count < 2) throw new InputError(`${caller}: labelsA must have at least 2 labelled rows, got ${count}`);
  return { count, cells: [...cells.values()], inA, inB };
}
