import { InputError } from "../core/errors.js";
import type { CustomerValues } from "./customer-values.js";
import type { Definition } from "./definition.js";
import { type GridCell, type RuleGrid, ruleGrid } from "./rule-grid.js";
import { rulesAsOf } from "./rules-as-of.js";
import { countCustomers, type RulesInData } from "./rules-in-data.js";
import { claimants, type GridRegion, searchGrid } from "./search-grid.js";

/** What going through every cell of the induced grid found. */
export interface RulesCheck {
  /** Whether a rule takes every cell; null: too large to tell. */
  readonly isTotal: boolean | null;
  /** Whether no cell is claimed by rules of two segments; null: too large to tell. */
  readonly isDisjoint: boolean | null;
  /** How finely the rules and scores cut each feature, the cell of missing values included. */
  readonly dimensions: readonly { readonly name: string; readonly cells: number }[];
  /** Cells of the grid: all, and those without a missing value. */
  readonly cells: CellCount;
  readonly uncovered: CellFinding;
  readonly overlapping: CellFinding;
  /** Positions, from 0, of rules that never decide: earlier ones take every cell. */
  readonly unreachable: readonly number[];
  /** Only where customers were given. */
  readonly inData: RulesInData | null;
  /** What a reader must know of the proof, such as that it stops short. */
  readonly notes: readonly string[];
}

export interface CellCount {
  readonly all: number;
  /** Of these, without a missing value. */
  readonly known: number;
}

export interface CellFinding extends CellCount {
  /** The first few, in words: "recency = 4, frequency = 4, monetary = 1", with the segments that claim it. */
  readonly examples: readonly { readonly cell: string; readonly segments: readonly string[] }[];
}

export interface RulesCheckOptions {
  /** Customers to count. */
  readonly customers?: CustomerValues;
  /** The day, `YYYY-MM-DD`, from which rules count days; default: that of the definition. */
  readonly asOf?: string;
  /** How many example cells to name; default 10. */
  readonly examples?: number;
}

/**
 * Goes through every cell that the rules of a definition can tell apart and says which no rule takes, and which several claim.
 *
 * The grid has one dimension per feature, cut where any comparison or score cuts it, plus a cell of missing values: two customers
 * in one cell are the same to every rule. So a map without uncovered cells places every possible customer, not only those at
 * hand. Rules on separate features are settled without their product; a search of more than a few seconds is given up and said
 * (`isTotal` null). Dates are real days as of one day. A nested score, and a segment of a nested definition, is a dimension of its
 * own: a hole may then be one that no customer can reach, but a proof of none holds. A last rule that takes everybody overlaps with nothing.
 *
 * @throws InputError if the definition holds no rules, or a rule counts days and there is no as-of date.
 */
export function checkRules(definition: Definition, options: RulesCheckOptions = {}): RulesCheck {
  const { model } = definition;
  if (model.kind !== "rules")
    throw new InputError(`checkRules: definition must hold rules, got ${model.kind}`);
  const ofRules = { ...definition, model };
  const grid = ruleGrid(ofRules, rulesAsOf(definition, options.asOf));
  const found = collectRegions(grid, options.examples ?? 10);
  const notes = [
    ...(found.isComplete
      ? []
      : ["The grid is too large to go through: the counts are of what was seen. Part the rules by feature"]),
    ...(definition.nested.length > 0 && found.uncovered.all > 0
      ? ["Segments of nested definitions are taken to go with any values, so a hole may be out of reach"]
      : []),
    ...(model.scores.some(({ within }) => within !== undefined) && found.uncovered.all > 0
      ? [
          "Nested scores are taken to have every value wherever they are nested, so a hole may be out of reach",
        ]
      : []),
  ];
  return {
    isTotal: found.uncovered.all > 0 ? false : found.isComplete || null,
    isDisjoint: found.overlapping.all > 0 ? false : found.isComplete || null,
    dimensions: grid.dimensions.map(({ name, cells }) => ({ name, cells: cells.length })),
    cells: gridSize(grid),
    uncovered: found.uncovered,
    overlapping: found.overlapping,
    unreachable: found.isComplete ? model.rules.flatMap((_, i) => (found.deciding.has(i) ? [] : [i])) : [],
    inData: options.customers === undefined ? null : countCustomers(ofRules, options.customers, options.asOf),
    notes,
  };
}

interface Found {
  readonly isComplete: boolean;
  readonly uncovered: CellFinding;
  readonly overlapping: CellFinding;
  readonly deciding: ReadonlySet<number>;
}

function collectRegions(grid: RuleGrid, exampleCount: number): Found {
  const { rules } = grid.model;
  const uncovered = emptyFinding();
  const overlapping = emptyFinding();
  const deciding = new Set<number>();
  const isComplete = searchGrid(grid, (region) => {
    const { holding } = region;
    if (holding.length > 0) deciding.add(holding[0]!);
    const segments = claimants(rules, holding);
    if (holding.length > 0 && segments.length < 2) return;
    const finding = holding.length === 0 ? uncovered : overlapping;
    finding.all += region.size;
    finding.known += region.knownSize;
    if (finding.examples.length < exampleCount) finding.examples.push({ cell: regionText(region), segments });
  });
  return { isComplete, uncovered, overlapping, deciding };
}

function emptyFinding(): { all: number; known: number; examples: { cell: string; segments: string[] }[] } {
  return { all: 0, known: 0, examples: [] };
}

function regionText({ cells }: GridRegion): string {
  return cells.flatMap((own) => (own === null ? [] : cellsText(own))).join(", ") || "everybody";
}

function cellsText(cells: readonly GridCell[]): string {
  const shown = cells.slice(0, 4).map(({ text }) => text);
  return [...shown, ...(cells.length > 4 ? [`${cells.length - 4} cells more`] : [])].join(" or ");
}

function gridSize({ dimensions }: RuleGrid): CellCount {
  const product = (counts: readonly number[]): number => counts.reduce((all, count) => all * count, 1);
  return {
    all: product(dimensions.map(({ cells }) => cells.length)),
    known: product(dimensions.map(({ cells }) => cells.filter(({ isMissing }) => !isMissing).length)),
  };
}
