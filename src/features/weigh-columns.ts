import { checkChoice, checkNumber, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Feature } from "../core/feature.js";

/** Values by name. */
export type Named<Value> = ReadonlyMap<string, Value> | { readonly [name: string]: Value };

/**
 * How much each column counts in a distance: its weight multiplies squared differences. Only the ratio of weights matters.
 *
 * By column, 1 where one is not named; or by block, where every column needs a block and a block that is not named has 1.
 * `equal` gives every block the same total variance, however many columns it has.
 */
export type WeightChoice =
  | { readonly columns: Named<number> }
  | { readonly blockOf: Named<string>; readonly blocks: "equal" | Named<number> };

/** The block a feature is weighted with: what the workbook says, else the kind of source it comes from. */
export function blockOf({ block, source }: Feature): string {
  return block ?? source;
}

/** A plain object may not hold what a user's word can be, such as `__proto__`; a Map may. */
export function mapOf<Value>(values: Named<Value>): ReadonlyMap<string, Value> {
  return values instanceof Map ? values : new Map(Object.entries(values));
}

/**
 * Checks weights against the blocks that they can name.
 *
 * @throws InputError if a name is no block, a weight is no finite number of at least 0, or no block is left above 0.
 */
export function checkBlockWeights(
  caller: string,
  blocks: readonly string[],
  weights: ReadonlyMap<string, number>,
): void {
  for (const [name, weight] of weights) {
    checkChoice(caller, "a block under weights", name, blocks);
    checkWeight(caller, name, weight);
  }
  if (blocks.every((block) => weights.get(block) === 0))
    throw new InputError(
      `${caller}: weights must leave at least one block above 0, got 0 for ${blocks.join(", ")}`,
    );
}

/**
 * The weight of each column as a share of the largest, 0…1.
 *
 * The largest is 1, so that a weight never brings a column's clamp nearer than 8 standard deviations.
 *
 * @param columns - Every column that may be named.
 * @param varying - Those that are kept; `equal` counts only these.
 * @throws InputError as {@link fitRecipe}.
 */
export function weighColumns(
  columns: readonly string[],
  varying: readonly string[],
  choice: WeightChoice | undefined,
): ReadonlyMap<string, number> {
  if (choice === undefined) return new Map(varying.map((name) => [name, 1]));
  const weightOf =
    "columns" in choice ? byColumn(columns, choice.columns) : byBlock(columns, varying, choice);
  const weights = varying.map((name) => weightOf(name));
  const largest = Math.max(...weights);
  if (largest > 0) return new Map(varying.map((name, j) => [name, weights[j]! / largest]));
  throw new InputError(
    `fitRecipe: weights must leave at least one column that varies above 0, got 0 for each of ${varying.length}`,
  );
}

type WeightOf = (column: string) => number;

function byColumn(columns: readonly string[], wishes: Named<number>): WeightOf {
  const weights = mapOf(wishes);
  for (const [name, weight] of weights) {
    checkChoice("fitRecipe", "a column under weights", name, columns);
    checkWeight("fitRecipe", name, weight);
  }
  return (column) => weights.get(column) ?? 1;
}

function byBlock(
  columns: readonly string[],
  varying: readonly string[],
  choice: Extract<WeightChoice, { readonly blocks: unknown }>,
): WeightOf {
  const blocks = mapOf(choice.blockOf);
  const homeless = columns.find((name) => !blocks.has(name));
  if (homeless !== undefined)
    throw new InputError(
      `fitRecipe: blockOf must name the block of each column, got none for ${describeValue(homeless)}`,
    );
  if (choice.blocks === "equal") {
    const sizes = new Map<string, number>();
    for (const name of varying) sizes.set(blocks.get(name)!, (sizes.get(blocks.get(name)!) ?? 0) + 1);
    return (column) => 1 / sizes.get(blocks.get(column)!)!;
  }
  if (typeof choice.blocks !== "object" || choice.blocks === null)
    throw new InputError(
      `fitRecipe: blocks must be "equal" or a weight for each block, got ${describeValue(choice.blocks)}`,
    );
  const weights = mapOf(choice.blocks);
  checkBlockWeights("fitRecipe", [...new Set(columns.map((name) => blocks.get(name)!))], weights);
  return (column) => weights.get(blocks.get(column)!) ?? 1;
}

function checkWeight(caller: string, name: string, weight: unknown): void {
  checkNumber(caller, `the weight of ${describeValue(name)}`, weight, 0);
}
