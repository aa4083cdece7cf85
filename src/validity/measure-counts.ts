import type { Matrix } from "../core/matrix.js";
import type { KMeansFit } from "../kmeans/kmeans-fit.js";
import type { ClusterCountRow } from "./cluster-count-row.js";
import { dunnIndices } from "./dunn-index.js";
import { calinskiHarabasz, daviesBouldin } from "./internal-indices.js";
import { exactRows, meanSilhouettes } from "./silhouette.js";

/** The indices that compare clusters of one solution with each other; none is defined for one cluster. */
export type InternalIndices = Pick<
  ClusterCountRow,
  "silhouette" | "silhouetteStandardError" | "calinskiHarabasz" | "daviesBouldin" | "dunn"
>;

const undefinedIndices: InternalIndices = {
  silhouette: null,
  silhouetteStandardError: null,
  calinskiHarabasz: null,
  daviesBouldin: null,
  dunn: null,
};

/** Internal indices of every fit, on the rows in canonical order; those that need all pairs share their distances. */
export function measureFits(
  canonical: Matrix,
  fits: readonly KMeansFit[],
  options: { readonly order: Uint32Array; readonly seed: number },
): readonly InternalIndices[] {
  const several = fits.filter(({ clusterCount }) => clusterCount > 1);
  if (several.length === 0) return fits.map(() => undefinedIndices);
  const labelings = several.map(({ labels }) => Int32Array.from(options.order, (row) => labels[row]!));
  const silhouettes = meanSilhouettes(canonical, labelings, options);
  const dunns = canonical.rowCount <= exactRows ? dunnIndices(canonical, labelings) : undefined;
  return fits.map((fit) => {
    const at = several.indexOf(fit);
    if (at < 0) return undefinedIndices;
    return {
      silhouette: silhouettes[at]!.value,
      silhouetteStandardError: silhouettes[at]!.standardError,
      calinskiHarabasz: calinskiHarabasz(canonical, labelings[at]!),
      daviesBouldin: daviesBouldin(canonical, labelings[at]!),
      dunn: dunns?.[at] ?? null,
    };
  });
}
