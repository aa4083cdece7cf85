import { dayNumber, dayText } from "../core/calendar-day.js";
import { exactText } from "../core/number-text.js";
import { testOf } from "./compile-condition.js";
import { type FeatureLeaf, featureLeavesOf } from "./condition-leaves.js";
import type { RulesDefinition } from "./definition.js";
import { elementaryCells, type LineCell } from "./line-cells.js";
import type { RulesModel, Score } from "./rules-model.js";
import { scoreOf } from "./score-values.js";

/** Everything that rules can tell apart: one cell of each dimension together are one cell of the grid. */
export interface RuleGrid {
  /** With every day written out. */
  readonly model: RulesModel;
  readonly dimensions: readonly GridDimension[];
}

/** A feature, a nested score, or the segments of a nested definition. */
export interface GridDimension {
  readonly name: string;
  readonly kind: "number" | "text" | "date" | "score" | "nested";
  readonly cells: readonly GridCell[];
}

/** Values between which neither a rule nor a score sees a difference. */
export interface GridCell {
  /** One of them; null: missing. */
  readonly value: number | string | null;
  /** "frequency = 3", "spend < 10", "country missing". */
  readonly text: string;
  /** Whether nothing but missing values is in it. */
  readonly isMissing: boolean;
}

/** The cells that the comparisons and cuts of a definition induce, each as large as can be. */
export function ruleGrid(definition: RulesDefinition, model: RulesModel): RuleGrid {
  const direct = model.rules.flatMap(({ when }) => featureLeavesOf(when));
  const alone = model.scores.filter(({ within }) => within === undefined);
  const names = new Set([...alone, ...direct].map(({ feature }) => feature));
  const types = new Map(definition.features.map(({ name, type }) => [name, type]));
  const dimensions = [...names].map((name): GridDimension => {
    const part = {
      name,
      leaves: direct.filter(({ feature }) => feature === name),
      scores: alone.filter(({ feature }) => feature === name),
    };
    const type = types.get(name)!;
    if (type === "category") return { name, kind: "text", cells: textCells(part) };
    return { name, kind: type, cells: type === "date" ? dateCells(part) : numberCells(part) };
  });
  const scores = model.scores.filter(({ within }) => within !== undefined).map(scoreDimension);
  const nested = definition.nested.map(
    ({ id, segments, fallback }): GridDimension => ({
      name: id,
      kind: "nested",
      cells: [...segments, fallback].map(({ key }) => ({
        value: key,
        text: `${id} = ${key}`,
        isMissing: false,
      })),
    }),
  );
  return { model, dimensions: [...dimensions, ...scores, ...nested] };
}

/** A nested score is taken to have any of its values wherever the scores around it stand. */
function scoreDimension({ name, cuts, whenMissing }: Score): GridDimension {
  const values = Array.from({ length: cuts.length + 1 }, (_, i) => i + 1);
  const cells = values.map((value) => ({ value, text: `${name} = ${value}`, isMissing: false }));
  return { name, kind: "score", cells: whenMissing === null ? [...cells, missingCell(name)] : cells };
}

interface Part {
  readonly name: string;
  readonly leaves: readonly FeatureLeaf[];
  readonly scores: readonly Score[];
}

function numberCells(part: Part): readonly GridCell[] {
  const compared = part.leaves.flatMap(comparedValues).map(Number);
  const cuts = part.scores.flatMap((score) => score.cuts);
  const line = elementaryCells([...compared, ...cuts], { isWhole: false });
  return merged(part, line, { valueOf: (value) => value, textOf: exactText });
}

function dateCells(part: Part): readonly GridCell[] {
  const days = part.leaves.flatMap(comparedValues).map((text) => dayNumber(String(text))!);
  return merged(part, elementaryCells(days, { isWhole: true }), { valueOf: dayText, textOf: dayText });
}

function textCells({ name, leaves }: Part): readonly GridCell[] {
  const values = [...new Set(leaves.flatMap(comparedValues).map(String))];
  const cells = values.map((value) => ({
    value,
    text: `${name} = ${JSON.stringify(value)}`,
    isMissing: false,
  }));
  const other = { value: textBeside(values), text: `${name} another text`, isMissing: false };
  return [...cells, other, missingCell(name)];
}

/** A text that is none of those. */
function textBeside(values: readonly string[]): string {
  let text = "another text";
  while (values.includes(text)) text += " ";
  return text;
}

/** What a condition compares its feature with, days written out. */
export function comparedValues(leaf: FeatureLeaf): readonly (number | string)[] {
  if ("isMissing" in leaf) return [];
  return "in" in leaf ? leaf.in : [leaf.value as number | string];
}

function missingCell(name: string): GridCell {
  return { value: null, text: `${name} missing`, isMissing: true };
}

/** Puts cells together that no score and no comparison tells apart; with known ones a missing value that scores as they do. */
function merged(
  part: Part,
  line: readonly LineCell[],
  words: {
    readonly valueOf: (value: number) => number | string;
    readonly textOf: (value: number) => string;
  },
): readonly GridCell[] {
  const groups = new Map<string, { readonly value: number | string; readonly cells: LineCell[] }>();
  for (const cell of line) {
    const value = words.valueOf(cell.value);
    const signature = signatureOf(part, value);
    const group = groups.get(signature) ?? { value, cells: [] };
    group.cells.push(cell);
    groups.set(signature, group);
  }
  const [only, ...others] = part.scores;
  const isScoreAlone = only !== undefined && others.length === 0 && part.leaves.length === 0;
  const cells = [...groups.values()].map(({ value, cells }): GridCell => {
    const text = isScoreAlone
      ? `${only.name} = ${scoreOf(only, value as number, [])}`
      : rangesText(part.name, cells, words.textOf);
    return { value, text, isMissing: false };
  });
  const isScored = part.leaves.length === 0 && groups.has(signatureOf(part, null));
  return isScored ? cells : [...cells, missingCell(part.name)];
}

/** What the scores and comparisons make of a value: equal for values that nothing tells apart. */
function signatureOf({ leaves, scores }: Part, value: number | string | null): string {
  const number = typeof value === "number" ? value : Number.NaN;
  const scored = scores.map((score) => scoreOf(score, number, []));
  return JSON.stringify([scored, leaves.map((leaf) => testOf(leaf)(value))]);
}

/** "spend < 10 or spend = 20". */
function rangesText(name: string, cells: readonly LineCell[], textOf: (value: number) => string): string {
  const runs: { first: LineCell; last: LineCell }[] = [];
  for (const cell of cells) {
    const run = runs.at(-1);
    if (run?.last.index === cell.index - 1) run.last = cell;
    else runs.push({ first: cell, last: cell });
  }
  return runs.map(({ first, last }) => rangeText(name, { first, last }, textOf)).join(" or ");
}

function rangeText(
  name: string,
  { first, last }: { readonly first: LineCell; readonly last: LineCell },
  textOf: (value: number) => string,
): string {
  if (first.from === null && last.to === null) return `${name} known`;
  if (first === last && first.isPoint) return `${name} = ${textOf(first.value)}`;
  const below = first.from === null ? "" : `${textOf(first.from)} ${first.isPoint ? "≤" : "<"} `;
  const above = last.to === null ? "" : ` ${last.isPoint ? "≤" : "<"} ${textOf(last.to)}`;
  if (below !== "" && above !== "") return `${below}${name}${above}`;
  return below === "" ? `${name}${above}` : `${name} ${first.isPoint ? "≥" : ">"} ${textOf(first.from!)}`;
}
