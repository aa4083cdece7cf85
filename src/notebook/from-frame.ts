import type { DataFrame } from "danfojs-node";
import { describeValue, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type Matrix, matrixOfColumns } from "../core/matrix.js";

/** Whether a value is a danfo DataFrame, of whatever copy of danfo. */
export function isFrame(value: unknown): value is DataFrame {
  const frame = value as {
    readonly columns?: unknown;
    readonly shape?: unknown;
    readonly column?: unknown;
  } | null;
  return (
    typeof frame === "object" &&
    frame !== null &&
    Array.isArray(frame.columns) &&
    Array.isArray(frame.shape) &&
    typeof frame.column === "function"
  );
}

/**
 * Numeric columns of a danfo DataFrame as a matrix.
 *
 * @param options.columns - Names in the order wanted.
 * @param options.missing - What a missing number is: an `"error"` (default) or kept as `"NaN"`.
 * @returns Shape (nRows, nColumns).
 * @throws InputError if a column is not there or a cell is not a number, naming the first such row.
 */
export function fromFrame(
  frame: DataFrame,
  options: { readonly columns: readonly string[]; readonly missing?: "error" | "NaN" },
): Matrix {
  const { columns, missing = "error" } = options;
  return matrixOfColumns(
    columns,
    columns.map((name) => readNumbers("fromFrame", frame, { name, missing })),
  );
}

/**
 * One numeric column of a danfo DataFrame, every cell checked.
 *
 * @returns Shape (nRows,); NaN where the cell is missing.
 * @throws InputError if the column is not there or a cell holds something else than a number.
 */
export function numbers(frame: DataFrame, name: string): Float64Array {
  return readNumbers("numbers", frame, { name, missing: "NaN" });
}

function readNumbers(
  caller: string,
  frame: DataFrame,
  { name, missing }: { readonly name: string; readonly missing: "error" | "NaN" },
): Float64Array {
  return Float64Array.from(frameColumn(caller, frame, name), (cell, row) => {
    if (typeof cell === "number" && (Number.isFinite(cell) || missing === "NaN")) return cell;
    if (cell === null && missing === "NaN") return Number.NaN;
    throw new InputError(
      `${caller}: column "${name}" must hold numbers, got ${describeValue(cell)} at row ${row}`,
    );
  });
}

/** The cells of a frame's column, top to bottom. */
export function frameColumn(caller: string, frame: DataFrame, name: string): readonly unknown[] {
  if (!frame.columns.includes(name)) {
    throw new InputError(
      `${caller}: columns must be in the frame, got ${describeValue(name)}${didYouMean(name, frame.columns)}`,
    );
  }
  return frame.column(name).values as unknown[];
}
