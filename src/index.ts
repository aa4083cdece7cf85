// workbook: the straight path from files to segments

// charts, tables, notebook: what a person sees
export * as charts from "./charts/charts.js";
// cluster
export { assignRows } from "./cluster/assign-rows.js";
export { fitKMeans } from "./cluster/kmeans.js";
export { crossCheckKMeans } from "./cluster/second-opinion.js";
export { readWorkbook } from "./config/read-workbook.js";
// core
export { InputError, MachineError, RunError } from "./core/errors.js";
export { columnOf, matrixOf } from "./core/matrix.js";
export { createRandom } from "./core/random.js";
// explore
export { correlate } from "./explore/correlate.js";
export { findRedundant } from "./explore/find-redundant.js";
export { summarizeColumns } from "./explore/summarize-columns.js";
// exports
export { exportDefinition } from "./exports/export-definition.js";
export { postgresqlConnection } from "./exports/run-in-postgresql.js";
export { verifyTargets } from "./exports/verify-targets.js";
// features
export { basisMatrix } from "./features/basis-matrix.js";
export { fitRecipe } from "./features/fit-recipe.js";
export { applyRecipe } from "./features/recipe.js";
export { rfmTable } from "./features/rfm-table.js";
export { scoreRfm } from "./features/score-rfm.js";
// inference
export { adjustPValues } from "./inference/adjust-p-values.js";
export { adjustedResiduals } from "./inference/adjusted-residuals.js";
export { chiSquareTest } from "./inference/chi-square-test.js";
export { cliffsDelta } from "./inference/cliffs-delta.js";
export { cramersV } from "./inference/cramers-v.js";
export { hedgesG } from "./inference/hedges-g.js";
export { kruskalWallis, rankEpsilonSquared } from "./inference/kruskal-wallis.js";
export { testDescriptors } from "./inference/test-descriptors.js";
export { epsilonSquared, etaSquared, omegaSquared } from "./inference/variance-explained.js";
export { welchAnova } from "./inference/welch-anova.js";
export { fromFrame, numbers, toFrame } from "./notebook/frames.js";
export { markdown } from "./notebook/markdown.js";
export { show } from "./notebook/show.js";
// segments
export { assignCustomers } from "./segments/assign.js";
export { campaignResponse } from "./segments/campaign-response.js";
export { categoryAffinity } from "./segments/category-affinity.js";
export { defineSegments } from "./segments/define-segments.js";
export { markerInWords } from "./segments/marker-words.js";
export { profileSegments } from "./segments/profile-segments.js";
export { readDefinition } from "./segments/read-definition.js";
export { slippingAway } from "./segments/slipping-away.js";
export { suggestNames } from "./segments/suggest-names.js";
export { writeAssignments } from "./segments/write-assignments.js";
export { writeDefinition } from "./segments/write-definition.js";
export * as tables from "./tables/tables.js";
// validity
export { adjustedRandIndex } from "./validity/adjusted-rand.js";
export { assessStability } from "./validity/assess-stability.js";
export { chooseClusterCount } from "./validity/choose-cluster-count.js";
export { gapStatistic } from "./validity/gap-statistic.js";
export { calinskiHarabasz, daviesBouldin, dunnIndex } from "./validity/internal-indices.js";
export { meanSilhouette, silhouetteSamples } from "./validity/silhouette.js";
export { boughtCategories, respondedCampaigns } from "./workbook/behaviour.js";
export {
  campaignPoints,
  categoryView,
  correlationView,
  distributionViews,
  profileView,
} from "./workbook/chart-views.js";
export { findSegments } from "./workbook/find-segments.js";
export { openWorkbook } from "./workbook/open-workbook.js";
export { segmentCustomers } from "./workbook/segment-customers.js";
export { writeAccount, writeRunFiles } from "./workbook/write-run-files.js";
