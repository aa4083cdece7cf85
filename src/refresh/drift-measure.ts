import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { FeatureColumn } from "../core/feature.js";
import { countText, percentText } from "../core/number-text.js";
import { sampleRows } from "../core/sample-rows.js";
import { compareCategories } from "./drift-categories.js";
import { compareNumbers } from "./drift-numbers.js";
import type { DriftReport, FeatureDrift } from "./drift-record.js";
import { compareShares, judgeDriftTests, type RawDriftTest } from "./drift-tests.js";
import { driftSentence } from "./drift-words.js";

/** Options of {@link measureDrift}. */
export interface DriftOptions {
  /** Day of the baseline, for a note. */
  readonly baselineDay?: string;
  /** Customers who are at both dates; default 0. They are told in a note, because their two rows are alike. */
  readonly commonCustomers?: number;
  /** Customers compared of each date; default 50,000. Above, a seeded sample is drawn and a note says so. */
  readonly sampleSize?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Fewest customers of whom a category is named; default 10. */
  readonly smallestGroup?: number;
}

/**
 * How far each feature has moved between two dates, and whether that is more than chance and more than a trifle.
 *
 * Numbers: population stability index on bins frozen at the baseline, Kolmogorov–Smirnov, Wasserstein distance in standard
 * deviations of the baseline. Categories: χ² with Cramér's V, categories unseen before. Both: the share without a value. A feature
 * drifts where a test is below 0.05 after Benjamini–Hochberg over all tests of all features *and* its effect reaches its floor
 * ({@link driftFloors}), so that a million customers do not alarm about nothing. The tests take the dates as different people;
 * the same people differ less by chance, which makes p-values too large rather than too small.
 * O(features · n log n).
 *
 * @param before - Columns of the baseline, equally long.
 * @param after - Columns now; found by name, in any order.
 * @throws InputError if columns of a date differ in length, a name stands twice, a date has no customers, or an option is out of range.
 * @see Yurdakul (2018), Statistical Properties of Population Stability Index; Benjamini & Hochberg (1995),
 * doi:10.1111/j.2517-6161.1995.tb02031.x. Checked against SciPy and statsmodels in test/reference/drift.json.
 */
export function measureDrift(
  before: readonly FeatureColumn[],
  after: readonly FeatureColumn[],
  options: DriftOptions = {},
): DriftReport {
  const { commonCustomers = 0, sampleSize = 50_000, seed = 1, smallestGroup = 10 } = options;
  checkCount("measureDrift", "sampleSize", sampleSize, 20);
  const sizes = [rowCountOf("before", before), rowCountOf("after", after)] as const;
  checkCount(
    "measureDrift",
    "commonCustomers",
    commonCustomers,
    0,
    Math.min(...sizes),
    "the customers of a date",
  );
  const [was, is] = [sampleColumns(before, sampleSize, seed), sampleColumns(after, sampleSize, seed)];
  const byName = new Map(is.map((column) => [column.feature.name, column]));
  const pairs = was.flatMap((column) => {
    const now = byName.get(column.feature.name);
    return now?.kind === column.kind ? [[column, now] as const] : [];
  });
  const compared = pairs.map(([column, now]) => compareFeature(column, now, smallestGroup));
  const judged = judgeDriftTests(compared.map(({ raw }) => raw));
  const features = compared.map(({ raw: _raw, ...parts }, i): FeatureDrift => {
    const tests = judged[i]!;
    const drift = { ...parts, tests, isDrifting: tests.some(({ isDrifting }) => isDrifting) };
    return { ...drift, sentence: driftSentence(drift) };
  });
  return {
    features,
    drifting: features.filter(({ isDrifting }) => isDrifting).map(({ name }) => name),
    rows: { before: Math.min(sizes[0], sampleSize), after: Math.min(sizes[1], sampleSize) },
    notes: [
      ...(options.baselineDay ? [`Compared with the customers of ${options.baselineDay}.`] : []),
      ...overlapNotes(commonCustomers, sizes),
      ...sampleNotes(sizes, sampleSize, seed),
      ...oneSidedNotes(before, after),
    ],
  };
}

type ComparedFeature = Omit<FeatureDrift, "isDrifting" | "tests" | "sentence"> & {
  readonly raw: readonly RawDriftTest[];
};

function compareFeature(was: FeatureColumn, is: FeatureColumn, smallestGroup: number): ComparedFeature {
  const { name, label, unit } = is.feature;
  const known = [knownIn(was), knownIn(is)] as const;
  const totals = [was.values.length, is.values.length] as const;
  const missing = [totals[0] - known[0], totals[1] - known[1]] as const;
  const missingTest = compareShares("missing", missing, totals);
  const isComparable = known[0] > 0 && known[1] > 0;
  const number =
    isComparable && was.kind === "number" && is.kind === "number"
      ? compareNumbers(was.values, is.values)
      : undefined;
  const category =
    isComparable && was.kind === "category" && is.kind === "category"
      ? compareCategories(was.values, is.values, smallestGroup)
      : undefined;
  return {
    name,
    label,
    unit,
    kind: is.kind,
    missingBefore: missing[0] / totals[0],
    missingAfter: missing[1] / totals[1],
    number: number?.number ?? null,
    category: category?.category ?? null,
    raw: [...(number?.tests ?? category?.tests ?? []), ...(missingTest ? [missingTest] : [])],
  };
}

function knownIn(column: FeatureColumn): number {
  let known = 0;
  if (column.kind === "number") for (const value of column.values) known += Number.isNaN(value) ? 0 : 1;
  else for (const value of column.values) known += value === null ? 0 : 1;
  return known;
}

function rowCountOf(when: string, columns: readonly FeatureColumn[]): number {
  const count = columns[0]?.values.length ?? 0;
  const odd = columns.find(({ values }) => values.length !== count);
  if (count === 0 || odd)
    throw new InputError(
      `measureDrift: columns ${when} must hold one value per customer, got ${odd ? `${odd.values.length} in "${odd.feature.name}" and ${count} in the first` : "none"}`,
    );
  const names = new Set(columns.map(({ feature }) => feature.name));
  if (names.size !== columns.length)
    throw new InputError(
      `measureDrift: columns ${when} must have names of their own, got ${columns.length - names.size} twice`,
    );
  return count;
}

function sampleColumns(
  columns: readonly FeatureColumn[],
  size: number,
  seed: number,
): readonly FeatureColumn[] {
  const count = columns[0]!.values.length;
  if (count <= size) return columns;
  const rows = sampleRows(count, size, seed);
  return columns.map((column) =>
    column.kind === "number"
      ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
      : { ...column, values: Array.from(rows, (row) => column.values[row]!) },
  );
}

function overlapNotes(common: number, [before, after]: readonly [number, number]): readonly string[] {
  if (common === 0) return [];
  return [
    `${countText(common)} customers are at both dates (${percentText(common / before)} of those before, ${percentText(common / after)} of those now). The tests take the dates as different people; the same people differ less by chance, so the p-values are on the large side.`,
  ];
}

function sampleNotes(sizes: readonly [number, number], size: number, seed: number): readonly string[] {
  if (Math.max(...sizes) <= size) return [];
  return [`At most ${countText(size)} customers of a date were compared, drawn with seed ${seed}.`];
}

function oneSidedNotes(before: readonly FeatureColumn[], after: readonly FeatureColumn[]): readonly string[] {
  const kinds = (columns: readonly FeatureColumn[]) =>
    new Map(columns.map(({ feature, kind }) => [feature.name, kind]));
  const [was, is] = [kinds(before), kinds(after)];
  const gone = [...was.keys()].filter((name) => !is.has(name));
  const arrived = [...is.keys()].filter((name) => !was.has(name));
  const changed = [...was.keys()].filter((name) => is.has(name) && is.get(name) !== was.get(name));
  return [
    ...(gone.length > 0 ? [`Not compared, because only the baseline has it: ${gone.join(", ")}.`] : []),
    ...(arrived.length > 0
      ? [`Not compared, because the baseline does not have it: ${arrived.join(", ")}.`]
      : []),
    ...(changed.length > 0
      ? [`Not compared, because it is a number at one date only: ${changed.join(", ")}.`]
      : []),
  ];
}
