import { compareText } from "../core/text-order.js";

/** Which rows of two tables are the same customer, and which stand in one alone; row numbers, ascending. */
export interface CommonRows {
  /** Rows of the earlier table; entry i is the customer of entry i of `after`. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly lapsed: Int32Array;
  readonly arrived: Int32Array;
}

/** Finds the customers of two dates that are the same. Keys are sorted in code-unit order, each once. O(customers). */
export function findCommonRows(before: readonly string[], after: readonly string[]): CommonRows {
  const most = Math.min(before.length, after.length);
  const common = { before: new Int32Array(most), after: new Int32Array(most) };
  const lapsed = new Int32Array(before.length);
  const arrived = new Int32Array(after.length);
  let [shared, gone, came] = [0, 0, 0];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const order = i === before.length ? 1 : j === after.length ? -1 : compareText(before[i]!, after[j]!);
    if (order < 0) lapsed[gone++] = i++;
    else if (order > 0) arrived[came++] = j++;
    else {
      common.before[shared] = i++;
      common.after[shared++] = j++;
    }
  }
  return {
    before: common.before.slice(0, shared),
    after: common.after.slice(0, shared),
    lapsed: lapsed.slice(0, gone),
    arrived: arrived.slice(0, came),
  };
}
