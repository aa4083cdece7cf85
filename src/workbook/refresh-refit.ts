import type { WorkbookConfig } from "../config/workbook-config.js";
import type { CustomerTable } from "../core/feature.js";
import { matrixOfColumns } from "../core/matrix.js";
import { smallestCell } from "../core/privacy.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import type { CommonRows } from "../refresh/common-rows.js";
import { matchSegments, type SegmentMatching } from "../refresh/match-segments.js";
import { assignToCentres } from "../segments/assign-to-centres.js";
import { defineSegments, type SegmentName } from "../segments/define-segments.js";
import { type KMeansDefinition, latticeSteps } from "../segments/definition.js";
import { type FoundSegments, findSegments, type SearchProgress } from "./find-segments.js";
import { suggestNamesOf } from "./name-clusters.js";
import { scoringColumns } from "./refresh-columns.js";
import { type ContinuedKeys, continueKeys } from "./refresh-keys.js";
import { reorderFound } from "./reorder-found.js";
import { verdictOf } from "./verdict-of.js";

/** Segments found anew under the frozen recipe, and which of the former ones they are. */
export interface Refit {
  /** In the order of the definition. */
  readonly found: FoundSegments;
  /** Segments after are those of the definition, in its order. */
  readonly matching: SegmentMatching;
  /** The next version, not in force yet. */
  readonly definition: KMeansDefinition;
}

/** What {@link refitSegments} works with. */
export interface RefitInputs {
  readonly config: WorkbookConfig;
  readonly features: readonly FeatureDefinition[];
  readonly former: KMeansDefinition;
  /** Customers now. */
  readonly table: CustomerTable;
  /** Segments of the customers before, as indices into those of the former definition. */
  readonly formerLabels: Int32Array;
  readonly common: CommonRows;
  /** Highest number that a segment of the history ever had. */
  readonly highestKey: number;
}

/**
 * Seeks segments anew under the frozen recipe and gives those that go on their keys and names.
 *
 * Free starts and, where there are as many segments as before, the former centres: the tighter fit wins. Same inputs, same bytes.
 *
 * @throws InputError as findSegments and defineSegments.
 */
export function refitSegments(
  inputs: RefitInputs,
  search: { readonly memory: string; readonly onProgress?: (progress: SearchProgress) => void },
): Refit {
  const { config, former, table } = inputs;
  const { recipe, model } = former;
  const columns = [...scoringColumns(table, former).columns.values()] as ArrayLike<number>[];
  const { weights: _frozen, ...wishes } = config.segmentation;
  const found = findSegments(
    matrixOfColumns(
      recipe.steps.map(({ feature }) => feature),
      columns,
    ),
    { ...wishes, recipe, keepsWeights: true, formerCentres: model.centres.map(onLattice), ...search },
  );
  const { labels } = assignToCentres(recipe, found.fit.centres.map(inSteps), columns);
  const matching = matchFound(inputs, found, labels);
  const keys = continueKeys(matching, {
    former: former.segments.map(({ key }) => key),
    sizes: found.fit.sizes,
    highest: inputs.highestKey,
  });
  const ordered = reorderFound(found, keys.order);
  return {
    found: ordered,
    matching: reorderMatching(matching, keys.order),
    definition: defineRefit(inputs, ordered, keys),
  };
}

function matchFound(
  { config, former, formerLabels, common }: RefitInputs,
  { clusterCount, fit }: FoundSegments,
  labels: Int32Array,
): SegmentMatching {
  const { continued, drifted, part } = config.refresh;
  const centres = former.model.centres.map(onLattice);
  return matchSegments(
    {
      before: common.before.map((row) => formerLabels[row]!),
      after: common.after.map((row) => labels[row]!),
      beforeCount: centres.length,
      afterCount: clusterCount,
      centreDistance: (a, b) => distanceOf(centres[a]!, fit.centres[b]!),
    },
    { continued, drifted, part },
  );
}

function reorderMatching({ segments, former }: SegmentMatching, order: readonly number[]): SegmentMatching {
  const places = new Map(order.map((segment, place) => [segment, place]));
  return {
    segments: order.map((segment, after) => ({ ...segments[segment]!, after })),
    former: former.map((one) => ({
      ...one,
      into: one.into.map((part) => ({ ...part, segment: places.get(part.segment)! })),
    })),
  };
}

function defineRefit(
  inputs: RefitInputs,
  found: FoundSegments,
  { keys, keeps }: ContinuedKeys,
): KMeansDefinition {
  const { config, features, former } = inputs;
  const names = namesOf(inputs, found, { keys, keeps });
  return defineSegments({
    id: former.id,
    version: former.version + 1,
    createdFor: config.asOf,
    maxAgeDays: config.refresh.maxAgeDays,
    keyName: config.key,
    lineage: former.fingerprint,
    ...(former.owner !== null && { owner: former.owner }),
    features,
    recipe: former.recipe,
    fit: found.fit,
    keys,
    ...verdictOf(
      found,
      keys.map((key) => names.get(key)!.name),
    ),
    names,
  });
}

/** Names by key: the analyst's, else the one that a segment had, else one from its markers. What is said of it is always of today. */
function namesOf(
  { config, former, table }: RefitInputs,
  { fit, clusterCount }: FoundSegments,
  { keys, keeps }: Pick<ContinuedKeys, "keys" | "keeps">,
): ReadonlyMap<string, SegmentName> {
  const smallestGroup = smallestCell(config.privacy);
  const suggested = [...suggestNamesOf(table, fit.labels, clusterCount, { smallestGroup }).values()];
  const taken = new Set(former.segments.map(({ name }) => name));
  return new Map(
    keys.map((key, place) => {
      const { name, description = "" } = suggested[place]!;
      const kept = keeps[place];
      // A new segment must not look like one that is there, or was.
      const own = taken.has(name) ? `${name} (${key})` : name;
      const usual = { name: typeof kept === "number" ? former.segments[kept]!.name : own, description };
      return [key, { ...usual, ...config.names.get(key) }];
    }),
  );
}

function onLattice(centre: readonly number[]): number[] {
  return centre.map((steps) => steps / latticeSteps);
}

function inSteps(centre: readonly number[]): number[] {
  return centre.map((value) => value * latticeSteps);
}

function distanceOf(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, j) => value - b[j]!));
}
