import { unpackLabels } from "./pack-labels.js";

/** In which cluster each row lands when customers are drawn anew. */
export interface Memberships {
  /** Numbers of the rows that took part, ascending. */
  readonly rows: Int32Array;
  /** Cluster of each of them in the fit. */
  readonly labels: Int32Array;
  readonly clusterCount: number;
  /**
   * Shape (rows, clusterCount): share of resamples (0…1) in which the row's nearest new centre is the counterpart of the
   * cluster. Counterparts are the one-to-one match with the largest sum of Jaccard overlaps.
   */
  readonly shares: Float64Array;
}

/** Adds up the clusters in which rows landed; rounds hold overlaps, an index and then packed labels. */
export function countLandings(
  chosen: Uint32Array,
  labels: Int32Array,
  { rounds, clusterCount }: { readonly rounds: readonly Float64Array[]; readonly clusterCount: number },
): Memberships {
  const rowCount = chosen.length;
  const landings = new Float64Array(rowCount * clusterCount);
  for (const round of rounds)
    unpackLabels(
      round.subarray(clusterCount + 1),
      { rowCount, clusterCount: clusterCount + 1 },
      (row, label) => {
        if (label < clusterCount) landings[row * clusterCount + label]!++;
      },
    );
  // From canonical order back to the order given.
  const places = Uint32Array.from(chosen.keys()).sort((a, b) => chosen[a]! - chosen[b]!);
  const shares = new Float64Array(landings.length);
  places.forEach((place, i) => {
    for (let cluster = 0; cluster < clusterCount; cluster++)
      shares[i * clusterCount + cluster] = landings[place * clusterCount + cluster]! / rounds.length;
  });
  return {
    rows: Int32Array.from(places, (place) => chosen[place]!),
    labels: Int32Array.from(places, (place) => labels[place]!),
    clusterCount,
    shares,
  };
}
