import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { fitRecipeOfCounts, type RecipeOptions } from "../features/fit-recipe.js";
import { applyRecipe, type Recipe } from "../features/recipe.js";
import { fitKMeans } from "../kmeans/kmeans.js";
import { assignmentSql } from "./assignment-sql.js";
import { type CountedFeatures, countFeatures, type FeatureTable } from "./count-features.js";
import type { IntegerCentres, LatticeTable } from "./kmeans-sql.js";
import { latticeSql } from "./lattice-table.js";
import { type PushedProfile, profileOnEngine } from "./profile-segments.js";
import { createTable, ownTable, type PushdownEngine } from "./pushdown-engine.js";
import { type PushedStability, resampleStability } from "./resample-stability.js";
import { type PushedKMeans, runKMeans } from "./run-kmeans.js";
import { sampleFeatures } from "./sample-features.js";

/** What {@link segmentOnEngine} is to find, and where. */
export interface SegmentOnEngineOptions extends RecipeOptions {
  /** One row per customer, features as doubles. */
  readonly table: FeatureTable;
  /** Names of the basis features, in order; at most 32. */
  readonly basis: readonly string[];
  /** Further numeric and categorical features to profile by. */
  readonly descriptors?: { readonly numbers: readonly string[]; readonly categories: readonly string[] };
  readonly clusterCount: number;
  readonly seed: number;
  /** Part of the names of the tables that are left: `segbook_<run>_lattice` and `segbook_<run>_assignments`. */
  readonly run: string;
  /** Customers on which starts are compared; default 20,000. */
  readonly sampleSize?: number;
  /** Starts on the sample; default 50. */
  readonly starts?: number;
  /** Resamples for the stability; default 0: none is measured. */
  readonly resamples?: number;
  /** Called after each step that takes long. */
  readonly onProgress?: (step: string) => void;
}

/** Segments of customers who never left the engine. */
export interface PushedSegments {
  readonly recipe: Recipe;
  readonly rowCount: number;
  /** Customers on whom the starts were compared. */
  readonly sampleSize: number;
  /** Where the passes over all customers began, in lattice steps. */
  readonly initialCentres: IntegerCentres;
  readonly kmeans: PushedKMeans;
  readonly profiles: readonly PushedProfile[];
  /** Null where no resamples were asked for. */
  readonly stability: PushedStability | null;
  readonly latticeTable: string;
  /** customer_id, segment, segment_name, distance, runner_up, margin. */
  readonly assignmentsTable: string;
}

const latticeSteps = 2 ** 20;

/**
 * Segments customers where they are: on DuckDB, Trino or Spark, by SQL alone.
 *
 * What comes back is small: of each basis feature the different values and their counts, a sample without keys on which starts
 * are compared, sums per cluster, profiles. The lattice and the assignments stay as tables on the engine. Recipe, centres,
 * sizes, inertia and assignments are the same bits on every engine, and those of `fitRecipe`, `fitKMeans` from the same
 * centres, and `assignRows`.
 *
 * @throws InputError if the basis has more than 32 features, or as `fitRecipe` and `fitKMeans`.
 */
export async function segmentOnEngine(
  engine: PushdownEngine,
  options: SegmentOnEngineOptions,
): Promise<PushedSegments> {
  const { basis, table, clusterCount, seed, onProgress, run } = options;
  const { sampleSize = 20_000, starts = 50, resamples = 0 } = options;
  checkBasis(basis, table);
  checkCount("segmentOnEngine", "sampleSize", sampleSize, clusterCount);
  const counted = await countFeatures(engine, table, basis);
  const recipe = fitRecipeOfCounts(counted.columns, counted.rowCount, options);
  onProgress?.("recipe fitted");
  const raw = await sampleFeatures(engine, table, basis, { size: sampleSize, seed });
  const fit = fitKMeans(applyRecipe(recipe, raw), { clusterCount, starts, seed });
  const initialCentres = fit.centres.map((centre) => centre.map((value) => value * latticeSteps));
  onProgress?.("starts compared");
  const lattice = await makeLattice(engine, recipe, { table, counted, run });
  onProgress?.("lattice made");
  const kmeans = await runKMeans(engine, lattice, {
    centres: initialCentres,
    onPass: (pass, moved) => onProgress?.(`pass ${pass}: ${moved} of ${clusterCount} centres moved`),
  });
  const assignmentsTable = ownTable(run, "assignments");
  const segments = kmeans.centres.map((_, i) => ({ key: `s${i + 1}`, name: `Segment ${i + 1}` }));
  const { dialect } = engine;
  await createTable(engine, assignmentsTable, assignmentSql(lattice, kmeans.centres, { segments, dialect }));
  const { numbers = basis, categories = [] } = options.descriptors ?? {};
  const profiles = await profileOnEngine(engine, table, {
    numbers,
    categories,
    assignments: assignmentsTable,
  });
  onProgress?.("profiled");
  const measured = { centres: kmeans.centres, resamples, seed, sampleSize, starts };
  const stability =
    resamples === 0
      ? null
      : await resampleStability(engine, lattice, { ...measured, scratch: ownTable(run, "resample") });
  return {
    recipe,
    rowCount: counted.rowCount,
    sampleSize: raw.rowCount,
    initialCentres,
    kmeans,
    profiles,
    stability,
    latticeTable: ownTable(run, "lattice"),
    assignmentsTable,
  };
}

/** Makes the lattice table of a recipe: whole numbers, so that every engine and every order of rows sums them alike. */
export async function makeLattice(
  engine: PushdownEngine,
  recipe: Recipe,
  input: { readonly table: FeatureTable; readonly counted: CountedFeatures; readonly run: string },
): Promise<LatticeTable> {
  const { dialect } = engine;
  const name = ownTable(input.run, "lattice");
  await createTable(engine, name, latticeSql(recipe, input.table, { counted: input.counted, dialect }));
  return { from: quoteIdentifier(name, dialect), columnCount: recipe.steps.length };
}

/** Beyond it a sum of squares on the lattice could leave the whole numbers that a double holds. */
const largestBasis = 32;

function checkBasis(basis: readonly string[], table: FeatureTable): void {
  checkCount(
    "segmentOnEngine",
    "the number of basis features",
    basis.length,
    1,
    largestBasis,
    "exact on the lattice",
  );
  const stranger = basis.find((name) => !table.columns.has(name));
  if (stranger !== undefined)
    throw new InputError(
      `segmentOnEngine: basis must name features of the table, got ${JSON.stringify(stranger)}`,
    );
}
