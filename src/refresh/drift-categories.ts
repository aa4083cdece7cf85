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
  const both = (name: string) => (was.get(name) ?? 0) + (is.get(name) ?? 0);
  names.sort((a, b) => both(b) - both(a) || compareText(a, b));
  const isAlone = (name: string, rank: number) => rank < mostCategories && both(name) >= fewestCustomers;
  const rest = names.filter((name, rank) => !isAlone(name, rank));
  const rows = [...names.filter(isAlone).map((name) => [name]), rest].map((group) => [
    total(was, group),
    total(is, group),
  ]);
  const mix = rows.filter((row) => row[0]! + row[1]! > 0);
  const result = mix.length < 2 ? undefined : chiSquareTest(mix, { resamples: 0 });
  const unseen = names.filter((name) => !was.has(name));
  const totals = [total(was, names), total(is, names)] as const;
  const unseenTest = compareShares("unseen", [0, total(is, unseen)], totals);
  return {
    category: {
      cramersV: result?.effect.value ?? null,
      unseen: named(unseen, is, smallestGroup),
      unseenShare: total(is, unseen) / totals[1],
      vanished: named(
        names.filter((name) => !is.has(name)),
        was,
        smallestGroup,
      ),
    },
    tests: [
      ...(result
        ? [{ name: "categories" as const, pValue: result.pValue, effect: result.effect.value }]
        : []),
      ...(unseenTest ? [unseenTest] : []),
    ],
  };
}

function countCategories(values: readonly (string | null)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function total(counts: ReadonlyMap<string, number>, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
}

function named(
  names: readonly string[],
  counts: ReadonlyMap<string, number>,
  smallest: number,
): DriftedCategory[] {
  return names
    .map((category) => ({ category, customers: counts.get(category)! }))
    .filter(({ customers }) => customers >= smallest)
    .sort((a, b) => b.customers - a.customers || compareText(a.category, b.category));
}
