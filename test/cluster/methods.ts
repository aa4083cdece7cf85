import type { ClusterFit, ClusterOptions } from "#src/cluster/cluster-fit.js";
import type { MixedTable } from "#src/cluster/mixed-table.js";
import type { Matrix } from "#src/core/matrix.js";
import { cutTree, type TreeCut } from "#src/distances/cut-tree.js";
import { fitHierarchical, mostTreeRows } from "#src/distances/hierarchical.js";
import { fitKMedoids, type KMedoidsFit } from "#src/distances/kmedoids.js";
import { fitKPrototypes, type KPrototypesFit } from "#src/distances/kprototypes.js";
import { fitKMeans, type KMeansOptions } from "#src/kmeans/kmeans.js";
import { fitWeightedKMeans, type WeightedKMeansFit } from "#src/kmeans/weighted-kmeans.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { fitRfmQuantiles, type RfmQuantilesFit } from "#src/methods/rfm-quantiles.js";
import { fitGaussianMixture, type GaussianMixtureFit } from "#src/models/gaussian-mixture.js";
import { fitLatentClass, type LatentClassFit } from "#src/models/latent-class.js";

/** A method as the contract suite sees it: from a table and the shared options to a fit. */
export interface Method {
  readonly name: string;
  /** What it groups by: numbers alone, numbers and words, or words alone. */
  readonly takes: "numbers" | "both" | "words";
  readonly fit: (table: MixedTable, options: ClusterOptions) => ClusterFit;
  /** Labels that the fit gives to rows, as if they were new. */
  readonly assign: (table: MixedTable, fit: never) => Int32Array;
  /** Whether the rows it was fitted on get their own labels back. */
  readonly returnsOwnLabels: boolean;
  /** Whether clusters are numbered by their rows; if not given, they are. */
  readonly numberedBySize?: boolean;
  /** Whether equal rows share a cluster; if not given, they do. */
  readonly keepsEqualRows?: boolean;
  /** Whether chance has a part in it. */
  readonly draws: boolean;
  /** Whether numbers and words may be missing. */
  readonly allowsMissing?: boolean;
  /** Whether a limit may part equal rows. */
  readonly partsEqualRows?: boolean;
  /** Whether it tells how far it is. */
  readonly tellsProgress: boolean;
  /** Most rows of a method that needs all pairs of rows. */
  readonly mostRows?: number;
}

/** k-means with what else it can be given; all of it depends on the rows' content alone. */
const kMeansVariants: Readonly<
  Record<
    string,
    Partial<Method> & { more: (matrix: Matrix, options: ClusterOptions) => Partial<KMeansOptions> }
  >
> = {
  "k-means": { more: () => ({}) },
  "k-means, rows weighted": {
    more: ({ rowCount, columnCount, values }) => ({
      caseWeights: Array.from(
        { length: rowCount },
        (_, i) => 1 + (Math.round(values[i * columnCount]! * 64) & 3),
      ),
    }),
    numberedBySize: false,
  },
  "k-means, columns weighted": {
    more: ({ columnCount }) => ({ columnWeights: Array.from({ length: columnCount }, (_, j) => 1 + j / 2) }),
  },
  "k-means, sizes limited": {
    more: ({ rowCount }, { clusterCount }) => ({
      sizeLimits: [0, Math.max(1, Math.ceil((1.5 * rowCount) / clusterCount))],
    }),
    returnsOwnLabels: false,
    keepsEqualRows: false,
  },
  "k-means, groups kept whole": {
    more: ({ rowCount, columnCount, values }) => ({
      groups: Array.from({ length: rowCount }, (_, i) => {
        const household = Math.round(values[i * columnCount]! * 2 ** 20) & 15;
        // Few rows stay apart, so that there are as many groups as different rows.
        return household < 8 || rowCount < 20 ? null : household;
      }),
    }),
    returnsOwnLabels: false,
  },
};

export const methods: readonly Method[] = [
  ...Object.entries(kMeansVariants).map(
    ([name, { more, ...traits }]): Method => ({
      name,
      takes: "numbers",
      fit: ({ numbers }, options) => fitKMeans(numbers, { ...options, ...more(numbers, options) }),
      assign: ({ numbers }, fit: ReturnType<typeof fitKMeans>) => assignRows(numbers, fit).labels,
      draws: true,
      tellsProgress: true,
      returnsOwnLabels: true,
      ...traits,
    }),
  ),
  {
    name: "k-means, size limits",
    takes: "numbers",
    fit: ({ numbers }, options) => {
      const share = numbers.rowCount / options.clusterCount;
      const sizeLimits = [Math.floor(0.7 * share), Math.ceil(1.2 * share)] as const;
      return fitKMeans(numbers, { ...options, sizeLimits });
    },
    assign: ({ numbers }, fit: ReturnType<typeof fitKMeans>) => assignRows(numbers, fit).labels,
    returnsOwnLabels: false,
    draws: true,
    partsEqualRows: true,
    tellsProgress: true,
  },
  {
    name: "k-means, groups",
    takes: "numbers",
    fit: ({ numbers }, options) => {
      const { values, columnCount, rowCount } = numbers;
      const groups = Array.from({ length: rowCount }, (_, i) =>
        values.subarray(i * columnCount, (i + 1) * columnCount).join(),
      );
      return fitKMeans(numbers, { ...options, groups });
    },
    assign: ({ numbers }, fit: ReturnType<typeof fitKMeans>) => assignRows(numbers, fit).labels,
    returnsOwnLabels: true,
    draws: true,
    tellsProgress: true,
  },
  {
    name: "k-means, weights found",
    takes: "numbers",
    fit: ({ numbers }, options) => fitWeightedKMeans(numbers, options),
    assign: ({ numbers }, fit: WeightedKMeansFit) => assignRows(numbers, fit).labels,
    returnsOwnLabels: true,
    draws: true,
    tellsProgress: true,
  },
  ...(["euclidean", "manhattan", "gower"] as const).map(
    (distance): Method => ({
      name: `k-medoids, ${distance}`,
      takes: distance === "gower" ? "both" : "numbers",
      fit: (table, options) => fitKMedoids(table, { ...options, distance }),
      assign: (table, fit: KMedoidsFit) => assignRows(table, fit).labels,
      returnsOwnLabels: true,
      draws: true,
      allowsMissing: distance === "gower",
      tellsProgress: true,
    }),
  ),
  ...(["ward", "average", "complete", "single"] as const).map(
    (linkage): Method => ({
      name: `hierarchical, ${linkage}`,
      takes: linkage === "average" ? "both" : "numbers",
      fit: (table, { clusterCount, onProgress }) =>
        cutTree(fitHierarchical(table, { linkage, ...(onProgress && { onProgress }) }), { clusterCount }),
      assign: (table, fit: TreeCut) => assignRows(table, fit).labels,
      returnsOwnLabels: false,
      draws: false,
      allowsMissing: linkage === "average",
      tellsProgress: true,
      mostRows: mostTreeRows[linkage],
    }),
  ),
  ...(["numbers", "both", "words"] as const).map(
    (takes): Method => ({
      name: `k-prototypes, ${takes}`,
      takes,
      fit: (table, options) => fitKPrototypes(table, options),
      assign: (table, fit: KPrototypesFit) => assignRows(table, fit).labels,
      returnsOwnLabels: true,
      draws: true,
      tellsProgress: true,
    }),
  ),
  ...(["spherical", "diagonal", "tied", "full"] as const).map(
    (covariance): Method => ({
      name: `gaussian mixture, ${covariance}`,
      takes: "numbers",
      fit: ({ numbers }, options) => fitGaussianMixture(numbers, { ...options, covariance }),
      assign: (table, fit: GaussianMixtureFit) => assignRows(table, fit).labels,
      returnsOwnLabels: true,
      draws: true,
      tellsProgress: true,
    }),
  ),
  {
    name: "latent classes",
    takes: "words",
    fit: (table, options) => fitLatentClass(table, options),
    assign: (table, fit: LatentClassFit) => assignRows(table, fit).labels,
    returnsOwnLabels: true,
    draws: true,
    allowsMissing: true,
    tellsProgress: true,
  },
  {
    name: "RFM quantiles",
    takes: "numbers",
    fit: ({ numbers }, { clusterCount }) => fitRfmQuantiles(numbers, { clusterCount }),
    assign: ({ numbers }, fit: RfmQuantilesFit) => assignRows(numbers, fit).labels,
    returnsOwnLabels: true,
    draws: false,
    tellsProgress: false,
  },
];
