import type { LookedAt } from "./file-kind.js";
import { type ColumnProfile, isUnique } from "./profile-column.js";
import { means } from "./words.js";

/** Which column says whose row it is. */
export interface ProposedKey {
  /** Absent: the file has none, and each row is a customer. */
  readonly column?: ColumnProfile;
  /** Regular expression to take from the end of ids. */
  readonly strip?: string;
  readonly reason: string;
}

/** Kinds with one row a customer. */
const single: ReadonlySet<string> = new Set(["customers", "survey", "social"]);

/** The customer key of each file: by name, by how often its values come, and by whether the other files know them. */
export function findKeys(files: readonly LookedAt[]): ProposedKey[] {
  return files.map((file) => {
    const others = files.filter((other) => other !== file);
    const scored = file.columns
      .map((column) => ({ column, ...scoreOf(column, file, others) }))
      .filter(({ score }) => score >= 2);
    if (scored.length === 0) return { reason: "no column tells customers apart" };
    const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
    return {
      column: best.column,
      reason: reasonFor(best.column, file, best.overlap),
      ...(best.column.numbers?.hasFloatIds && { strip: "\\.0$" }),
    };
  });
}

function scoreOf(
  column: ColumnProfile,
  { kind, sample }: LookedAt,
  others: readonly LookedAt[],
): { readonly score: number; readonly overlap: number } {
  const { words, numbers, dates, counts, values, missing } = column;
  if (
    dates !== undefined ||
    (numbers !== undefined && numbers.decimals > 0) ||
    counts.size < 2 ||
    missing > 0.6
  )
    return { score: 0, overlap: 0 };
  const share = counts.size / values.length;
  const isNamed = means(words, "customer");
  const overlap = counts.size < 20 ? 0 : bestOverlap(column, others);
  const known = overlap > 0.3 ? 2 + overlap : 0;
  if (single.has(kind)) {
    // A measure may happen not to repeat in a small file: without a name only text and counted numbers are keys.
    const isKeyLike =
      isNamed || means(words, "anyId") || numbers === undefined || isCounted(column) || known > 0;
    if (share < 0.95 || !isKeyLike) return { score: 0, overlap };
    return {
      score: (isNamed ? 3 : 0) + (means(words, "anyId") ? 1 : 0) + (share === 1 ? 2 : 1) + known,
      overlap,
    };
  }
  if (means(words, "invoice") || means(words, "product")) return { score: 0, overlap };
  // Without a name: of the columns that repeat, one with many values.
  const isNameless = sample.dialect?.hasHeader === false && share < 0.9 && counts.size > values.length * 0.05;
  const isId = means(words, "anyId") && share < 0.95;
  return { score: (isNamed ? 3 : 0) + (isId ? 1.5 : 0) + (isNameless ? 2 + share : 0) + known, overlap };
}

/** Numbers that go up by one: 1, 2, 3, …. */
function isCounted({ numbers }: ColumnProfile): boolean {
  const values = numbers?.values ?? [];
  return values.length > 2 && values.slice(1).every((value, i) => value === values[i]! + 1);
}

/** Largest share of the other files' likely keys that this column has, 0…1. */
function bestOverlap(column: ColumnProfile, others: readonly LookedAt[]): number {
  return others
    .flatMap(({ columns }) => columns)
    .filter(
      (other) =>
        (means(other.words, "customer") || isUnique(other)) &&
        other.dates === undefined &&
        other.counts.size >= 20,
    )
    .reduce((best, other) => Math.max(best, overlapOf(column, other)), 0);
}

/** Share of the smaller column's distinct values that the larger one has, 0…1. */
export function overlapOf(a: ColumnProfile, b: ColumnProfile): number {
  const [small, large] = a.counts.size <= b.counts.size ? [a, b] : [b, a];
  const known = new Set([...large.counts.keys()].map(plainKey));
  const keys = [...small.counts.keys()];
  return keys.filter((key) => known.has(plainKey(key))).length / Math.max(1, keys.length);
}

function plainKey(key: string): string {
  return key.replace(/\.0$/, "");
}

function reasonFor(column: ColumnProfile, { kind }: LookedAt, overlap: number): string {
  const parts = [
    means(column.words, "customer") ? "by its name" : "",
    single.has(kind) ? (isUnique(column) ? "never twice" : "hardly ever twice") : "",
    overlap > 0.3 ? "other files know it" : "",
    column.numbers?.hasFloatIds ? "written as 123.0, so .0 is taken off" : "",
  ].filter((part) => part !== "");
  return parts.join(", ") || "repeats, and has many values";
}
