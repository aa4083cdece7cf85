import type { CanonicalTable } from "../cluster/canonical-table.js";
import { describeHits } from "../cluster/cluster-fit.js";
import { settleNumbers } from "../cluster/number-clusters.js";
import { countHits, likeliest } from "./climb.js";
import { type GaussianComponents, reorderComponents } from "./gaussian-components.js";
import type { CovarianceName, GaussianMixtureFit } from "./gaussian-fit.js";
import type { GaussianProblem } from "./gaussian-moments.js";
import type { GaussianStart } from "./gaussian-start.js";
import { mixtureLogs } from "./mixture-logs.js";
import { describeEmpty } from "./model-fit.js";
import { describeClimb, describeModel, describeStop } from "./model-result.js";
import { findLikeliest, placeRows } from "./posterior.js";

/** The fit that the likeliest sound start makes; of degenerate ones only where all are. */
export function finishGaussian(
  rows: CanonicalTable,
  problem: GaussianProblem,
  search: { readonly starts: readonly GaussianStart[]; readonly constants: readonly string[] },
): GaussianMixtureFit {
  const { starts } = search;
  const { matrix, covariance } = problem;
  const sound = starts.filter(({ isDegenerate }) => !isDegenerate);
  const compared = sound.length > 0 ? sound : starts;
  const best = likeliest(compared);
  const { count } = best.components;
  const logs = mixtureLogs(matrix, best.components);
  const { order, sizes } = settleNumbers(count, (places) => findLikeliest(logs, places));
  const placed = placeRows(logs, order);
  const model = describeModel(placed, rows, {
    sizes,
    parameterCount: countParameters(covariance, count, matrix.columnCount),
  });
  const hits = countHits(compared, best, matrix.rowCount);
  return {
    method: "gaussian-mixture",
    covariance,
    ...model,
    ...describeComponents(reorderComponents(best.components, order)),
    icl: model.bic + 2 * placed.entropy,
    ...describeClimb(best, hits, starts.length),
    notes: [
      ...describeSearch(sound.length, search),
      ...describeStop(best),
      ...describeEmpty(sizes),
      ...describeHits(hits, starts.length),
    ],
  };
}

function countParameters(covariance: CovarianceName, clusterCount: number, columnCount: number): number {
  const ellipse = (columnCount * (columnCount + 1)) / 2;
  const shapes = {
    spherical: clusterCount,
    diagonal: clusterCount * columnCount,
    tied: ellipse,
    full: clusterCount * ellipse,
  };
  return clusterCount - 1 + clusterCount * columnCount + shapes[covariance];
}

/** Weights, means and whole covariances, as a reader wants them. */
function describeComponents(
  components: GaussianComponents,
): Pick<GaussianMixtureFit, "weights" | "means" | "covariances"> {
  const { count, columnCount, weights, means, covariances, isDiagonal } = components;
  const clusters = Array.from({ length: count }, (_, component) => component);
  const columns = Array.from({ length: columnCount }, (_, j) => j);
  const entry = (component: number, i: number, j: number) =>
    isDiagonal && i !== j
      ? 0
      : covariances[(component * columnCount + Math.max(i, j)) * columnCount + Math.min(i, j)]!;
  return {
    weights: [...weights],
    means: clusters.map((component) => columns.map((j) => means[component * columnCount + j]!)),
    covariances: clusters.map((component) => columns.map((i) => columns.map((j) => entry(component, i, j)))),
  };
}

function describeSearch(
  sound: number,
  { starts, constants }: { readonly starts: readonly GaussianStart[]; readonly constants: readonly string[] },
): string[] {
  const notes = constants.map(
    (name) => `Column "${name}" is constant: it tells clusters nothing and only lifts the likelihood.`,
  );
  if (sound === 0)
    notes.push(
      "Every start ended with a component on too few rows or on a flat: likelihood, BIC and ICL mean little; take fewer clusters or a simpler covariance.",
    );
  else if (sound < starts.length)
    notes.push(
      `${starts.length - sound} of ${starts.length} starts were left out: a component shrank onto too few rows or onto a flat.`,
    );
  return notes;
}
