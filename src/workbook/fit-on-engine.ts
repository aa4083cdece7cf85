import type { SegmentNaming, WorkbookConfig } from "../config/workbook-config.js";
import { basisMatrix } from "../features/basis-matrix.js";
import { listFeatures } from "../features/catalogue.js";
import { fitRecipeOfCounts } from "../features/fit-recipe.js";
import { assignmentSql } from "../pushdown/assignment-sql.js";
import { cleanTables } from "../pushdown/clean-tables.js";
import { type CountedFeatures, countFeatures, type FeatureTable } from "../pushdown/count-features.js";
import { makeFeatures } from "../pushdown/features-table.js";
import { createTable, ownTable, type PushdownEngine } from "../pushdown/pushdown-engine.js";
import { type PushedKMeans, runKMeans } from "../pushdown/run-kmeans.js";
import { sampleCustomers } from "../pushdown/sample-customers.js";
import { makeLattice } from "../pushdown/segment-on-engine.js";
import { defineSegments, definitionId } from "../segments/define-segments.js";
import { type Definition, segmentKeys } from "../segments/definition.js";
import { runName } from "./check-on-engine.js";
import { declaredTransforms, declaredWeights } from "./declared-wishes.js";
import { type FoundSegments, findSegments, type SearchProgress } from "./find-segments.js";
import { suggestNamesOf } from "./name-clusters.js";
import { verdictOf } from "./verdict-of.js";

/** What {@link fitOnEngine} may be told. */
export interface FitOnEngineOptions {
  readonly clusterCount?: number;
  readonly seed?: number;
  /** Customers on whom count and verdict are decided; default 20,000. */
  readonly sampleSize?: number;
  /** Told of the progress of the search on the sample. */
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Told before and after the search on the sample, which never yields. */
  readonly onSearch?: (isSearching: boolean) => void;
}

/** Segments of a workbook whose customers stay on a cluster. */
export interface FittedOnEngine {
  /** Found and judged on the sample; centres, sizes and inertia are those of all customers. */
  readonly found: FoundSegments;
  readonly definition: Definition;
}

const defaultSample = 20_000;
const step = 2 ** -20;

/**
 * From a workbook's tables on a cluster to a definition: cleaned, features made and clusters found there.
 *
 * The recipe is fitted on all customers, count and verdict are decided on a sample drawn by a hash of the key, and k-means then
 * runs over all customers to its exact fixed point. Where the sample is everybody, the definition has the bytes of a fit here.
 * Tables `segbook_<id>_…` stay on the cluster, the assignments among them.
 *
 * @throws InputError as cleanTables and findSegments.
 */
export async function fitOnEngine(
  engine: PushdownEngine,
  config: WorkbookConfig,
  options: FitOnEngineOptions = {},
): Promise<FittedOnEngine> {
  const { seed = config.segmentation.seed, sampleSize = defaultSample } = options;
  const run = runName(config);
  const features = listFeatures(config);
  const { relationOf } = await cleanTables(engine, config, run);
  const table = await makeFeatures(engine, config, { run, relationOf });
  const counted = await countFeatures(engine, table, config.basis);
  const wishes = {
    transforms: declaredTransforms(config),
    ...declaredWeights(features, config.segmentation.weights),
  };
  const recipe = fitRecipeOfCounts(counted.columns, counted.rowCount, wishes);
  const sample = await sampleCustomers(engine, table, {
    features,
    keyName: config.key,
    size: sampleSize,
    seed,
  });
  const { weights: _, ...segmentation } = config.segmentation;
  const clusterCount = options.clusterCount ?? segmentation.clusterCount;
  options.onSearch?.(true);
  const judged = findSegments(basisMatrix(sample, config.basis), {
    ...segmentation,
    ...wishes,
    recipe,
    seed,
    ...(clusterCount !== undefined && { clusterCount }),
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  options.onSearch?.(false);
  const kmeans = await clusterAll(engine, judged, { table, counted, run });
  const found = withAll(judged, kmeans, { sampled: sample.keys.length, rowCount: counted.rowCount });
  // A name belongs to the cut it was given for, not to another number of segments tried in passing.
  const names = options.clusterCount ? new Map<string, SegmentNaming>() : config.names;
  const suggestedNames = suggestNamesOf(sample, judged.fit.labels, judged.clusterCount);
  const called = segmentKeys(found.clusterCount).map(
    (key) => (names.get(key) ?? suggestedNames.get(key)!).name,
  );
  const definition = defineSegments({
    id: definitionId(config.name),
    createdFor: config.asOf,
    maxAgeDays: config.refresh.maxAgeDays,
    keyName: config.key,
    features,
    recipe: found.recipe,
    fit: found.fit,
    ...verdictOf(found, called),
    names,
    suggestedNames,
  });
  const lattice = { from: ownTable(run, "lattice"), columnCount: found.recipe.steps.length };
  const { segments } = definition;
  const { dialect } = engine;
  await createTable(
    engine,
    ownTable(run, "assignments"),
    assignmentSql(lattice, definition.model.centres, { segments, dialect }),
  );
  return { found, definition };
}

async function clusterAll(
  engine: PushdownEngine,
  { recipe, fit }: FoundSegments,
  input: { readonly table: FeatureTable; readonly counted: CountedFeatures; readonly run: string },
): Promise<PushedKMeans> {
  const lattice = await makeLattice(engine, recipe, input);
  const centres = fit.centres.map((centre) => centre.map((value) => value / step));
  return runKMeans(engine, lattice, { centres, keepNumbers: true });
}

/** What was judged on the sample, with centres, sizes and inertia of everybody. */
function withAll(
  judged: FoundSegments,
  kmeans: PushedKMeans,
  { sampled, rowCount }: { readonly sampled: number; readonly rowCount: number },
): FoundSegments {
  const inertia = Number(kmeans.inertia) * step * step;
  const note = `Count and verdict were decided on ${sampled} of ${rowCount} customers; recipe, centres and sizes are of all.`;
  return {
    ...judged,
    fit: {
      ...judged.fit,
      centres: kmeans.centres.map((centre) => centre.map((value) => value * step)),
      sizes: kmeans.sizes,
      inertia,
      objective: inertia,
      notes: [...judged.fit.notes, ...(sampled < rowCount ? [note] : [])],
    },
  };
}
