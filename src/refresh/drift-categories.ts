import { compareText } from "../core/text-order.js";
import { chiSquareTest } from "../inference/chi-square-test.js";
import type { CategoryDrift, DriftedCategory } from "./drift-record.js";
import { compareShares, type RawDriftTest } from "./drift-tests.js";

/** Beyond the largest of them, categories are compared as one: a postcode has thousands. */
const mostCategories = 100;
/** Smaller ones, over both dates together, make χ² rough. */
const fewestCustomers = 10;

/**
 * Mix of a category between two dates and the tests that go with it; both dates must have known values.
 *
 * @param smallestGroup - Fewest customers of whom a category is named.
 */
export function compareCategories(
  before: readonly (string | null)[],
  after: readonly (string | null)[],
  smallestGroup: number,
): { readonly category: CategoryDrift; readonly tests: readonly RawDriftTest[] } {
  const [was, is] = [countCategories(before), countCategories(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  const mix = compareMix(names, was, is);
  const unseen = names.filter((name) => !was.has(name));
  const vanished = names.filter((name) => !is.has(name));
  const totals = [total(was, names), total(is, names)] as const;
  const unseenTest = compareShares("unseen", [0, total(is, unseen)], totals);
  return {
    category: {
      cramersV: mix?.effect ?? null,
      unseen: named(unseen, is, smallestGroup),
      unseenShare: total(is, unseen) / totals[1],
      vanished: named(vanished, was, smallestGroup),
    },
    tests: [...(mix ? [mix] : []), ...(unseenTest ? [unseenTest] : [])],
  };
}

type Counts = ReadonlyMap<string, number>;

/** χ² of the categories, rare ones as one; undefined where everybody has the same. */
function compareMix(names: readonly string[], was: Counts, is: Counts): RawDriftTest | undefined {
  const both = (name: string) => (was.get(name) ?? 0) + (is.get(name) ?? 0);
  const largest = [...names].sort((a, b) => both(b) - both(a) || compareText(a, b));
  const isAlone = (name: string, rank: number) => rank < mostCategories && both(name) >= fewestCustomers;
  const rest = largest.filter((name, rank) => !isAlone(name, rank));
  const groups = [...largest.filter(isAlone).map((name) => [name]), rest];
  const rows = groups
    .map((group) => [total(was, group), total(is, group)])
    .filter((row) => row[0]! + row[1]! > 0);
  if (rows.length < 2) return undefined;
  const { pValue, effect } = chiSquareTest(rows, { resamples: 0 });
  return { name: "categories", pValue, effect: effect.value };
}

function countCategories(values: readonly (string | null)[]): Counts {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function total(counts: Counts, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
}

function named(names: readonly string[], counts: Counts, smallest: number): DriftedCategory[] {
  return names
    .map((category) => ({ category, customers: counts.get(category)! }))
    .filter(({ customers }) => customers >= smallest)
    .sort((a, b) => b.customers - a.customers || compareText(a.category, b.category));
}
