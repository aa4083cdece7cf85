import type { DisplayTable } from "../charts/figure.js";
import { correlationText, countText } from "../core/number-text.js";

/** One way to group the customers, beside the segments. */
export interface MethodRow {
  readonly name: string;
  /** What it groups by, in words. */
  readonly groupsBy: string;
  /** Customers it grouped; 0 where it could not be tried. */
  readonly customers: number;
  /** Rows per group, largest first. */
  readonly sizes: readonly number[];
  /** Share of starts (0–1) that came as low as the best. */
  readonly hitRate: number;
  /** Adjusted Rand index with the segments, 1: the same groups, 0: no more than by chance; null for the segments or if not tried. */
  readonly agreement: number | null;
  readonly notes: readonly string[];
}

export interface MethodsView {
  /** Customers that took part, and that there are. */
  readonly customers: number;
  readonly customersInAll: number;
  /** The segments first. */
  readonly methods: readonly MethodRow[];
}

/** What other ways to group the same customers find. */
export function methodsTable({ methods, customers, customersInAll }: MethodsView): DisplayTable {
  const sample =
    customers < customersInAll
      ? `A seeded sample of ${countText(customers)} of ${countText(customersInAll)} customers, the same for every method.`
      : "";
  const notes = methods.slice(1).flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`));
  return {
    kind: "table",
    caption: "The same customers, grouped in other ways",
    columns: [
      { name: "Method" },
      { name: "Groups by" },
      { name: "Customers", digits: 0 },
      { name: "Largest group", digits: 0 },
      { name: "Smallest group", digits: 0 },
      { name: "Hit rate", unit: "%", digits: 0 },
      { name: "Agreement with the segments (ARI, 1: the same)", digits: 2 },
    ],
    rows: methods.map(({ name, groupsBy, customers, sizes, hitRate, agreement }) => [
      name,
      groupsBy,
      customers,
      sizes[0] ?? null,
      sizes.at(-1) ?? null,
      sizes.length === 0 ? null : 100 * hitRate,
      agreement,
    ]),
    note: [sample, ...notes].filter(Boolean).join(" "),
  };
}

/** From here on two groupings count as nearly the same, and as alike (Steinley 2004, doi:10.1037/1082-989X.9.3.386). */
const nearlySame = 0.9;
const alike = 0.65;

/** Which methods find the segments again, and which find something else. */
export function methodsSentence({ methods }: MethodsView): string {
  const compared = methods.filter(({ agreement }) => agreement !== null);
  if (compared.length === 0) return "No other method could be tried.";
  const foundBy = (low: number, high: number): string =>
    listOf(
      compared
        .filter(({ agreement }) => agreement! >= low && agreement! < high)
        .map(({ name, agreement }) => `${name} (${correlationText(agreement!)})`),
    );
  const parts = [
    ["nearly the same", foundBy(nearlySame, Infinity)],
    ["similar", foundBy(alike, nearlySame)],
    ["other", foundBy(-Infinity, alike)],
  ].flatMap(([groups, names]) => (names === "" ? [] : [`${groups} groups are found by ${names}`]));
  const sentence = parts.join("; ");
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}. In brackets the agreement with the segments, 1: the same groups, 0: no more alike than by chance.`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
