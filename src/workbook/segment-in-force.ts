import type { CustomerTable } from "../core/feature.js";
import { matrixOfColumns } from "../core/matrix.js";
import { countText } from "../core/number-text.js";
import { smallestCell } from "../core/privacy.js";
import { assignCustomers } from "../segments/assign.js";
import { latticeSteps } from "../segments/definition.js";
import { profileSegments } from "../segments/profile-segments.js";
import { evidenceInForce } from "./evidence-in-force.js";
import { type FoundSegments, findSegments, type SearchProgress } from "./find-segments.js";
import { nameSegments } from "./name-segments.js";
import type { Workbook } from "./open-workbook.js";
import { overviewOf } from "./overview.js";
import { scoringColumns } from "./refresh-columns.js";
import { searchOptions } from "./search-options.js";
import type { Segmentation } from "./segmentation.js";
import type { StateInForce } from "./state-in-force.js";
import { verdictOf } from "./verdict-of.js";

/**
 * The segments that a refresh put in force, with what speaks for them among the customers of its day.
 *
 * Definition, keys, names and who is held where are those of the refresh; profile and overview are made from them; the evidence is that
 * of the refresh's own search, which is remembered, or where a definition was kept a verdict on its segments as they are now.
 *
 * @throws InputError as findSegments, or if the workbook no longer computes a feature of the definition.
 */
export async function segmentInForce(
  book: Workbook,
  state: StateInForce,
  options: { readonly onProgress?: (progress: SearchProgress) => void } = {},
): Promise<Segmentation> {
  const { config, memory } = book;
  const { definition } = state;
  const table = await book.table();
  const assignment = assignCustomers(definition, scoringColumns(table, definition));
  const labels = heldLabels(state, assignment);
  const search = await searchOfState(book, state, { table, ...options });
  const evidence = { config, definition, labels, distances: assignment.distances };
  const { isKept, ...found } = evidenceInForce(search, evidence, { memory, ...options });
  const hasMoney = table.columns.some(({ feature }) => feature.name === "spend");
  const profile = profileSegments(table, labels, {
    segments: definition.segments,
    smallestGroup: smallestCell(config.privacy),
    ...(hasMoney && { moneyFeature: "spend" }),
  });
  const shown = { ...definition, segments: judgedSegments(definition.segments, found) };
  const segments = nameSegments(found, { definition: shown, profile, names: config.names });
  const held = labels.reduce((sum, label, row) => sum + +(label !== assignment.labels[row]), 0);
  const cautions = stateCautions(book, state, { isKept, held });
  const overview = overviewOf({ book, found, definition, profile, segments, cautions, isKept });
  const refresh = held > 0 ? { refresh: { heldLabels: labels } } : {};
  return { ...found, segments, profile, definition, assignment, overview, ...refresh };
}

/** Where customers are by the state; who is not in it stands in the nearest segment. */
function heldLabels(
  { customers }: StateInForce,
  { keys, labels }: { readonly keys: readonly string[]; readonly labels: Int32Array },
): Int32Array {
  const rows = new Map(customers.keys.map((key, row) => [key, row]));
  return labels.map((nearest, row) => {
    const known = rows.get(keys[row]!);
    // Held is only who the state put elsewhere than the nearest segment; other data may have another nearest.
    const isHeld = known !== undefined && customers.labels[known] !== customers.nearest[known];
    return isHeld ? customers.labels[known]! : nearest;
  });
}

/** The search that the refresh made: the first one as every first fit, a later one under the frozen recipe. */
async function searchOfState(
  book: Workbook,
  { definition, former }: StateInForce,
  {
    table,
    onProgress,
  }: { readonly table: CustomerTable; readonly onProgress?: (progress: SearchProgress) => void },
): Promise<FoundSegments> {
  const progress = onProgress ? { onProgress } : {};
  if (former === null) return findSegments(await book.basis(), searchOptions(book, progress));
  const { recipe } = definition;
  const columns = [...scoringColumns(table, definition).columns.values()] as ArrayLike<number>[];
  const raw = matrixOfColumns(
    recipe.steps.map(({ feature }) => feature),
    columns,
  );
  const { weights: _frozen, ...wishes } = searchOptions(book, progress);
  const formerCentres = former.model.centres.map((centre) => centre.map((steps) => steps / latticeSteps));
  return findSegments(raw, { ...wishes, recipe, keepsWeights: true, formerCentres });
}

/** Verdicts of today: a definition keeps those of the day that it was made for. */
function judgedSegments(
  segments: Segmentation["definition"]["segments"],
  found: FoundSegments,
): Segmentation["definition"]["segments"] {
  if (found.solution === null) return segments;
  const { verdicts, reasons } = verdictOf(
    found,
    segments.map(({ name }) => name),
  );
  return segments.map((segment, place) => ({
    ...segment,
    verdict: verdicts[place]!,
    ...(reasons && { reason: reasons[place]! }),
  }));
}

function stateCautions(
  { account }: Workbook,
  { asOf, definition, inputs }: StateInForce,
  { isKept, held }: { readonly isKept: boolean; readonly held: number },
): readonly string[] {
  const read = (sources: StateInForce["inputs"]): string =>
    sources.map(({ name, sha256 }) => `${name} ${sha256}`).join("\n");
  const isOther = inputs.length > 0 && read(inputs) !== read(account.sources);
  const { version, createdFor } = definition;
  const who = held === 1 ? "1 customer is" : `${countText(held)} customers are`;
  return [
    ...(isKept && createdFor !== null && createdFor !== asOf
      ? [
          `The segments are those of definition version ${version}, made for ${createdFor}; sizes, profiles and verdicts are of ${asOf}.`,
        ]
      : []),
    ...(held > 0 ? [`${who} held where they were, though another segment is a little nearer now.`] : []),
    ...(isOther
      ? [
          `The sources are not those that the refresh as of ${asOf} read: segbook refresh --as-of ${asOf} --again makes it anew.`,
        ]
      : []),
  ];
}
