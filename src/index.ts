// The public list, by room. A type stands beside the function that takes or returns it.

export type { AgreementView } from "./charts/agreement.js";
export type { OutlookCell, OutlookView } from "./charts/campaign-outlook.js";
export type { CampaignPoint, CampaignResponseOptions } from "./charts/campaign-response.js";
export type { CategoryIndexView } from "./charts/category-index.js";
export type { ChartSegment } from "./charts/chart-segment.js";
export * as charts from "./charts/charts.js";
export type { CorrelationView } from "./charts/correlation.js";
export type { CountSeparationsView, CountSeparationView } from "./charts/count-separations.js";
export type { CountSpread } from "./charts/count-stability.js";
export type {
  ClusterCountCandidate,
  ClusterCountView,
  CountIndexView,
  CountMeasure,
} from "./charts/count-view.js";
export type { SurvivalCurve, SurvivalView } from "./charts/customer-survival.js";
export type { DecomposedChange, DecompositionView } from "./charts/decomposition.js";
export type { DendrogramCut, DendrogramView } from "./charts/dendrogram.js";
export type { DescriptorOriginView } from "./charts/descriptor-origins.js";
export type { DistributionOptions, DistributionView } from "./charts/distribution.js";
export type { DriftedFeature, DriftView } from "./charts/drift.js";
export type { FeatureBarsView, SegmentMean } from "./charts/feature-bars.js";
export type { FenceBySegment, FenceView } from "./charts/fence-sitters.js";
export type { DisplayColumn, DisplayTable, Figure } from "./charts/figure.js";
export type { MergeCostsView, MergeCostView } from "./charts/merge-costs.js";
export type { OpportunityPart, OpportunityScore, OpportunityView } from "./charts/opportunity-scores.js";
export type { PairDensityView } from "./charts/pair-density.js";
export type { SegmentsAcrossView, SolutionAcross } from "./charts/place-solutions.js";
export type { LeadCell, LeadsView } from "./charts/product-leads.js";
export type { ProfileView } from "./charts/profile-heat-map.js";
export type { MapProjection } from "./charts/project-regions.js";
export type { TrackView } from "./charts/purchase-track.js";
export {
  type GeoPoint,
  type RegionShape,
  type RegionShapes,
  readRegionShapes,
} from "./charts/region-shapes.js";
export type { DrawnFlow, SegmentFlowsView } from "./charts/segment-flows.js";
export type { SegmentMapView } from "./charts/segment-map.js";
export type { SegmentShare } from "./charts/segment-sizes.js";
export type { SegmentWithinSpread } from "./charts/segments-within.js";
export type { SampleOptions, SilhouetteView } from "./charts/silhouette-plot.js";
export type { SegmentOverTime, SizesOverTimeView } from "./charts/sizes-over-time.js";
export type { SnakePlotView } from "./charts/snake-plot.js";
export type { SegmentStability } from "./charts/stability-dots.js";
export type { PairValleyView, ValleyMapView } from "./charts/valley-map.js";
export type { SegmentWorth, ValueView } from "./charts/value-worth.js";
export type { VarianceBar, VarianceSharesView } from "./charts/variance-shares.js";
export type { FeatureLeftOut } from "./charts/without-features.js";
export type { ClusterFit, ClusterMethod, ClusterOptions } from "./cluster/cluster-fit.js";
export { type CodedColumn, type MixedColumn, type MixedTable, mixedTableOf } from "./cluster/mixed-table.js";
export type { DistanceName, Measure } from "./cluster/row-distance.js";
export type {
  CleaningStep,
  CurrenciesStep,
  DuplicatesStep,
  HouseholdsStep,
  OutliersStep,
  TimeZoneStep,
} from "./config/cleaning-config.js";
export type {
  ConnectionConfig,
  DuckDbEngineConfig,
  EngineConfig,
  SparkEngineConfig,
  TrinoEngineConfig,
} from "./config/engine-config.js";
export { type RulesFile, readRules } from "./config/read-rules.js";
export { type ReadWorkbookOptions, readWorkbook } from "./config/read-workbook.js";
export type { RefreshConfig, RefreshGates } from "./config/refresh-config.js";
export type {
  RfmConfig,
  RuleSegmentConfig,
  RulesConfig,
  ScoreConfig,
  TiersConfig,
} from "./config/rules-config.js";
export type { ModelGrouping, ValueConfig, ValueModelName } from "./config/value-config.js";
export type {
  AttributeConfig,
  FeatureConfig,
  JoinConfig,
  KernelConfig,
  MissingByDesign,
  MoneyConfig,
  ReturnsConfig,
  ScaleConfig,
  SegmentationConfig,
  SegmentNaming,
  SourceConfig,
  SourceFormat,
  SourceKind,
  StraightLiningConfig,
  WorkbookConfig,
} from "./config/workbook-config.js";
export type { Claim, ClaimNumber, ClaimUnit } from "./core/claim.js";
export {
  type ClaimFailure,
  type ClaimLedger,
  type LedgerClaim,
  readClaimLedger,
} from "./core/claim-ledger.js";
export { InputError, MachineError, RunError } from "./core/errors.js";
export type {
  CategoryColumn,
  CustomerTable,
  Feature,
  FeatureColumn,
  NumberColumn,
  Role,
  TransformName,
} from "./core/feature.js";
export { columnOf, type Matrix, matrixOf } from "./core/matrix.js";
export type { PrivacyConfig, PrivacyOverride } from "./core/privacy.js";
export type { Progress } from "./core/progress.js";
export { createRandom, type Random } from "./core/random.js";
export type { SegmentVerdict, SolutionVerdict } from "./core/verdict.js";
export { type FileLeak, findLeaks, type LeavingText, requireNoLeaks } from "./disclosure/check-texts.js";
export { type CombinationCount, countCombinations } from "./disclosure/count-combinations.js";
export { defuseText } from "./disclosure/defuse-text.js";
export type { LeakKind } from "./disclosure/found-text.js";
export { createScanner, type Leak, type Scanner, type ScanOptions } from "./disclosure/scan-text.js";
export { type SensitiveName, warnSensitiveNames } from "./disclosure/sensitive-names.js";
export { type SuppressedTable, suppressCells, suppressGroups } from "./disclosure/suppress-cells.js";
export { type CutOptions, cutTree, type TreeCut } from "./distances/cut-tree.js";
export {
  type ClusterTree,
  fitHierarchical,
  type HierarchicalOptions,
  type Linkage,
} from "./distances/hierarchical.js";
export { fitKMedoids, type KMedoidsFit, type KMedoidsOptions } from "./distances/kmedoids.js";
export { fitKPrototypes, type KPrototypesFit, type KPrototypesOptions } from "./distances/kprototypes.js";
export type { Environment } from "./engine/connection-password.js";
export type { CopyFormat } from "./engine/copy-query.js";
export type { Dialect, ScoringDialect, WarehouseDialect } from "./engine/dialect.js";
export type { StatementProgress } from "./engine/duckdb.js";
export type {
  CellValue,
  Engine,
  QueryColumn,
  QueryNumberColumn,
  QueryRow,
  QueryTextColumn,
} from "./engine/engine.js";
export { type OpenSparkOptions, openSpark, type SparkEngine } from "./engine/spark.js";
export {
  type CorrelationMethod,
  type CorrelationOptions,
  type CorrelationTable,
  correlate,
} from "./explore/correlate.js";
export {
  type AxisDip,
  type DipTest,
  type DipTestOptions,
  dipOfFirstAxis,
  dipTest,
} from "./explore/dip-test.js";
export {
  findRedundant,
  type Redundancy,
  type RedundancyOptions,
  type RedundantPair,
} from "./explore/find-redundant.js";
export {
  type HopkinsBox,
  type HopkinsOptions,
  type HopkinsStatistic,
  hopkinsStatistic,
} from "./explore/hopkins-statistic.js";
export type { HopkinsReference } from "./explore/read-hopkins.js";
export {
  type CategoryCount,
  type CategorySummary,
  type ColumnSummary,
  type NumberSummary,
  summarizeColumns,
} from "./explore/summarize-columns.js";
export { type AssignFileOptions, assignFile, type FileAssignment } from "./exports/assign-file.js";
export type { AssignmentPolicy } from "./exports/assignment-policy.js";
export type { AudienceFile } from "./exports/audience-files.js";
export type { Audience, AudienceManifest } from "./exports/audience-manifest.js";
export type { AudienceIds, ContactFile } from "./exports/audience-members.js";
export type { AudiencePlatformName, ContactField } from "./exports/audience-platforms.js";
export type { CellAccount } from "./exports/count-cells.js";
export { definitionExcel, type ExcelOptions } from "./exports/definition-excel.js";
export { type AudienceOptions, exportAudiences } from "./exports/export-audiences.js";
export { type ExportOptions, exportDefinition, type TextTarget } from "./exports/export-definition.js";
export type { SourceTables } from "./exports/feature-query.js";
export { type Proof, proofOf, readProof } from "./exports/proof.js";
export type { RandomRows } from "./exports/random-rows.js";
export type { SkippedRows } from "./exports/settle-file-rows.js";
export type { ExportedFiles, ExportTarget, TargetTools } from "./exports/target.js";
export {
  requireAgreement,
  type TargetCheck,
  type VerifyOptions,
  verifyTargets,
} from "./exports/verify-targets.js";
export { basisMatrix } from "./features/basis-matrix.js";
export {
  type ColumnValues,
  type DerivedFeature,
  deriveFeature,
} from "./features/derive-feature.js";
export type { Aggregate, AggregateExpression, CaseBranch, Expression } from "./features/expression.js";
export type { FeatureDefinition } from "./features/feature-definition.js";
export { fitRecipe, type RecipeOptions, type TransformChoice } from "./features/fit-recipe.js";
export { applyRecipe, type Recipe, type RecipeStep } from "./features/recipe.js";
export { type Purchase, type RfmOptions, type RfmRow, rfmTable } from "./features/rfm-table.js";
export {
  type RfmCuts,
  type RfmScore,
  type RfmScoreOptions,
  type RfmScores,
  scoreRfm,
} from "./features/score-rfm.js";
export type { Named, WeightChoice } from "./features/weigh-columns.js";
export { adjustPValues, type PAdjustment } from "./inference/adjust-p-values.js";
export { adjustedResiduals } from "./inference/adjusted-residuals.js";
export type { ConditionCheck } from "./inference/basis-conditions.js";
export { brownForsythe } from "./inference/brown-forsythe.js";
export type { MissingOptions } from "./inference/check-groups.js";
export { chiSquareTest } from "./inference/chi-square-test.js";
export { cliffsDelta, rankBiserial } from "./inference/cliffs-delta.js";
export {
  type ClassEstimate,
  type ClassMemberships,
  compareOutsideVariable,
  type OutsideComparison,
} from "./inference/compare-outside-variable.js";
export { type CompareTestsOptions, compareTests, type TestComparison } from "./inference/compare-tests.js";
export { cramersV } from "./inference/cramers-v.js";
export type { NumericTest } from "./inference/describe-column.js";
export type { BeyondBases, DescriptorTest, DifferenceOrigin } from "./inference/descriptor-line.js";
export { type DunnOptions, dunnTest } from "./inference/dunn-test.js";
export { type Equivalence, type EquivalenceOptions, equivalenceTest } from "./inference/equivalence-test.js";
export { type FisherOptions, fisherExact } from "./inference/fisher-exact.js";
export { gTest } from "./inference/g-test.js";
export { gamesHowell, type PairwiseOptions } from "./inference/games-howell.js";
export { hedgesG } from "./inference/hedges-g.js";
export type { Inheritance } from "./inference/inherited-from.js";
export { kruskalWallis, rankEpsilonSquared } from "./inference/kruskal-wallis.js";
export { type MannWhitneyOptions, mannWhitneyU } from "./inference/mann-whitney-u.js";
export { oneWayAnova } from "./inference/one-way-anova.js";
export type { PairDifference, PairwiseResult } from "./inference/pairwise-result.js";
export { type StudentizedRange, studentizedRange } from "./inference/studentized-range.js";
export {
  type BasisFeatureTest,
  type TestBasisFeatureOptions,
  testBasisFeature,
} from "./inference/test-basis-feature.js";
export { type TestDescriptorsOptions, testDescriptors } from "./inference/test-descriptors.js";
export { testIndependence } from "./inference/test-independence.js";
export type {
  EffectSize,
  Interval,
  IntervalOptions,
  TestOptions,
  TestResult,
} from "./inference/test-result.js";
export { tukeyKramer } from "./inference/tukey-kramer.js";
export { epsilonSquared, etaSquared, omegaSquared } from "./inference/variance-explained.js";
export { welchAnova } from "./inference/welch-anova.js";
export { type WelchT, welchT } from "./inference/welch-t.js";
export type { Route } from "./kmeans/fit-route.js";
export { fitKMeans, type KMeansFit, type KMeansOptions } from "./kmeans/kmeans.js";
export { crossCheckKMeans, type SecondOpinion } from "./kmeans/second-opinion.js";
export type { RowGroups } from "./kmeans/tie-rows.js";
export {
  fitWeightedKMeans,
  type WeightedKMeansFit,
  type WeightedKMeansOptions,
} from "./kmeans/weighted-kmeans.js";
export {
  assignRows,
  type ModelledFit,
  type PlacedFit,
  type RowAssignment,
  type TierAssignment,
} from "./methods/assign-rows.js";
export {
  fitRfmQuantiles,
  type QuantileScore,
  type RfmQuantilesFit,
  type RfmQuantilesOptions,
} from "./methods/rfm-quantiles.js";
export {
  type CovarianceName,
  fitGaussianMixture,
  type GaussianMixtureFit,
  type GaussianMixtureOptions,
} from "./models/gaussian-mixture.js";
export {
  fitLatentClass,
  type ItemAnswers,
  type LatentClassFit,
  type LatentClassOptions,
} from "./models/latent-class.js";
export {
  type LatentClassTestOptions,
  type LikelihoodRatioTest,
  latentClassTest,
} from "./models/latent-class-test.js";
export type { ModelAssignment, ModelFit } from "./models/model-fit.js";
export { type ClaimValue, claim } from "./notebook/claim.js";
export { type ClearOutputOptions, clearOutput } from "./notebook/clear-output.js";
export type { MimeBundle } from "./notebook/display-bundle.js";
export { fromFrame, numbers } from "./notebook/from-frame.js";
export { type MarkdownText, markdown } from "./notebook/markdown.js";
export { type Showable, type ShowOptions, show } from "./notebook/show.js";
export { type DataFrame, type ToFrameOptions, toFrame } from "./notebook/to-frame.js";
export type { FeatureTable } from "./pushdown/count-features.js";
export { type MakeFeaturesOptions, makeFeatures } from "./pushdown/features-table.js";
export type { IntegerCentres } from "./pushdown/kmeans-sql.js";
export type { PushedCategory, PushedNumber, PushedProfile } from "./pushdown/profile-segments.js";
export type { PushdownDialect, PushdownEngine } from "./pushdown/pushdown-engine.js";
export type { PushedStability } from "./pushdown/resample-stability.js";
export type { PushedKMeans } from "./pushdown/run-kmeans.js";
export {
  type PushedSegments,
  type SegmentOnEngineOptions,
  segmentOnEngine,
} from "./pushdown/segment-on-engine.js";
export {
  type CheckedClaim,
  type CheckedNumber,
  type ClaimStatus,
  checkClaims,
} from "./refresh/check-claims.js";
export {
  compareDefinitions,
  type DefinitionAgreement,
  type DefinitionComparison,
  type DefinitionDifferences,
} from "./refresh/compare-definitions.js";
export {
  decomposeMigration,
  type ScoredCustomers,
  type ScoredDates,
  type SegmentChange,
} from "./refresh/decompose-migration.js";
export {
  type ClassifyDatesOptions,
  classifyDates,
  type DatedRows,
  type DomainClassifier,
} from "./refresh/domain-classifier.js";
export { type DriftOptions, measureDrift } from "./refresh/drift-measure.js";
export type {
  CategoryDrift,
  DriftBasis,
  DriftedCategory,
  DriftReport,
  DriftTest,
  DriftTestName,
  FeatureDrift,
  NumberDrift,
} from "./refresh/drift-record.js";
export { driftSummary } from "./refresh/drift-summary.js";
export { driftFloors } from "./refresh/drift-tests.js";
export { countInBins, type FrozenBins, freezeBins } from "./refresh/frozen-bins.js";
export { type History, type HistoryState, latestState, readHistory, stateAt } from "./refresh/history.js";
export { type StateFiles, stateFiles } from "./refresh/history-layout.js";
export type {
  MembershipStay,
  SegmentAtDate,
  SegmentRetention,
  SegmentTransition,
  SharedCustomers,
} from "./refresh/history-query.js";
export { type AssignmentsToHold, type HeldAssignments, holdAssignments } from "./refresh/hold-assignments.js";
export type { CentrePair, MatchedCentres } from "./refresh/match-centres.js";
export {
  type CommonCustomers,
  type FormerSegment,
  type MatchedSegment,
  type MatchThresholds,
  matchSegments,
  type SegmentMatching,
  type SegmentStatus,
} from "./refresh/match-segments.js";
export {
  type MembershipCounts,
  type MembershipReason,
  type MembershipStep,
  writeMembership,
} from "./refresh/membership.js";
export { type DatedMembership, type MigrationTable, migrationTable } from "./refresh/migration-table.js";
export { type OpenHistory, openHistory } from "./refresh/open-history.js";
export { populationStabilityIndex, type StabilityIndex } from "./refresh/population-stability-index.js";
export {
  type RecommendationRules,
  type RefreshEvidence,
  recommendRefresh,
} from "./refresh/recommend-refresh.js";
export {
  type DataEvidence,
  judgeData,
  judgeResult,
  type ResultEvidence,
} from "./refresh/refresh-gates.js";
export type {
  CustomerCounts,
  CustomerFlow,
  DefinitionInForce,
  FormerSegmentRecord,
  HysteresisRecord,
  MigrationDecomposition,
  PreviousState,
  RefreshedSegment,
  RefreshGate,
  RefreshInput,
  RefreshMigration,
  RefreshRecommendation,
  RefreshRecord,
  RevenueDecomposition,
} from "./refresh/refresh-record.js";
export { compareSegmentMix, type MixedSegment, type SegmentMix } from "./refresh/segment-mix.js";
export type { SegmentPart } from "./refresh/segment-parts.js";
export { checkSources, type SourceChecks, type SourceRows } from "./refresh/source-checks.js";
export { findRepeatedLines, type RepeatedDays, type RepeatedLines } from "./refresh/source-checks-lines.js";
export { type StuartMaxwellTest, stuartMaxwell } from "./refresh/stuart-maxwell.js";
export { type TwoSampleDistance, twoSampleDistance } from "./refresh/two-sample-distance.js";
export { renderSegmentCards } from "./report/segment-cards.js";
export { type Assignment, type AssignmentOptions, assignCustomers } from "./segments/assign.js";
export {
  type CampaignCell,
  type CampaignResponse,
  type CampaignRow,
  campaignResponse,
  type Rate,
  type SegmentMembership,
} from "./segments/campaign-response.js";
export {
  type CategoryAffinity,
  type CategoryAffinityCell,
  categoryAffinity,
} from "./segments/category-affinity.js";
export {
  type CellCount,
  type CellFinding,
  checkRules,
  type RulesCheck,
  type RulesCheckOptions,
} from "./segments/check-rules.js";
export type {
  Comparison,
  Condition,
  FeatureComparison,
  NestedSegment,
  RelativeDay,
  ScoreComparison,
} from "./segments/condition.js";
export type { CustomerColumn, CustomerValues } from "./segments/customer-values.js";
export { defineRules, type RulesToDefine } from "./segments/define-rules.js";
export { defineSegments, type SegmentName, type SegmentsToDefine } from "./segments/define-segments.js";
export type {
  Definition,
  DefinitionFeature,
  DefinitionVerdict,
  FallbackSegment,
  KMeansDefinition,
  KMeansLatticeModel,
  RulesDefinition,
  SegmentDefinition,
  Surrogate,
  VerificationRow,
} from "./segments/definition.js";
export { type DefinitionInput, inputsOf } from "./segments/definition-inputs.js";
export { type DrawnRules, drawRules } from "./segments/draw-rules.js";
export {
  type EvaluationOptions,
  evaluateSegments,
  type SegmentEvaluation,
  type SegmentEvaluations,
} from "./segments/evaluate-segments.js";
export {
  type ExplainOptions,
  explainSegments,
  type RuleCounts,
  type SegmentExplanation,
  type SegmentRules,
} from "./segments/explain-segments.js";
export { freezeScores, type ScoreToFreeze } from "./segments/freeze-scores.js";
export type { ItemPurchase } from "./segments/item-baskets.js";
export type { KnockOut, KnockOutResult } from "./segments/knock-outs.js";
export { markerInWords } from "./segments/marker-words.js";
export type { OutcomeMeasure, OutcomeScale } from "./segments/outcome-estimate.js";
export type {
  CategoryProfile,
  CategoryShare,
  FeatureProfile,
  Marker,
  NumberProfile,
  Profile,
  SegmentCategory,
  SegmentCategoryShare,
  SegmentFeature,
  SegmentLabel,
  SegmentNumber,
  SegmentProfile,
} from "./segments/profile.js";
export type { MarkerThresholds } from "./segments/profile-markers.js";
export {
  profileRegions,
  type RegionCell,
  type RegionProfile,
  type RegionRow,
} from "./segments/profile-regions.js";
export { type ProfileOptions, profileSegments } from "./segments/profile-segments.js";
export type { RankStability } from "./segments/rank-stability.js";
export { readDefinition } from "./segments/read-definition.js";
export { requireTotal } from "./segments/require-total.js";
export { type RfmMapOptions, type RuleMap, rfmMap } from "./segments/rfm-map.js";
export type { RuleCondition } from "./segments/rule-words.js";
export { rulesAsOf } from "./segments/rules-as-of.js";
export type { RulesInData } from "./segments/rules-in-data.js";
export type { NestedCuts, Rule, RulesModel, Score } from "./segments/rules-model.js";
export type { SegmentRule } from "./segments/rules-of-tree.js";
export type {
  CardSeparation,
  NothingReliable,
  SegmentCard,
  SegmentOverview,
  SeparationFigure,
} from "./segments/segment-card.js";
export type {
  BuyFact,
  CategoryFact,
  CategoryFigures,
  FactFeature,
  FeatureFact,
  NumberFact,
  NumberFigures,
  RuleFact,
  SegmentFact,
  SegmentFacts,
} from "./segments/segment-facts.js";
export {
  type SlippingAway,
  type SlippingOptions,
  type SlippingSegment,
  slippingAway,
} from "./segments/slipping-away.js";
export {
  ageText,
  type DatedDefinition,
  type DefinitionAge,
  definitionAge,
  lastFreshDay,
  stalenessText,
} from "./segments/staleness.js";
export { type NameSuggestion, suggestNames } from "./segments/suggest-names.js";
export { type SurrogateOptions, surrogateRules } from "./segments/surrogate-rules.js";
export {
  answersIn,
  type OutcomeCell,
  type OutcomeResult,
  type SurveyOutcome,
  type SurveyOutcomeOptions,
  surveyOutcomes,
} from "./segments/survey-outcomes.js";
export { type ValueTiersOptions, valueTiers } from "./segments/value-tiers.js";
export type {
  CriterionSide,
  CriterionStart,
  RatedPart,
  WeightedCriterion,
} from "./segments/weighted-criteria.js";
export {
  type RefreshColumns,
  type WriteAssignmentsOptions,
  writeAssignments,
} from "./segments/write-assignments.js";
export { writeDefinition } from "./segments/write-definition.js";
export type {
  CellReason,
  CleaningAccount,
  CustomersAccount,
  DroppedRows,
  DropReason,
  FileAccount,
  JoinAccount,
  MissingCells,
  RowExample,
  SourceAccount,
  StepAccount,
  TransactionTotals,
} from "./sources/account.js";
export type { MethodRow, MethodsView } from "./tables/method-tables.js";
export * as tables from "./tables/tables.js";
export type { ActionRow } from "./tables/value-tables.js";
export type { JudgedRow } from "./tables/verdict-tables.js";
export { adjustedRandIndex } from "./validity/adjusted-rand.js";
export {
  type AssessCountsOptions,
  assessCounts,
  type CountStability,
  type CountsAssessment,
  type PairValues,
  type SegmentWithin,
} from "./validity/assess-counts.js";
export {
  type AssessStabilityOptions,
  assessStability,
  type StabilityAssessment,
} from "./validity/assess-stability.js";
export {
  assessTimeSplit,
  type SegmentInTime,
  type TimeSplit,
  type TimeSplitOptions,
} from "./validity/assess-time-split.js";
export {
  type BootstrapInstability,
  bootstrapInstability,
  type InstabilityRow,
} from "./validity/bootstrap-instability.js";
export {
  type ChooseClusterCountOptions,
  type ClusterCountChoice,
  type ClusterCountRow,
  chooseClusterCount,
} from "./validity/choose-cluster-count.js";
export {
  type ClusteringAgreement,
  compareClusterings,
  type NamedClustering,
} from "./validity/compare-clusterings.js";
export {
  type CountErrorName,
  type CountIndex,
  type CountIndexName,
  countIndices,
} from "./validity/count-indices.js";
export type { ResamplingScheme } from "./validity/draw-resample.js";
export { dunnIndex } from "./validity/dunn-index.js";
export {
  type FenceSitter,
  type FenceSitterOptions,
  type FenceSitters,
  findFenceSitters,
  type SegmentFence,
} from "./validity/fence-sitters.js";
export {
  type GapMethod,
  type GapOptions,
  type GapRow,
  type GapStatistic,
  gapStatistic,
} from "./validity/gap-statistic.js";
export { calinskiHarabasz, daviesBouldin } from "./validity/internal-indices.js";
export {
  type LeaveOneOutOptions,
  leaveOneFeatureOut,
  type WithoutFeature,
} from "./validity/leave-one-feature-out.js";
export type { Memberships } from "./validity/memberships.js";
export { type MergeLoss, mergeLosses } from "./validity/merge-losses.js";
export {
  type PredictionStrength,
  type PredictionStrengthRow,
  predictionStrength,
} from "./validity/prediction-strength.js";
export type { RawRows } from "./validity/refit-recipe.js";
export type { ResampleOptions } from "./validity/resample-options.js";
export {
  type CountAcross,
  type SegmentAcross,
  type SegmentFlow,
  type SegmentsAcrossCounts,
  segmentsAcrossCounts,
} from "./validity/segments-across-counts.js";
export { meanSilhouette, type SilhouetteEstimate, silhouetteSamples } from "./validity/silhouette.js";
export type { ClusterStability, SpreadOverResamples } from "./validity/summarize-overlaps.js";
export {
  type BlockVariance,
  type FeatureVariance,
  type VarianceShare,
  type VarianceShares,
  type VarianceSharesOptions,
  varianceShares,
} from "./validity/variance-shares.js";
export { variationOfInformation } from "./validity/variation-of-information.js";
export {
  allocateBudget,
  type BudgetAllocation,
  type BudgetLine,
  type BudgetOption,
  type BudgetPlan,
} from "./value/allocate-budget.js";
export type { AnyPurchaseFit } from "./value/any-purchase-fit.js";
export { assignHoldout, checkSampleRatio, type SampleRatioCheck } from "./value/assign-holdout.js";
export {
  type AssortmentGap,
  type AssortmentGapOptions,
  type AssortmentGaps,
  assortmentGaps,
} from "./value/assortment-gaps.js";
export {
  type BasketAffinity,
  type BasketAffinityOptions,
  basketAffinity,
  type ItemPair,
} from "./value/basket-affinity.js";
export {
  type BestCampaigns,
  bestCampaigns,
  type CampaignOutlook,
  type SegmentCampaign,
} from "./value/best-campaigns.js";
export type { CountedRate } from "./value/beta-binomial.js";
export type { CalendarPeriod } from "./value/calendar-periods.js";
export { type Cohort, cohortTable } from "./value/cohort-table.js";
export type { BasketItem } from "./value/count-pairs.js";
export {
  customerLifetimeValue,
  type LifetimeValues,
  type ValueModels,
  type ValueTerms,
} from "./value/customer-lifetime-value.js";
export {
  type CustomerSurvival,
  customerSurvival,
  type SegmentSurvival,
  type SurvivalInput,
} from "./value/customer-survival.js";
export {
  type DatedPurchase,
  type DemandBySegment,
  demandBySegment,
  type SegmentDemand,
  type SegmentDemandOptions,
} from "./value/demand-by-segment.js";
export {
  type EffectHeterogeneity,
  type GroupEffect,
  poolEffects,
  testHeterogeneity,
} from "./value/effect-heterogeneity.js";
export { expectedPurchases, expectedRepeats } from "./value/expected-purchases.js";
export {
  type BetaGeometricParameter,
  type BgNbdFit,
  fitBgNbd,
  fitMbgNbd,
  type MbgNbdFit,
} from "./value/fit-beta-geometric.js";
export {
  expectedSpend,
  fitGammaGamma,
  type GammaGammaFit,
  type GammaGammaOptions,
  type PurchaseValues,
} from "./value/fit-gamma-gamma.js";
export { fitParetoNbd, type ParetoNbdFit, type ParetoNbdParameter } from "./value/fit-pareto-nbd.js";
export type { PurchaseModelName } from "./value/fit-purchase-model.js";
export {
  expectedSurvival,
  fitShiftedBetaGeometric,
  type ShiftedBetaGeometricFit,
} from "./value/fit-shifted-beta-geometric.js";
export {
  type DemandForecast,
  type DemandOptions,
  type ForecastError,
  forecastDemand,
} from "./value/forecast-demand.js";
export type { ForecastRule } from "./value/forecast-rules.js";
export {
  type HoldoutOptions,
  holdoutPlan,
  type SegmentHoldout,
  type SegmentToTest,
} from "./value/holdout-plan.js";
export { kaplanMeier, type SurvivalPoint } from "./value/kaplan-meier.js";
export {
  type Division,
  type OutOfTimeLine,
  outOfTimeValue,
  quantileGroups,
} from "./value/out-of-time-value.js";
export {
  type CampaignOutcome,
  type PolicyLine,
  type PolicyOptions,
  type PolicyProfit,
  policyProfit,
} from "./value/policy-profit.js";
export { type PooledRate, type PooledRates, poolRates } from "./value/pool-rates.js";
export { probabilityAlive } from "./value/probability-alive.js";
export {
  type ProductAffinity,
  type ProductAffinityCell,
  type ProductAffinityOptions,
  productAffinity,
} from "./value/product-affinity.js";
export type { Purchases } from "./value/purchase-diaries.js";
export type { PurchaseHistories } from "./value/purchase-histories.js";
export type { FitOptions, PurchaseFit } from "./value/purchase-model.js";
export { type QiniCurve, type QiniPoint, qiniCurve } from "./value/qini-curve.js";
export {
  type Opportunity,
  type OpportunityGroup,
  type OpportunityParts,
  type OpportunityWeights,
  rankOpportunities,
} from "./value/rank-opportunities.js";
export { fitResponseCurve, type ResponseCurve, responseAt } from "./value/response-curve.js";
export {
  type BuyerShare,
  type StatedAndBought,
  type StatedValues,
  statedAgainstBought,
} from "./value/stated-against-bought.js";
export {
  type PurchaseSummary,
  type SummaryOptions,
  summarizePurchases,
} from "./value/summarize-purchases.js";
export {
  type CriteriaOptions,
  type CriteriaTest,
  type CriterionLine,
  testCriteria,
} from "./value/test-criteria.js";
export { type ThreeWayInteraction, testThreeWayInteraction } from "./value/three-way-interaction.js";
export {
  type HoldoutGroup,
  holdoutByRepeats,
  type TrackedPurchases,
  trackPurchases,
} from "./value/track-purchases.js";
export {
  type CampaignTest,
  type SegmentUplift,
  type UpliftBySegment,
  upliftBySegment,
} from "./value/uplift-by-segment.js";
export {
  type CustomerAtRisk,
  type SegmentValue,
  saveList,
  valueBySegment,
} from "./value/value-by-segment.js";
export { type ValueConcentration, valueConcentration } from "./value/value-concentration.js";
export { type CustomerValuation, type ValueOptions, valueCustomers } from "./value/value-customers.js";
export { type GroupedValuation, valueGroups } from "./value/value-groups.js";
export type { JudgeOptions } from "./verdict/judge-options.js";
export { judgeSegments } from "./verdict/judge-segments.js";
export type {
  CountSeparation,
  JudgedSolution,
  Judgement,
  MergeAdvice,
  NullBand,
  PairJudgement,
  SampleSizeRule,
  SegmentJudgement,
} from "./verdict/judgement.js";
export { boughtCategories, respondedCampaigns } from "./workbook/behaviour.js";
export {
  campaignPoints,
  categoryView,
  correlationView,
  distributionViews,
  profileView,
  snakeView,
} from "./workbook/chart-views.js";
export { checkPrivacy, type PrivacyCheck, requirePrivacy } from "./workbook/check-privacy.js";
export { type ComparedMethod, compareMethods, type MethodComparison } from "./workbook/compare-methods.js";
export type { DecidedCount } from "./workbook/decide-count.js";
export {
  type DrawnSegments,
  type DrawnWorkbook,
  drawFileSegments,
  drawSegments,
  drawSurrogate,
} from "./workbook/draw-segments.js";
export {
  type FindSegmentsOptions,
  type FoundSegments,
  findSegments,
  type SearchProgress,
  type SegmentSearch,
} from "./workbook/find-segments.js";
export {
  type FitOnEngineOptions,
  type FittedOnEngine,
  fitOnEngine,
} from "./workbook/fit-on-engine.js";
export {
  decompositionView,
  driftView,
  flowsView,
  revenueChangeView,
  sizesView,
  transitionsView,
} from "./workbook/history-views.js";
export type { JudgedSearch } from "./workbook/judge-search.js";
export type { NamedSegment } from "./workbook/named-segment.js";
export { type OpenWorkbookOptions, openWorkbook, type Workbook } from "./workbook/open-workbook.js";
export { readRegionFile } from "./workbook/read-region-file.js";
export type { RefreshOptions, RefreshOutcome } from "./workbook/refresh-options.js";
export { refreshSummary } from "./workbook/refresh-story.js";
export { refreshWorkbook } from "./workbook/refresh-workbook.js";
export {
  type SegmentCustomersOptions,
  segmentCustomers,
} from "./workbook/segment-customers.js";
export { segmentFacts } from "./workbook/segment-facts-of.js";
export type { Segmentation } from "./workbook/segmentation.js";
export { historyFolderOf } from "./workbook/state-in-force.js";
export type { TriedMethod } from "./workbook/try-methods.js";
export { type ActionParts, segmentActions } from "./workbook/value-actions.js";
export { type NextCampaigns, nextCampaigns } from "./workbook/value-campaigns.js";
export type { ValueCheck } from "./workbook/value-check.js";
export { demandSentence, type NextDemand, nextDemand } from "./workbook/value-demand.js";
export { writeValues } from "./workbook/value-files.js";
export { gapSentence, type MissedCategories, missedCategories } from "./workbook/value-gaps.js";
export { type SegmentOpportunities, segmentOpportunities } from "./workbook/value-opportunities.js";
export { overviewWithValue } from "./workbook/value-overview.js";
export { type ProductLeads, productLeads } from "./workbook/value-products.js";
export {
  type ShownValue,
  type ValueOutcome,
  type ValueSegmentsOptions,
  valueSegments,
  type WorkbookValue,
} from "./workbook/value-segments.js";
export {
  campaignSentence,
  opportunitySentence,
  productSentence,
  riskSentence,
  worthSentence,
} from "./workbook/value-sentences.js";
export { type VerdictSentences, verdictSentences } from "./workbook/verdict-sentences.js";
export { densityView, fenceView, mergeView, separationView, valleyView } from "./workbook/verdict-views.js";
export {
  type RunFileOptions,
  type WrittenFile,
  writeAccount,
  writeRunFiles,
} from "./workbook/write-run-files.js";
