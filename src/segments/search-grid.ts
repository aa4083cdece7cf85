import { type Leaf, testOf } from "./compile-condition.js";
import type { Condition } from "./condition.js";
import { type GridCell, type GridDimension, leavesOf, type RuleGrid } from "./rule-grid.js";
import type { Rule, RulesModel, Score } from "./rules-model.js";
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
const mostWork = 3_000_000;

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

/** A grid whose cells are put together where no rule, and no score around another, tells them apart. */
interface CoarseGrid extends RuleGrid {
  readonly groups: readonly (readonly (readonly GridCell[])[])[];
}

function joinCells(grid: RuleGrid): CoarseGrid {
  const { model, dimensions } = grid;
  const leaves = model.rules.flatMap(({ when }) => leavesOf(when));
  const groups = dimensions.map((dimension) => {
    const scores = model.scores.filter(
      ({ feature }) => feature === dimension.name && dimension.kind === "number",
    );
    if (scores.some((score) => isNested(score, model))) return dimension.cells.map((cell) => [cell]);
    const tests = leaves.flatMap((leaf) => testOn(leaf, dimension, scores) ?? []);
    const joined = new Map<string, GridCell[]>();
    for (const cell of dimension.cells) {
      const signature = tests.map((test) => Number(test(cell))).join("");
      joined.set(signature, [...(joined.get(signature) ?? []), cell]);
    }
    return [...joined.values()];
  });
  return { ...grid, groups };
}

/** Whether a score is within another, or around one. */
function isNested(score: Score, { scores }: RulesModel): boolean {
  return score.within !== undefined || scores.some(({ within }) => within?.scores.includes(score.name));
}

/** What a condition says of a cell of one dimension; undefined if it asks for another. */
function testOn(
  leaf: ReturnType<typeof leavesOf>[number],
  dimension: GridDimension,
  scores: readonly Score[],
): ((cell: GridCell) => boolean) | undefined {
  if ("of" in leaf)
    return dimension.kind === "nested" && leaf.of === dimension.name
      ? ({ value }) => value === leaf.segment
      : undefined;
  const test = testOf(leaf);
  if ("feature" in leaf)
    return dimension.kind !== "nested" && leaf.feature === dimension.name
      ? ({ value }) => test(value)
      : undefined;
  const score = scores.find(({ name }) => name === leaf.score);
  return score && (({ value }) => test(scoreOf(score, (value ?? Number.NaN) as number, [])));
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
  const { scores } = grid.model;
  const score = "score" in condition ? scores.find(({ name }) => name === condition.score) : undefined;
  if (score?.within !== undefined) return compileNestedScore(score, testOf(condition as Leaf), grid);
  const dimension = grid.dimensions.findIndex(
    (one) =>
      testOn(
        condition,
        one,
        scores.filter(({ feature }) => isOn(feature, one)),
      ) !== undefined,
  );
  const own = grid.dimensions[dimension]!;
  const test = testOn(
    condition,
    own,
    scores.filter(({ feature }) => isOn(feature, own)),
  )!;
  const table = grid.groups[dimension]!.map(([cell]) => test(cell!));
  return { of: (groups) => table[groups[dimension]!], undecided: () => dimension };
}

function isOn(feature: string, { name, kind }: GridDimension): boolean {
  return kind === "number" && name === feature;
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

/** A nested score hangs on its own feature and on those of the scores around it. */
function compileNestedScore(
  score: Score,
  test: (value: number) => boolean,
  { model, dimensions, groups }: CoarseGrid,
): Truth {
  const place = new Map(
    dimensions.flatMap(({ name, kind }, d): [string, number][] => (kind === "number" ? [[name, d]] : [])),
  );
  const needed = featuresOfScore(score, model).map((feature) => place.get(feature)!);
  const scoreIn = (one: Score, at: Int32Array): number => {
    const d = place.get(one.feature)!;
    const value = groups[d]![at[d]!]![0]!.value;
    const outer = outerScores(one, model).map((other) => scoreIn(other, at));
    return scoreOf(one, (value ?? Number.NaN) as number, outer);
  };
  const undecided = (at: Int32Array): number => needed.find((d) => at[d]! < 0) ?? -1;
  return { of: (at) => (undecided(at) < 0 ? test(scoreIn(score, at)) : undefined), undecided };
}

function outerScores({ within }: Score, { scores }: RulesModel): readonly Score[] {
  return within?.scores.map((name) => scores.find((one) => one.name === name)!) ?? [];
}

/** Features that decide a score, those of the scores around it first. */
function featuresOfScore(score: Score, model: RulesModel): readonly string[] {
  const outer = outerScores(score, model).flatMap((other) => featuresOfScore(other, model));
  return [...new Set([...outer, score.feature])];
}
