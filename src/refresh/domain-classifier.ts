import { checkCount, checkSameLength } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { matrixOfColumns, rowsOf } from "../core/matrix.js";
import { countText } from "../core/number-text.js";
import { createRandom } from "../core/random.js";
import { compareText } from "../core/text-order.js";
import type { Recipe } from "../features/recipe.js";
import { dominanceOf } from "../inference/dominance.js";
import { sortGroups } from "../inference/merge-ranks.js";
import { domainColumns } from "./domain-columns.js";
import { fitFolds } from "./domain-folds.js";
import { shareOfKey } from "./share-of-key.js";

/** Customers of one date. */
export interface DatedRows {
  readonly keys: readonly string[];
  /** Shape (nKeys, any), raw values, NaN where missing; the features of the recipe are found by name. */
  readonly matrix: Matrix;
}

/** How well a classifier tells the customers of two dates apart. */
export interface DomainClassifier {
  /** Out-of-fold area under the ROC curve: 0.5 not at all, 1 every time. */
  readonly auc: number;
  /** 95 % interval (DeLong), rows taken as independent. */
  readonly low: number;
  readonly high: number;
  /** Middle 90 % of the area when the dates are drawn by lot. */
  readonly nullLow: number;
  readonly nullHigh: number;
  /** Share of the draws, with this one, whose area is at least as large. */
  readonly pValue: number;
  /** Below this area nothing is called drift. */
  readonly floor: number;
  readonly isDrifting: boolean;
  readonly rows: { readonly before: number; readonly after: number };
  readonly sentence: string;
}

/** Options of {@link classifyDates}. */
export interface ClassifyDatesOptions {
  /** Most customers and dates together; default 20,000. Above, customers are sampled by their key. */
  readonly sampleSize?: number;
  /** Times that the dates are drawn by lot; default 99. */
  readonly permutations?: number;
  /** Default 1. */
  readonly seed?: number;
}

const foldCount = 5;
const aucFloor = 0.6;

/**
 * Tells customers of two dates apart by all features of a recipe together, which shows drift that no single feature shows.
 *
 * Linear discriminant on lattice values, missing flags, squares and products; five folds by the customer's key, so that nobody is in
 * training and test at once; the area is the mean over folds, weighted by pairs. Drift where it lies above 95 of 100 areas with
 * dates drawn by lot *and* reaches 0.6. Customers at both dates make the band too wide, never too narrow. O(rows · columns²).
 *
 * @returns null where a date has fewer than 50 customers: there is too little to learn from.
 * @throws InputError if keys and rows differ in number, or a feature of the recipe has no column.
 * @see DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595. Checked against scikit-learn in test/reference/drift.json.
 */
export function classifyDates(
  recipe: Recipe,
  [before, after]: readonly [DatedRows, DatedRows],
  options: ClassifyDatesOptions = {},
): DomainClassifier | null {
  const { sampleSize = 20_000, permutations = 99, seed = 1 } = options;
  checkCount("classifyDates", "sampleSize", sampleSize, 200);
  checkCount("classifyDates", "permutations", permutations, 19);
  const share = Math.min(1, sampleSize / (before.keys.length + after.keys.length));
  const [was, is] = [drawRows(before, { recipe, share, seed }), drawRows(after, { recipe, share, seed })];
  if (Math.min(was.keys.length, is.keys.length) < 50) return null;
  const keys = [...was.keys, ...is.keys];
  const isAfter = Uint8Array.from(keys, (_, i) => (i < was.keys.length ? 0 : 1));
  const folds = Uint8Array.from(keys, (key) => Math.floor(foldCount * shareOfKey(key, seed + 1)));
  const columns = domainColumns(recipe, stack(was.matrix, is.matrix));
  const scoresOf = fitFolds(columns, folds, foldCount);
  const areaOf = (dates: Uint8Array) => foldArea(scoresOf(dates), dates, folds);
  const found = areaOf(isAfter);
  const drawn = permutedAreas(isAfter, areaOf, { permutations, seed });
  return describeArea(found, drawn, { before: was.keys.length, after: is.keys.length });
}

interface Area {
  readonly auc: number;
  readonly error: number;
}

/** Rows in the order of their keys, so that sums do not depend on the order given. */
function drawRows(
  { keys, matrix }: DatedRows,
  { recipe, share, seed }: { readonly recipe: Recipe; readonly share: number; readonly seed: number },
): DatedRows {
  checkSameLength("classifyDates", "keys", keys, matrix.rowCount, "one per row of the matrix");
  const rows = Array.from(keys.keys())
    .filter((row) => share === 1 || shareOfKey(keys[row]!, seed) < share)
    .sort((a, b) => compareText(keys[a]!, keys[b]!));
  const drawn = rowsOf(matrix, rows);
  const columns = recipe.steps.flatMap(({ feature }) => {
    const at = matrix.columns.indexOf(feature);
    return at < 0 ? [] : [[feature, drawn.values.filter((_, i) => i % matrix.columnCount === at)] as const];
  });
  return {
    keys: rows.map((row) => keys[row]!),
    matrix: matrixOfColumns(
      columns.map(([name]) => name),
      columns.map(([, values]) => values),
    ),
  };
}

function stack(first: Matrix, second: Matrix): Matrix {
  const values = new Float64Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { ...first, rowCount: first.rowCount + second.rowCount, values };
}

/** Mean area over folds by their pairs of dates; a fold without one of the dates has none. */
function foldArea(scores: Float64Array, isAfter: Uint8Array, folds: Uint8Array): Area {
  let [pairs, area, variance] = [0, 0, 0];
  const groups = Array.from({ length: 2 * foldCount }, () => [] as number[]);
  for (let i = 0; i < scores.length; i++) groups[2 * folds[i]! + isAfter[i]!]!.push(scores[i]!);
  const sorted = sortGroups(groups);
  for (let fold = 0; fold < foldCount; fold++) {
    const [others, own] = [sorted[2 * fold]!, sorted[2 * fold + 1]!];
    const weight = own.length * others.length;
    if (weight === 0) continue;
    const { delta, ownSquares, otherSquares } = dominanceOf(own, others);
    pairs += weight;
    area += (weight * (1 + delta)) / 2;
    variance +=
      weight ** 2 *
      (ownSquares / (4 * own.length * Math.max(1, own.length - 1)) +
        otherSquares / (4 * others.length * Math.max(1, others.length - 1)));
  }
  return pairs === 0 ? { auc: 0.5, error: 0 } : { auc: area / pairs, error: Math.sqrt(variance) / pairs };
}

function permutedAreas(
  isAfter: Uint8Array,
  areaOf: (dates: Uint8Array) => Area,
  { permutations, seed }: { readonly permutations: number; readonly seed: number },
): readonly number[] {
  const random = createRandom(seed);
  const order = Uint32Array.from(isAfter.keys());
  const areas = Array.from({ length: permutations }, () => {
    random.shuffle(order);
    return areaOf(Uint8Array.from(order, (row) => isAfter[row]!)).auc;
  });
  return areas.sort((a, b) => a - b);
}

function describeArea(
  { auc, error }: Area,
  drawn: readonly number[],
  rows: DomainClassifier["rows"],
): DomainClassifier {
  const asLarge = drawn.filter((area) => area >= auc).length;
  const pValue = (1 + asLarge) / (1 + drawn.length);
  // The p-value is at most 0.05 exactly where the area lies above the band.
  const outside = Math.floor((1 + drawn.length) / 20);
  const [nullLow, nullHigh] = [drawn[outside - 1]!, drawn[drawn.length - outside]!];
  const isDrifting = auc >= aucFloor && pValue <= 0.05;
  const figures = `area ${auc.toFixed(2)}, by lot up to ${nullHigh.toFixed(2)} in 95 of 100 draws`;
  return {
    auc,
    low: Math.max(0, auc - 1.959964 * error),
    high: Math.min(1, auc + 1.959964 * error),
    nullLow,
    nullHigh,
    pValue,
    floor: aucFloor,
    isDrifting,
    rows,
    sentence: isDrifting
      ? `All basis features together tell which date a customer is from (${figures}; ${countText(rows.before)} and ${countText(rows.after)} customers).`
      : `All basis features together do not tell which date a customer is from (${figures}).`,
  };
}
