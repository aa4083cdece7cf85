import type { FindSegmentsOptions } from "./find-segments.js";
import type { Workbook } from "./open-workbook.js";

/** What may be tried instead of what the workbook says. */
export type TriedWishes = Partial<Pick<FindSegmentsOptions, "clusterCount" | "seed" | "onProgress">>;

/** The search that a workbook asks for. A count of 0 is none. */
export function searchOptions(
  { config, transforms, weights, memory }: Workbook,
  { clusterCount, seed, onProgress }: TriedWishes = {},
): FindSegmentsOptions {
  const { weights: _blocks, ...segmentation } = config.segmentation;
  const count = clusterCount || segmentation.clusterCount;
  return {
    ...segmentation,
    transforms,
    ...(weights && { weights }),
    memory,
    ...(seed !== undefined && { seed }),
    ...(count !== undefined && { clusterCount: count }),
    ...(onProgress && { onProgress }),
  };
}
