import type { NumberColumn } from "../core/feature.js";
import type { BinnedFeature } from "./round-thresholds.js";
import { allRows, partRows, type RuleNode, type RuleRows } from "./rule-tree.js";
import { type RuleCondition, ruleInWords } from "./rule-words.js";

/** One sentence that leads to a segment. */
export interface SegmentRule {
  readonly conditions: readonly RuleCondition[];
  /** "days since last purchase ≤ 45 and orders ≥ 6". */
  readonly words: string;
  /** Customers that it holds for. */
  readonly customers: number;
  /** Of these, how many are in the segment. */
  readonly right: number;
}

/** What a tree was grown on, in the units of the data. */
export interface RuleParts {
  readonly columns: readonly NumberColumn[];
  readonly binned: readonly BinnedFeature[];
  readonly ruleRows: RuleRows;
}

/** The rules that lead to each segment, the one that holds for most customers first. */
export function rulesOfTree(tree: RuleNode, parts: RuleParts): readonly (readonly SegmentRule[])[] {
  const { labels, bins, segmentCount } = parts.ruleRows;
  const rules = Array.from({ length: segmentCount }, (): SegmentRule[] => []);
  const walk = (node: RuleNode, rows: Uint32Array, conditions: readonly RuleCondition[]): void => {
    if (node.kind === "split") {
      const [below, above] = partRows(rows, bins[node.feature]!, node.cut);
      const { thresholds, isWhole } = parts.binned[node.feature]!;
      const limit = thresholds[node.cut]!;
      const start = { feature: parts.columns[node.feature]!.feature, above: null, atMost: null, isWhole };
      walk(node.below, below, narrowed(conditions, start, { atMost: limit }));
      walk(node.above, above, narrowed(conditions, start, { above: limit }));
      return;
    }
    const right = rows.filter((row) => labels[row] === node.segment).length;
    const words = ruleInWords(conditions);
    rules[node.segment]!.push({ conditions, words, customers: rows.length, right });
  };
  walk(tree, allRows(parts.ruleRows), []);
  return rules.map((own) => own.sort((a, b) => b.customers - a.customers));
}

/** The conditions with one limit more; a feature is named once. */
function narrowed(
  conditions: readonly RuleCondition[],
  start: RuleCondition,
  limit: Partial<RuleCondition>,
): readonly RuleCondition[] {
  const known = conditions.find(({ feature }) => feature.name === start.feature.name);
  if (known === undefined) return [...conditions, { ...start, ...limit }];
  return conditions.map((one) => (one === known ? { ...one, ...limit } : one));
}
