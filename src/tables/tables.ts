export { regionTable as regions } from "../charts/region-table.js";
export { outcomesTable as surveyOutcomes } from "../charts/survey-outcome.js";
export {
  accountTable as account,
  cellsTable as cells,
  droppedTable as dropped,
  joinsTable as joins,
  stepsTable as steps,
} from "./account-tables.js";
export { demandTable as demand, gapsTable as gaps } from "./assortment-tables.js";
export {
  definitionTable as definition,
  filesTable as files,
  verificationTable as verification,
} from "./definition-tables.js";
export {
  evaluationTable as evaluation,
  rulesTable as rules,
  vTestsTable as vTests,
} from "./explain-tables.js";
export {
  columnSummaryTable as columnSummary,
  featuresTable as features,
  recipeTable as recipe,
  redundancyTable as redundancy,
} from "./feature-tables.js";
export { privacyTable as privacy, surrogateTable as surrogate } from "./hand-over-tables.js";
export { methodsSentence, methodsTable as methods } from "./method-tables.js";
export { pairwiseTable as pairwise } from "./pairwise-table.js";
export {
  actionsTable as actions,
  categoryTable as categories,
  markersTable as markers,
  profileTable as profile,
  slippingTable as slippingAway,
  worthTable as worth,
} from "./profile-tables.js";
export {
  claimsTable as claims,
  driftTable as drift,
  gatesTable as gates,
  historyTable as history,
  pathTable as path,
  retentionTable as retention,
  segmentChangesTable as segmentChanges,
} from "./refresh-tables.js";
export { rulesCheckTable as rulesCheck } from "./rules-tables.js";
export { clusterCountTable as clusterCount, segmentsTable as segments } from "./segment-tables.js";
export {
  stabilityTable as stability,
  timeSplitTable as timeSplit,
} from "./stability-tables.js";
export {
  basisEffectsTable as basisEffects,
  descriptorSentence,
  descriptorTestsTable as descriptorTests,
} from "./test-tables.js";
export {
  cohortsTable as cohorts,
  holdoutTable as holdout,
  nextStepsTable as nextSteps,
  valueTermsTable as valueTerms,
} from "./value-tables.js";
export { varianceSharesTable as varianceShares } from "./variance-tables.js";
export { sampleSizeTable as sampleSize, verdictsTable as verdicts } from "./verdict-tables.js";
