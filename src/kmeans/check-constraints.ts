import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import type { KMeansOptions } from "./kmeans-fit.js";
import { isAlone, type RowGroups, type TiedRows } from "./tie-rows.js";

/** Values that a constrained fit takes: its own arrays then need 500 MB. */
const mostValues = 20_000_000;

/** Throws unless there are limits that clusterCount clusters of all rows can keep, or none. */
export function checkSizeLimits(rowCount: number, options: KMeansOptions): void {
  const { sizeLimits, clusterCount } = options;
  if (sizeLimits === undefined) return;
  const refuse = (requirement: string, got: string) => {
    throw new InputError(`fitKMeans: sizeLimits must ${requirement}, got ${got}`);
  };
  const requirement = "be two whole numbers of at least 0, the least and the most rows of a cluster";
  if (!Array.isArray(sizeLimits) || sizeLimits.length !== 2) refuse(requirement, describeValue(sizeLimits));
  const [least, most] = sizeLimits;
  for (const limit of sizeLimits)
    if (!Number.isSafeInteger(limit) || limit < 0) refuse(requirement, describeValue(limit));
  if (least > most) refuse("have a least that is not above the most", `[${least}, ${most}]`);
  if (least * clusterCount > rowCount)
    refuse(
      `have a least of at most ${Math.floor(rowCount / clusterCount)} (${rowCount} rows in ${clusterCount} clusters)`,
      String(least),
    );
  if (most * clusterCount < rowCount)
    refuse(
      `have a most of at least ${Math.ceil(rowCount / clusterCount)} (${rowCount} rows in ${clusterCount} clusters)`,
      String(most),
    );
}

/** Throws unless there is one group, or none, for every row, and no group is too large for the limits. */
export function checkGroups(rowCount: number, { groups, sizeLimits }: KMeansOptions): void {
  if (groups === undefined) return;
  if (groups.length !== rowCount)
    throw new InputError(
      `fitKMeans: groups must have ${rowCount} values (one per row), got ${groups.length}`,
    );
  const sizes = sizesOfGroups(groups);
  const most = sizeLimits?.[1] ?? Infinity;
  for (const [group, size] of sizes)
    if (size > most)
      throw new InputError(
        `fitKMeans: groups must have at most ${most} rows each (the most of sizeLimits), got ${size} rows in group ${describeValue(group)}`,
      );
}

function sizesOfGroups(groups: RowGroups): Map<number | string, number> {
  const sizes = new Map<number | string, number>();
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]!;
    if (isAlone(group)) continue;
    if (typeof group !== "string" && !Number.isFinite(group))
      throw new InputError(
        `fitKMeans: groups must be texts, finite numbers, or null for a row on its own, got ${describeValue(group)} at row ${i}`,
      );
    sizes.set(group!, (sizes.get(group!) ?? 0) + 1);
  }
  return sizes;
}

/** Throws where a constrained fit would need more memory than it should. */
export function checkConstrainedSize({ rowCount, columnCount }: Matrix): void {
  if (rowCount * columnCount > mostValues)
    throw new InputError(
      `fitKMeans: matrix must have at most ${mostValues} values with sizeLimits or groups, got ${rowCount} rows × ${columnCount} columns. Fit a sample, then assignRows?`,
    );
}

/** Throws where fewer different points than clusters are left once each group stands at its mean. */
export function checkDistinctPoints({ points, rowCount, stride }: TiedRows, clusterCount: number): void {
  const seen = new Set<string>();
  for (let i = 0; i < rowCount && seen.size < clusterCount; i++)
    seen.add(points.subarray(i * stride, (i + 1) * stride).join());
  if (seen.size < clusterCount)
    throw new InputError(
      `fitKMeans: clusterCount must be a whole number from 1 to ${seen.size} (the number of groups with different means), got ${clusterCount}`,
    );
}
