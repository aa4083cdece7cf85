import { checkCount, listForMessage } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, NumberColumn } from "../core/feature.js";
import { countText } from "../core/number-text.js";
import { countRules, type RuleCounts } from "./count-rules.js";
import { fitRuleTree } from "./fit-rule-tree.js";
import type { SegmentLabel } from "./profile.js";
import { requireNumberColumn } from "./require-column.js";
import { type BinnedFeature, binByRoundThresholds, digitCount } from "./round-thresholds.js";
import { leafCount, type RuleRows, segmentOfRow, type TreeLimits } from "./rule-tree.js";
import { rulesOfTree } from "./rules-of-tree.js";

export type { RuleCounts, SegmentRules } from "./count-rules.js";

/** Options of {@link explainSegments}. */
export interface ExplainOptions {
  /** Key and name of each segment, in label order. */
  readonly segments: readonly SegmentLabel[];
  /** Numeric features that the rules may use; default: those that form the segments (role basis). */
  readonly features?: readonly string[];
  /** Rules in all, 1 to 64; default two per segment. */
  readonly mostRules?: number;
  /** Conditions per rule, 1 to 8; default 4. */
  readonly mostConditions?: number;
  /** A rule holds for at least so many customers; default 10. */
  readonly smallestGroup?: number;
}

/** What {@link explainSegments} finds. */
export interface SegmentExplanation extends RuleCounts {
  readonly ruleCount: number;
  /** Shape (nRows,): segment by rule, −1 for customers in no segment. */
  readonly labels: Int32Array;
  readonly notes: readonly string[];
}

/** Rules are sought on at most so many customers, and counted on all. */
const mostFitted = 20_000;

/**
 * Says the segments in a few plain rules, and how many customers the rules would put elsewhere.
 *
 * A threshold tree on the features in their own units: grown by CART, its splits then moved to where fewest customers change
 * segment, thresholds round. The rules explain the segments, they do not define them: `fidelity` (0–1) says how well. Customers
 * in no segment are left out; an unknown value is read as the median. Neither the order of the rows nor chance plays a part.
 * Above 20,000 customers the
 * rules are sought on one in so many by key, which the notes say. O(rows · log rows · features).
 *
 * @param labels - Shape (nRows,), 0…segments − 1, −1 for in no segment.
 * @throws InputError if lengths differ, a label has no segment, a feature is not numeric, none is given and none is a basis, or a
 * limit is out of range.
 * @see Breiman et al. (1984), Classification and Regression Trees; Carreira-Perpiñán & Tavallali (2018), NeurIPS 31. Checked
 * against scikit-learn in test/reference/rule-trees.json.
 */
export function explainSegments(
  table: CustomerTable,
  labels: ArrayLike<number>,
  options: ExplainOptions,
): SegmentExplanation {
  const { segments } = options;
  checkLabels("explainSegments", labels, table.keys.length, segments.length);
  const limits = limitsOf(options);
  const columns = columnsOf(table, options.features);
  const rows = [...table.keys.keys()].filter((row) => labels[row]! >= 0);
  const binned = columns.map(({ values }) =>
    binByRoundThresholds(Float64Array.from(rows, (row) => values[row]!)),
  );
  const ruleRows: RuleRows = {
    bins: binned.map(({ bins }) => bins),
    digits: binned.map(({ thresholds }) => Array.from(thresholds, digitCount)),
    labels: Int32Array.from(rows, (row) => labels[row]!),
    segmentCount: segments.length,
  };
  const step = Math.max(1, Math.ceil(rows.length / mostFitted));
  const tree = fitRuleTree(everyNth(ruleRows, step), limits);
  const byRule = new Int32Array(labels.length).fill(-1);
  rows.forEach((row, i) => {
    byRule[row] = segmentOfRow(tree, ruleRows.bins, i);
  });
  return {
    ...countRules(segments, { labels, byRule, rules: rulesOfTree(tree, { columns, binned, ruleRows }) }),
    ruleCount: leafCount(tree),
    labels: byRule,
    notes: [...notesOn(columns, binned), ...sampleNote(rows.length, step)],
  };
}

function limitsOf({
  segments,
  mostRules = 2 * segments.length,
  mostConditions = 4,
  smallestGroup = 10,
}: ExplainOptions): TreeLimits {
  checkCount("explainSegments", "mostRules", mostRules, 1, Math.max(64, 2 * segments.length));
  checkCount("explainSegments", "mostConditions", mostConditions, 1, 8);
  checkCount("explainSegments", "smallestGroup", smallestGroup, 1);
  return { mostLeaves: mostRules, deepest: mostConditions, smallestLeaf: smallestGroup };
}

function columnsOf(table: CustomerTable, names: readonly string[] | undefined): readonly NumberColumn[] {
  if (names !== undefined)
    return names.map((name) => requireNumberColumn("explainSegments", "features", table, name));
  const basis = table.columns.filter(
    (column): column is NumberColumn => column.kind === "number" && column.feature.role === "basis",
  );
  if (basis.length > 0) return basis;
  const roles = [...new Set(table.columns.map(({ feature }) => feature.role))];
  throw new InputError(
    `explainSegments: table must have a numeric basis feature, got features of role ${listForMessage(roles)}. Name the features`,
  );
}

/** One row in so many, in the order of the keys. */
function everyNth(rows: RuleRows, step: number): RuleRows {
  if (step === 1) return rows;
  const isKept = (_: number, row: number): boolean => row % step === 0;
  return { ...rows, bins: rows.bins.map((bins) => bins.filter(isKept)), labels: rows.labels.filter(isKept) };
}

function sampleNote(customers: number, step: number): string[] {
  if (step === 1) return [];
  return [`The rules were sought on one customer in ${step} and counted on all ${countText(customers)}.`];
}

function notesOn(columns: readonly NumberColumn[], binned: readonly BinnedFeature[]): string[] {
  const unknown = columns.flatMap(({ feature }, j) =>
    binned[j]!.unknown === 0 ? [] : [`${feature.label} (${binned[j]!.unknown})`],
  );
  return unknown.length === 0 ? [] : [`Unknown values are read as the median: ${unknown.join(", ")}.`];
}
