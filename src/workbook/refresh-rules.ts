import { canonicalJson } from "../core/canonical-json.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable } from "../core/feature.js";
import { partsOf } from "../refresh/segment-parts.js";
import type { Definition, RulesDefinition } from "../segments/definition.js";
import { jaccardOf, tableOverlaps } from "../validity/overlap-table.js";
import { defineDrawn } from "./draw-segments.js";
import type { Workbook } from "./open-workbook.js";
import type { DriftBaseline } from "./refresh-baseline.js";
import type { ScoredNow, TriedRefit } from "./refresh-findings.js";
import type { FormerState } from "./refresh-former.js";
import { describeMatching, sizesOf } from "./refresh-segments.js";

/**
 * What a refresh says of segments that rules draw: nothing is sought, every segment goes on, and only its customers change.
 *
 * The overlap is that of its customers at both dates.
 */
export function keepRules(
  definition: RulesDefinition,
  { customers }: Pick<FormerState, "customers">,
  { assignment, common }: ScoredNow,
): TriedRefit {
  const { labels } = assignment;
  const count = definition.segments.length;
  // Customers in no segment have a row and a column of their own, so that overlaps count them.
  const placed = (all: Int32Array, rows: Int32Array) =>
    rows.map((row) => (all[row]! < 0 ? count : all[row]!));
  const table = tableOverlaps(placed(customers.labels, common.before), placed(labels, common.after), {
    before: count + 1,
    after: count + 1,
  });
  const shared = (a: number, b: number) => table.shared[a * (count + 1) + b]!;
  const places = Array.from({ length: count }, (_, place) => place);
  const matching = {
    segments: places.map((place) => ({
      after: place,
      status: "continued" as const,
      keeps: place,
      matched: place,
      jaccard: jaccardOf(table, place, place),
      from: partsOf(
        places.map((a) => shared(a, place)),
        table.sizesAfter[place]!,
      ),
    })),
    former: places.map((place) => ({
      before: place,
      status: "continued" as const,
      into: partsOf(
        places.map((b) => shared(place, b)),
        table.sizesBefore[place]!,
      ),
    })),
  };
  const described = describeMatching({
    matching,
    former: definition,
    refit: definition,
    sizesBefore: sizesOf(customers.labels, count),
    sizes: sizesOf(labels, count),
  });
  return { refit: null, labels, described, notes: [] };
}

/**
 * A sentence where the workbook's rules are no longer those in force: drawn on the customers of the day on which those were, they would
 * come to others.
 */
export function otherRulesNotes(
  { config, features }: Pick<Workbook, "config" | "features">,
  former: Definition,
  { asOf, table }: Pick<DriftBaseline, "asOf" | "table">,
): readonly string[] {
  if (
    config.rules === undefined ||
    rulesText(former) === drawnText({ config: { ...config, asOf }, features }, table)
  )
    return [];
  return ["The workbook's rules are not those in force. Those in force hold; new rules take a new history."];
}

/** Undefined where they do not fit those customers. */
function drawnText(book: Pick<Workbook, "config" | "features">, table: CustomerTable): string | undefined {
  try {
    return rulesText(defineDrawn(book, table));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function rulesText({ model, segments, nested }: Definition): string {
  return canonicalJson([model, segments.map(({ name, description }) => [name, description]), nested]);
}
