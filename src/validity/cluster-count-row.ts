/** What was measured for one number of clusters; `countIndices` says what each means. */
export interface ClusterCountRow {
  readonly count: number;
  /** Sum of squared distances to the nearest centre; lower is tighter. */
  readonly inertia: number;
  /** Share of starts (0…1) within 0.1 % of the best inertia. */
  readonly hitRate: number;
  /** −1…1, higher is better; null for one cluster. */
  readonly silhouette: number | null;
  /** 0 where the silhouette is exact. */
  readonly silhouetteStandardError: number | null;
  /** Higher is better; null for one cluster. */
  readonly calinskiHarabasz: number | null;
  /** Lower is better; null for one cluster. */
  readonly daviesBouldin: number | null;
  /** Higher is better; null for one cluster, and above 20,000 rows. */
  readonly dunn: number | null;
  /** Higher: tighter than data without groups. */
  readonly gap: number;
  readonly gapStandardError: number;
  /** 0…1, higher is better, 1 for one cluster; null where it was not asked for or not possible. */
  readonly predictionStrength: number | null;
  readonly predictionStrengthStandardError: number | null;
  /** 0…1.5, lower is steadier; null for one cluster and where it was not asked for or not possible. */
  readonly instability: number | null;
  readonly instabilityStandardError: number | null;
  /** Of a Gaussian mixture with as many components, lower is better; null where none was asked for. */
  readonly bic: number | null;
  /** The same with undecided rows as a cost. */
  readonly icl: number | null;
  /** Rows per cluster, largest first. */
  readonly sizes: readonly number[];
}
