import { testOf } from "./compile-condition.js";
import type { Condition } from "./condition.js";
import { leavesOf, type RuleGrid } from "./rule-grid.js";
import type { Rule, RulesModel } from "./rules-model.js";
import { scoreOf } from "./score-values.js";

/** Cells of a grid in which the same rules are known to hold: one cell of some dimensions, any of the others (−1). */
export interface GridRegion {
  readonly cells: Int32Array;
  /** How many cells it holds, and in how many of these no value is missing. */
  readonly size: number;
  readonly knownSize: number;
  /** Positions of the rules that hold, ascending. */
  readonly holding: readonly number[];
}

/** Comparisons looked at before a search gives up: about a second. */
const mostWork = 30_000_000;

/**
 * Goes through all cells of a grid in regions, as large as the question allows, and hands over each.
 *
 * A region is settled when it is certain which rule comes first in it, and whether rules of different segments hold; dimensions
 * that no rule asks for there are not gone through one by one, so rules on separate features cost their sum, not their product.
 *
 * @returns Whether all were gone through; false: the work would have been too much.
 */
export function searchGrid(grid: RuleGrid, visit: (region: GridRegion) => void): boolean {
  const rules = grid.model.rules.map((rule) => ({ rule, truth: compileTruth(rule.when, grid) }));
  const cost = grid.model.rules.reduce((sum, { when }) => sum + 1 + leavesOf(when).length, 0);
  const cells = new Int32Array(grid.dimensions.length).fill(-1);
  let work = 0;
  const walk = (): boolean => {
    work += cost;
    if (work > mostWork) return false;
    const truths = rules.map(({ truth }) => truth.of(cells));
    const open = firstOpen(grid.model.rules, truths);
    if (open < 0) {
      const holding = truths.flatMap((truth, i) => (truth === true ? [i] : []));
      visit({ cells: cells.slice(), holding, ...sizesOf(grid, cells) });
      return true;
    }
    const dimension = rules[open]!.truth.undecided(cells);
    const count = grid.dimensions[dimension]!.cells.length;
    let isComplete = true;
    for (let cell = 0; cell < count && isComplete; cell++) {
      cells[dimension] = cell;
      isComplete = walk();
    }
    cells[dimension] = -1;
    return isComplete;
  };
  return walk();
}

/** The first rule that is not settled and matters: it could come first, or join rules of another segment; −1: none. */
function firstOpen(rules: readonly Rule[], truths: readonly (boolean | undefined)[]): number {
  const first = truths.indexOf(true);
  const held = segmentsHeld(rules, truths);
  return truths.findIndex((truth, i) => {
    if (truth !== undefined) return false;
    return first < 0 || i < first || (held.size === 1 && !held.has(rules[i]!.segment));
  });
}

/** Segments that claim a cell; an "otherwise" claims none. */
function segmentsHeld(rules: readonly Rule[], truths: readonly (boolean | undefined)[]): ReadonlySet<string> {
  const held = rules.filter((_, i) => truths[i] === true && !isForEverybody(rules, i));
  return new Set(held.map(({ segment }) => segment));
}

/** A last rule that takes everybody is an "otherwise": it overlaps with nothing. */
export function isForEverybody(rules: readonly Rule[], index: number): boolean {
  const { when } = rules[index]!;
  return index === rules.length - 1 && "all" in when && when.all.length === 0;
}

function sizesOf(grid: RuleGrid, cells: Int32Array): { readonly size: number; readonly knownSize: number } {
  let size = 1;
  let knownSize = 1;
  grid.dimensions.forEach((dimension, d) => {
    const cell = dimension.cells[cells[d]!];
    const known = dimension.cells.filter(({ isMissing }) => !isMissing).length;
    size *= cell === undefined ? dimension.cells.length : 1;
    knownSize *= cell === undefined ? known : Number(!cell.isMissing);
  });
  return { size, knownSize };
}

/** A condition over a partly known cell. */
interface Truth {
  /** undefined: hangs on dimensions that are not fixed. */
  readonly of: (cells: Int32Array) => boolean | undefined;
  /** A dimension to fix next; only asked where the truth is not known. */
  readonly undecided: (cells: Int32Array) => number;
}

function compileTruth(condition: Condition, grid: RuleGrid): Truth {
  if ("all" in condition) return compileGroup(condition.all, grid, false);
  if ("any" in condition) return compileGroup(condition.any, grid, true);
  if ("not" in condition) {
    const inner = compileTruth(condition.not, grid);
    const of = (cells: Int32Array): boolean | undefined => {
      const truth = inner.of(cells);
      return truth === undefined ? undefined : !truth;
    };
    return { of, undecided: inner.undecided };
  }
  if ("score" in condition) return compileScoreLeaf(condition, grid);
  const name = "of" in condition ? condition.of : condition.feature;
  const dimension = grid.dimensions.findIndex(
    (one) => one.name === name && "of" in condition === (one.kind === "nested"),
  );
  const test = "of" in condition ? (value: unknown) => value === condition.segment : testOf(condition);
  const table = grid.dimensions[dimension]!.cells.map(({ value }) => test(value));
  return { of: (cells) => table[cells[dimension]!], undecided: () => dimension };
}

/** `decisive`: the truth of a part that settles the whole: true for any, false for all. */
function compileGroup(conditions: readonly Condition[], grid: RuleGrid, decisive: boolean): Truth {
  const parts = conditions.map((condition) => compileTruth(condition, grid));
  const of = (cells: Int32Array): boolean | undefined => {
    let truth: boolean | undefined = !decisive;
    for (const part of parts) {
      const own = part.of(cells);
      if (own === decisive) return decisive;
      if (own === undefined) truth = undefined;
    }
    return truth;
  };
  const undecided = (cells: Int32Array): number =>
    parts.find((part) => part.of(cells) === undefined)!.undecided(cells);
  return { of, undecided };
}

function compileScoreLeaf(
  leaf: Extract<Condition, { readonly score: string }>,
  { model, dimensions }: RuleGrid,
): Truth {
  const test = testOf(leaf);
  const needed = dimensionsOfScore(leaf.score, model).map((feature) =>
    dimensions.findIndex(({ name, kind }) => name === feature && kind === "number"),
  );
  const featureValue = (feature: string, cells: Int32Array): number => {
    const d = dimensions.findIndex(({ name, kind }) => name === feature && kind === "number");
    return (dimensions[d]!.cells[cells[d]!]!.value ?? Number.NaN) as number;
  };
  const scoreIn = (name: string, cells: Int32Array): number => {
    const score = model.scores.find((one) => one.name === name)!;
    const outer = score.within?.scores.map((other) => scoreIn(other, cells)) ?? [];
    return scoreOf(score, featureValue(score.feature, cells), outer);
  };
  const first = needed[0]!;
  if (needed.length === 1) {
    const cells = Int32Array.from(dimensions, () => -1);
    const table = dimensions[first]!.cells.map((_, cell) => {
      cells[first] = cell;
      return test(scoreIn(leaf.score, cells));
    });
    return { of: (at) => table[at[first]!], undecided: () => first };
  }
  const undecided = (cells: Int32Array): number => needed.find((d) => cells[d]! < 0) ?? -1;
  return {
    of: (cells) => (undecided(cells) < 0 ? test(scoreIn(leaf.score, cells)) : undefined),
    undecided,
  };
}

/** Features that decide a score: its own and, if it is nested, those of the scores around it. */
function dimensionsOfScore(name: string, model: RulesModel): readonly string[] {
  const score = model.scores.find((one) => one.name === name)!;
  const outer = score.within?.scores.flatMap((other) => dimensionsOfScore(other, model)) ?? [];
  return [...new Set([...outer, score.feature])];
}
