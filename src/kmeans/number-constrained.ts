import { orderBySize } from "../cluster/order-clusters.js";
import type { ConstrainedProblem, ConstrainedStart } from "./run-constrained.js";

/**
 * Numbers clusters by size, largest first, ties by centre. Of rows (or groups) that equal one another and that the
 * limits part, those given first get the lower numbers.
 */
export function numberConstrained(
  { groupStarts, points, stride }: ConstrainedProblem,
  { labels, sizes, centres }: ConstrainedStart,
): { readonly labels: Int32Array; readonly order: readonly number[] } {
  const order = orderBySize(
    sizes,
    Array.from(sizes, (_, cluster) => centres.subarray(cluster * stride, (cluster + 1) * stride)),
  );
  const numberOf = new Int32Array(order.length);
  for (const [place, cluster] of order.entries()) numberOf[cluster] = place;
  const groupLabels = Int32Array.from(groupStarts.subarray(1), (_, group) => {
    return numberOf[labels[groupStarts[group]!]!]!;
  });
  const equalsLast = (group: number) => {
    const begin = groupStarts[group]!;
    const last = groupStarts[group - 1]!;
    if (groupStarts[group + 1]! - begin !== begin - last) return false;
    for (let j = 0; j < stride; j++)
      if (points[begin * stride + j] !== points[last * stride + j]) return false;
    return true;
  };
  for (let begin = 0, group = 1; group <= groupLabels.length; group++) {
    if (group < groupLabels.length && equalsLast(group)) continue;
    groupLabels.subarray(begin, group).sort();
    begin = group;
  }
  const numbered = new Int32Array(labels.length);
  groupLabels.forEach((label, group) => {
    numbered.fill(label, groupStarts[group], groupStarts[group + 1]);
  });
  return { labels: numbered, order };
}
