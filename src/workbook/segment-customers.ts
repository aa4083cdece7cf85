import type { SegmentNaming } from "../config/workbook-config.js";
import { columnOf } from "../core/matrix.js";
import { smallestCell } from "../core/privacy.js";
import { type Assignment, assignCustomers } from "../segments/assign.js";
import { defineSegments, definitionId } from "../segments/define-segments.js";
import { type Definition, segmentKeys } from "../segments/definition.js";
import type { Profile } from "../segments/profile.js";
import { profileSegments } from "../segments/profile-segments.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import {
  type FindSegmentsOptions,
  type FoundSegments,
  findSegments,
  type SearchProgress,
} from "./find-segments.js";
import { suggestNamesOf } from "./name-clusters.js";
import { nameSegments } from "./name-segments.js";
import type { NamedSegment } from "./named-segment.js";
import type { Workbook } from "./open-workbook.js";
import { overviewOf } from "./overview.js";
import { verdictOf } from "./verdict-of.js";

/** The customers of a workbook in segments: found, judged, profiled, named and defined. */
export interface Segmentation extends FoundSegments {
  /** Largest first, in label order. */
  readonly segments: readonly NamedSegment[];
  readonly profile: Profile;
  readonly definition: Definition;
  /** Each customer's segment, by the definition; the same labels as the fit. */
  readonly assignment: Assignment;
  /** What a report shows first. */
  readonly overview: SegmentOverview;
}

/** Options of {@link segmentCustomers}. */
export interface SegmentCustomersOptions {
  /** How many segments; 0 or absent: what the workbook says, else what the verdict recommends. */
  readonly clusterCount?: number;
  /** Seed of the starts; absent: what the workbook says. */
  readonly seed?: number;
  /** Called between units of work of the search; silent where it is remembered. */
  readonly onProgress?: (progress: SearchProgress) => void;
}

/**
 * Finds, judges, profiles, names and defines the segments of a workbook's customers.
 *
 * Deterministic: same files and workbook, same bytes. The search is remembered beside the workbook, so a second call is quick.
 *
 * @throws InputError if every basis feature is constant, there are fewer different customers than segments, or the workbook names a
 * segment that does not exist.
 */
export async function segmentCustomers(
  book: Workbook,
  options: SegmentCustomersOptions = {},
): Promise<Segmentation> {
  const { config } = book;
  const table = await book.table();
  const basis = await book.basis();
  const found = findSegments(basis, searchOptions(book, options));
  // A name belongs to the cut it was given for, not to another number of segments tried in passing.
  const names = options.clusterCount ? new Map<string, SegmentNaming>() : config.names;
  const smallestGroup = smallestCell(config.privacy);
  const suggestedNames = suggestNamesOf(table, found.fit.labels, found.clusterCount, { smallestGroup });
  const called = segmentKeys(found.clusterCount).map(
    (key) => (names.get(key) ?? suggestedNames.get(key)!).name,
  );
  const definition = defineSegments({
    id: definitionId(config.name),
    createdFor: config.asOf,
    maxAgeDays: config.refresh.maxAgeDays,
    keyName: config.key,
    features: book.features,
    recipe: found.recipe,
    fit: found.fit,
    ...verdictOf(found, called),
    names,
    suggestedNames,
  });
  const hasMoney = table.columns.some(({ feature }) => feature.name === "spend");
  const profile = profileSegments(table, found.fit.labels, {
    segments: definition.segments,
    smallestGroup,
    ...(hasMoney && { moneyFeature: "spend" }),
  });
  const columns = new Map(config.basis.map((name, j) => [name, columnOf(basis, j)]));
  const assignment = assignCustomers(definition, { keys: table.keys, columns });
  const segments = nameSegments(found, { definition, profile, names });
  const overview = overviewOf({ book, found, definition, profile, segments });
  return { ...found, segments, profile, definition, assignment, overview };
}

function searchOptions(
  book: Workbook,
  { clusterCount, seed, onProgress }: SegmentCustomersOptions,
): FindSegmentsOptions {
  const { weights: _blocks, ...segmentation } = book.config.segmentation;
  const count = clusterCount || segmentation.clusterCount;
  return {
    ...segmentation,
    transforms: book.transforms,
    ...(book.weights && { weights: book.weights }),
    memory: book.memory,
    ...(seed !== undefined && { seed }),
    ...(count !== undefined && { clusterCount: count }),
    ...(onProgress && { onProgress }),
  };
}
