import type { SegmentNaming } from "../config/workbook-config.js";
import type { CustomerTable } from "../core/feature.js";
import { columnOf } from "../core/matrix.js";
import { smallestCell } from "../core/privacy.js";
import { assignCustomers } from "../segments/assign.js";
import { defineSegments, definitionId } from "../segments/define-segments.js";
import { type Definition, segmentKeys } from "../segments/definition.js";
import { profileSegments } from "../segments/profile-segments.js";
import { type FoundSegments, findSegments, type SearchProgress } from "./find-segments.js";
import { suggestNamesOf } from "./name-clusters.js";
import { nameSegments } from "./name-segments.js";
import type { Workbook } from "./open-workbook.js";
import { overviewOf } from "./overview.js";
import { searchOptions } from "./search-options.js";
import { segmentInForce } from "./segment-in-force.js";
import type { Segmentation } from "./segmentation.js";
import { findContinuity } from "./state-in-force.js";
import { verdictOf } from "./verdict-of.js";

/** Options of {@link segmentCustomers}. */
export interface SegmentCustomersOptions {
  /** How many segments; 0 or absent: what the workbook says, else what the verdict recommends. */
  readonly clusterCount?: number;
  /** Seed of the starts; absent: what the workbook says. */
  readonly seed?: number;
  /** Seek anew, as a first fit does, whatever the history of the workbook holds; default false. */
  readonly isNew?: boolean;
  /** Called between units of work of the search; silent where it is remembered. */
  readonly onProgress?: (progress: SearchProgress) => void;
}

/**
 * Finds, judges, profiles, names and defines the segments of a workbook's customers.
 *
 * Deterministic: same files and workbook, same bytes. The search is remembered beside the workbook, so a second call is quick. Where
 * the workbook's history holds a refresh for its day, the segments are those of that refresh: keys, names, definition and who is held
 * where; sought anew they are only with another count or seed. Where the history holds other days only, or there is none
 * and the day is not that of the file, a caution says so and the names of the workbook, which are for known segments, are not given.
 *
 * @throws InputError if every basis feature is constant, there are fewer different customers than segments, the workbook names a
 * segment that does not exist, or the history is damaged.
 */
export async function segmentCustomers(
  book: Workbook,
  options: SegmentCustomersOptions = {},
): Promise<Segmentation> {
  const { clusterCount, seed, isNew = false, onProgress } = options;
  const isTried = isNew || Boolean(clusterCount) || seed !== undefined;
  const continuity = isTried ? null : await findContinuity(book.config);
  if (continuity !== null && "state" in continuity)
    return segmentInForce(book, continuity.state, onProgress ? { onProgress } : {});
  return segmentAnew(book, options, continuity?.caution);
}

/** @param caution - Why the segments are no known ones; then nobody has named them. */
async function segmentAnew(
  book: Workbook,
  options: SegmentCustomersOptions,
  caution: string | undefined,
): Promise<Segmentation> {
  const { config } = book;
  const table = await book.table();
  const basis = await book.basis();
  const found = findSegments(basis, searchOptions(book, options));
  // A name belongs to the cut it was given for, not to another number of segments tried in passing.
  const isNamed = !options.clusterCount && caution === undefined;
  const names = isNamed ? config.names : new Map<string, SegmentNaming>();
  const definition = defineFound(book, found, { table, names });
  const hasMoney = table.columns.some(({ feature }) => feature.name === "spend");
  const profile = profileSegments(table, found.fit.labels, {
    segments: definition.segments,
    smallestGroup: smallestCell(config.privacy),
    ...(hasMoney && { moneyFeature: "spend" }),
  });
  const columns = new Map(config.basis.map((name, j) => [name, columnOf(basis, j)]));
  const assignment = assignCustomers(definition, { keys: table.keys, columns });
  const segments = nameSegments(found, { definition, profile, names });
  const cautions = caution === undefined ? [] : [caution];
  const overview = overviewOf({ book, found, definition, profile, segments, cautions });
  return { ...found, segments, profile, definition, assignment, overview };
}

function defineFound(
  { config, features }: Workbook,
  found: FoundSegments,
  { table, names }: { readonly table: CustomerTable; readonly names: ReadonlyMap<string, SegmentNaming> },
): Definition {
  const smallestGroup = smallestCell(config.privacy);
  const suggestedNames = suggestNamesOf(table, found.fit.labels, found.clusterCount, { smallestGroup });
  const called = segmentKeys(found.clusterCount).map(
    (key) => (names.get(key) ?? suggestedNames.get(key)!).name,
  );
  return defineSegments({
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
}
