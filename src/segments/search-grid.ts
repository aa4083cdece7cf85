import { testOf } from "./compile-condition.js";
import type { Condition } from "./condition.js";
import { type ConditionLeaf, leavesOf } from "./condition-leaves.js";
import type { GridCell, GridDimension, RuleGrid } from "./rule-grid.js";
import type { Rule, RulesModel } from "./rules-model.js";
import { scoreOf } from "./score-values.js";

/** Cells of a grid in which the same rules are known to hold. */
export interface GridRegion {
  /** Per dimension: cells that no rule tells apart; null: any. */
  readonly cells: readonly (readonly GridCell[] | null)[];
  /** How many cells it holds, and in how many of these no value is missing. */
  readonly size: number;
  readonly knownSize: number;
  /** Positions of the rules that hold, ascending. */
  readonly holding: readonly number[];
}

/** Comparisons looked at before a search gives up: a few seconds. */
const mostWork = 2_000_000;

/**
 * Goes through all cells of a grid in regions, as large as the question allows, and hands over each.
 *
 * A region is settled when it is certain which rule comes first in it, and whether rules of different segments hold; dimensions
 * that no rule asks for there are not gone through one by one, so rules on separate features cost their sum, not their product.
 *
 * @returns Whether all were gone through; false: the work would have been too much.
 */
export function searchGrid(grid: RuleGrid, visit: (region: GridRegion) => void): boolean {
  const { rules } = grid.model;
  const coarse = joinCells(grid);
  const truthsOf = rules.map(({ when }) => compileTruth(when, coarse));
  const cost = rules.reduce((sum, { when }) => sum + 1 + leavesOf(when).length, 0);
  const groups = new Int32Array(grid.dimensions.length).fill(-1);
  let work = 0;
  const walk = (): boolean => {
    work += cost;
    if (work > mostWork) return false;
    const truths = truthsOf.map((truth) => truth.of(groups));
    const open = firstOpen(rules, truths);
    if (open < 0) {
      const holding = truths.flatMap((truth, i) => (truth === true ? [i] : []));
      visit(regionOf(coarse, groups, holding));
      return true;
    }
    const dimension = truthsOf[open]!.undecided(groups);
    let isComplete = true;
    for (let group = 0; group < coarse.groups[dimension]!.length && isComplete; group++) {
      groups[dimension] = group;
      isComplete = walk();
    }
    groups[dimension] = -1;
    return isComplete;
  };
  return walk();
}

/** A grid whose cells are put together where no rule tells them apart. */
interface CoarseGrid extends RuleGrid {
  readonly groups: readonly (readonly (readonly GridCell[])[])[];
}

function joinCells(grid: RuleGrid): CoarseGrid {
  const leaves = grid.model.rules.flatMap(({ when }) => leavesOf(when));
  const groups = grid.dimensions.map((dimension) => {
    const tests = leaves.flatMap((leaf) => testOn(leaf, dimension, grid.model) ?? []);
    const joined = new Map<string, GridCell[]>();
    for (const cell of dimension.cells) {
      const signature = tests.map((test) => Number(test(cell))).join("");
      joined.set(signature, [...(joined.get(signature) ?? []), cell]);
    }
    return [...joined.values()];
  });
  return { ...grid, groups };
}

/** What a condition says of a cell of one dimension; undefined if it asks for another. */
function testOn(
  leaf: ConditionLeaf,
  { name, kind }: GridDimension,
  { scores }: RulesModel,
): ((cell: GridCell) => boolean) | undefined {
  if ("of" in leaf)
    return kind === "nested" && leaf.of === name ? ({ value }) => value === leaf.segment : undefined;
  const test = testOf(leaf);
  if ("feature" in leaf) {
    const isFeature = kind !== "nested" && kind !== "score";
    return isFeature && leaf.feature === name ? ({ value }) => test(value) : undefined;
  }
  if (kind === "score") return leaf.score === name ? ({ value }) => test(value) : undefined;
  const score = scores.find((one) => one.name === leaf.score)!;
  if (kind !== "number" || score.feature !== name || score.within !== undefined) return undefined;
  return ({ value }) => test(scoreOf(score, (value ?? Number.NaN) as number, []));
}

function regionOf({ dimensions, groups }: CoarseGrid, at: Int32Array, holding: number[]): GridRegion {
  const cells = groups.map((own, d) => own[at[d]!] ?? null);
  const counted = cells.map((own, d) => own ?? dimensions[d]!.cells);
  const known = counted.map((own) => own.filter(({ isMissing }) => !isMissing));
  const product = (lists: readonly (readonly GridCell[])[]): number =>
    lists.reduce((all, { length }) => all * length, 1);
  return { cells, holding, size: product(counted), knownSize: product(known) };
}

/** The first rule that is not settled and matters: it could come first, or join rules of another segment; −1: none. */
function firstOpen(rules: readonly Rule[], truths: readonly (boolean | undefined)[]): number {
  const first = truths.indexOf(true);
  const held = claimants(
    rules,
    truths.flatMap((truth, i) => (truth === true ? [i] : [])),
  );
  return truths.findIndex((truth, i) => {
    if (truth !== undefined) return false;
    return first < 0 || i < first || (held.length === 1 && held[0] !== rules[i]!.segment);
  });
}

/** Segments whose rules hold, each once; an "otherwise" claims nobody. */
export function claimants(rules: readonly Rule[], holding: readonly number[]): string[] {
  return [...new Set(holding.filter((i) => !isForEverybody(rules, i)).map((i) => rules[i]!.segment))];
}

/** A last rule that takes everybody is an "otherwise": it overlaps with nothing. */
function isForEverybody(rules: readonly Rule[], index: number): boolean {
  const { when } = rules[index]!;
  return index === rules.length - 1 && "all" in when && when.all.length === 0;
}

/** A condition over a partly known cell. */
interface Truth {
  /** undefined: hangs on dimensions that are not fixed. */
  readonly of: (groups: Int32Array) => boolean | undefined;
  /** A dimension to fix next; only asked where the truth is not known. */
  readonly undecided: (groups: Int32Array) => number;
}

function compileTruth(condition: Condition, grid: CoarseGrid): Truth {
  if ("all" in condition) return compileGroup(condition.all, grid, false);
  if ("any" in condition) return compileGroup(condition.any, grid, true);
  if ("not" in condition) {
    const inner = compileTruth(condition.not, grid);
    const of = (groups: Int32Array): boolean | undefined => {
      const truth = inner.of(groups);
      return truth === undefined ? undefined : !truth;
    };
    return { of, undecided: inner.undecided };
  }
  const tests = grid.dimensions.map((dimension) => testOn(condition, dimension, grid.model));
  const dimension = tests.findIndex((test) => test !== undefined);
  const table = grid.groups[dimension]!.map(([cell]) => tests[dimension]!(cell!));
  return { of: (groups) => table[groups[dimension]!], undecided: () => dimension };
}

/** `decisive`: the truth of a part that settles the whole: true for any, false for all. */
function compileGroup(conditions: readonly Condition[], grid: CoarseGrid, decisive: boolean): Truth {
  const parts = conditions.map((condition) => compileTruth(condition, grid));
  const of = (groups: Int32Array): boolean | undefined => {
    let truth: boolean | undefined = !decisive;
    for (const part of parts) {
      const own = part.of(groups);
      if (own === decisive) return decisive;
      if (own === undefined) truth = undefined;
    }
    return truth;
  };
  const undecided = (groups: Int32Array): number =>
    parts.find((part) => part.of(groups) === undefined)!.undecided(groups);
  return { of, undecided };
}
