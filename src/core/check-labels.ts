import { checkSameLength } from "./check.js";
import { InputError } from "./errors.js";

/** Throws unless there is one label per customer and each is a whole number from −1 (in no segment) to `segmentCount` − 1. */
export function checkLabels(
  caller: string,
  labels: ArrayLike<number>,
  customerCount: number,
  segmentCount: number,
): void {
  checkSameLength(caller, "labels", labels, customerCount, "one per customer");
  const stray = Array.from(labels).findIndex(
    (label) => !Number.isInteger(label) || label < -1 || label >= segmentCount,
  );
  if (stray >= 0)
    throw new InputError(
      `${caller}: labels must be whole numbers from -1 to ${segmentCount - 1}, got ${labels[stray]} at row ${stray}`,
    );
}
