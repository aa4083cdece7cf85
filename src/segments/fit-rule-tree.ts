import { firstSplits, growRuleTree } from "./grow-rule-tree.js";
import { refineRuleTree } from "./refine-rule-tree.js";
import { type RuleNode, type RuleRows, segmentOfRow, type TreeLimits } from "./rule-tree.js";

/** Grown, moved and pruned so often: a pruned leaf makes room for a better one. */
const rounds = 3;

/** Share of all customers that a split may put elsewhere for a rounder threshold. */
const roundingLoss = 0.0006;

/** The best of several trees: one that starts where it gains most, and one for each feature to start with. */
export function fitRuleTree(rows: RuleRows, limits: TreeLimits): RuleNode {
  const leaf: RuleNode = { kind: "leaf", segment: 0 };
  const starts = [leaf, ...(limits.mostLeaves > 1 ? firstSplits(rows, limits) : [])];
  const trees = starts.map((start) => growAndRefine(start, rows, limits));
  const errors = trees.map((tree) => countErrors(tree, rows));
  const best = trees[errors.indexOf(Math.min(...errors))]!;
  const slack = Math.floor(roundingLoss * rows.labels.length);
  return refineRuleTree(best, rows, { smallestLeaf: limits.smallestLeaf, slack });
}

function growAndRefine(start: RuleNode, rows: RuleRows, limits: TreeLimits): RuleNode {
  const { smallestLeaf } = limits;
  let tree = start;
  for (let round = 0; round < rounds; round++)
    tree = refineRuleTree(growRuleTree(tree, rows, limits), rows, { smallestLeaf, slack: 0 });
  return tree;
}

function countErrors(tree: RuleNode, { bins, labels }: RuleRows): number {
  return labels.reduce((sum, label, row) => sum + Number(segmentOfRow(tree, bins, row) !== label), 0);
}
