import type { Entry, Flag } from "./entry.js";
import type { FileStyle } from "./file-style.js";
import { orderLevels } from "./order-levels.js";
import { claimName } from "./plain-words.js";
import { type ColumnProfile, isWhole, rangeOf, topShare, usualValues } from "./profile-column.js";
import { means } from "./words.js";

/** Attributes of one sort stand together in the workbook. */
export type AttributeSort = "measured" | "named" | "sensitive" | "outcome";

/** A column of the customers file as an attribute. */
export interface JudgedColumn {
  readonly sort: AttributeSort;
  readonly entry: Entry;
  readonly flags: readonly Pick<Flag, "flag" | "message">[];
  /** The feature could form segments; smaller is better. */
  readonly rank?: number;
}

/** What a column is judged by. */
export interface ColumnInput {
  readonly style: FileStyle;
  /** Last day that is known, for years of birth. */
  readonly asOf: string;
  readonly currency: string;
  /** Names of features given so far; grows. */
  readonly taken: Set<string>;
}

const sensitiveFlag = { flag: "sensitive", message: "describes segments, does not form them" } as const;

/** The attribute that a column becomes, or the flag of one whose dates are written otherwise than the rest of the file. */
export function judgeColumn(
  column: ColumnProfile,
  input: ColumnInput,
): JudgedColumn | Pick<Flag, "flag" | "message"> {
  if (column.dates !== undefined && !means(column.words, "birthYear")) return judgeDate(column, input);
  if (column.numbers === undefined) return judgeCategory(column, input);
  if (means(column.words, "birthYear") && isWhole(column)) return judgeBirthYear(column, input);
  return isCode(column) ? judgeCode(column, input) : judgeNumber(column, input);
}

function judgeDate(
  { name, words, dates }: ColumnProfile,
  { style, taken }: ColumnInput,
): JudgedColumn | Pick<Flag, "flag" | "message"> {
  if (dates!.format !== style.dateFormat && dates!.ambiguousWith !== style.dateFormat)
    return {
      flag: "other-format",
      message: `dates as ${dates!.format}, the rest of the file as ${style.dateFormat}`,
    };
  const isBirth = means(words, "birthDate");
  const isJoin = means(words, "joined");
  const key = claimName(isBirth ? "birth" : isJoin ? "joined" : words, taken, "day");
  taken.add(`${key}_days`);
  const meaning = isBirth ? "Day of birth" : isJoin ? "Day the customer joined" : meaningOf(name, words);
  const entry = { key, value: { column: name, type: "date", meaning } };
  return isBirth
    ? { sort: "sensitive", entry, flags: [sensitiveFlag] }
    : { sort: "measured", entry, flags: [], rank: 6 };
}

function judgeCategory(column: ColumnProfile, { taken }: ColumnInput): JudgedColumn {
  const { name, words, counts } = column;
  const levels = orderLevels(usualValues(column));
  const strange = counts.size - (levels?.length ?? 0);
  const order = levels && { levels, unit: `level 1–${levels.length}` };
  const entry = {
    key: claimName(words, taken, "category"),
    value: { column: name, type: "category", ...order, meaning: meaningOf(name, words) },
    ...(levels && {
      note: `from low to high: check${strange > 0 ? `; ${strange} rare ${strange === 1 ? "value counts" : "values count"} as missing` : ""}`,
    }),
  };
  if (means(words, "sensitive")) return { sort: "sensitive", entry, flags: [sensitiveFlag] };
  return { sort: "named", entry, flags: [], ...(levels && { rank: 8 }) };
}

/** Few whole numbers in a column that is called like a name: Channel 1 and 2, Region 1 to 3. */
function isCode(column: ColumnProfile): boolean {
  const { words, counts } = column;
  return (
    isWhole(column) &&
    counts.size <= 30 &&
    !isFlag(column) &&
    means(words, "code") &&
    !means(words, "countWord")
  );
}

function isFlag(column: ColumnProfile): boolean {
  const [low, high] = rangeOf(column);
  return column.counts.size === 2 && low === 0 && high === 1;
}

function judgeCode({ name, words }: ColumnProfile, { taken }: ColumnInput): JudgedColumn {
  const value = { column: name, type: "category", meaning: meaningOf(name, words) };
  const entry = { key: claimName(words, taken, "code"), value, note: "numbers that name, not measure" };
  const code = { flag: "code", message: "numbers that name, not measure: a category" } as const;
  return means(words, "sensitive")
    ? { sort: "sensitive", entry, flags: [sensitiveFlag] }
    : { sort: "named", entry, flags: [code] };
}

function judgeNumber(column: ColumnProfile, input: ColumnInput): JudgedColumn {
  const { name, words, counts, missing } = column;
  const isAge = means(words, "age");
  const isOutcome =
    isFlag(column) && (["outcome", "campaign", "complaint"] as const).some((word) => means(words, word));
  const isSensitive = means(words, "sensitive");
  const sort = isOutcome ? "outcome" : isSensitive ? "sensitive" : "measured";
  const unit = unitOf(column, input.currency);
  const value = {
    column: name,
    type: "number",
    ...(unit && { unit }),
    ...(isAge && { range: [0, 120] }),
    ...(isOutcome && { role: "outcome" }),
    meaning: isAge ? "Age in years" : meaningOf(name, words),
  };
  const isNearConstant = topShare(column) > 0.95;
  const isOutlying = sort === "measured" && hasOutlier(column);
  const note = isNearConstant
    ? `${percent(topShare(column))} of the rows are alike`
    : isOutlying
      ? outlierNote
      : "";
  const entry = { key: claimName(nameWords(words), input.taken, "number"), value, ...(note && { note }) };
  const flags = [
    ...(isSensitive ? [sensitiveFlag] : []),
    ...(isNearConstant ? [{ flag: "near-constant", message: note } as const] : []),
    ...(isOutlying ? [{ flag: "outlier", message: outlierNote } as const] : []),
  ];
  const isBasis =
    sort === "measured" && !isFlag(column) && counts.size > 4 && !isNearConstant && missing < 0.3;
  return { sort, entry, flags, ...(isBasis && { rank: means(words, "demographic") ? 7 : 4 }) };
}

const outlierNote = "one value is over three times the next: check it, or give a range";

function hasOutlier({ numbers }: ColumnProfile): boolean {
  const distinct = [...new Set(numbers!.values)].sort((a, b) => b - a);
  return distinct.length > 20 && distinct[1]! > 0 && distinct[0]! > 3 * distinct[1]!;
}

function unitOf(column: ColumnProfile, currency: string): string {
  const { words } = column;
  if (means(words, "age")) return "years";
  if (means(words, "recency")) return "days";
  if (isFlag(column)) return "0 or 1";
  return means(words, "money") ? currency : "";
}

function judgeBirthYear({ name }: ColumnProfile, { asOf, taken }: ColumnInput): JudgedColumn {
  const year = Number(asOf.slice(0, 4));
  const range = [year - 105, year];
  const meaning = `Year of birth; age is ${year} less this`;
  const key = claimName("year_of_birth", taken, "year_of_birth");
  return {
    sort: "sensitive",
    entry: { key, value: { column: name, type: "number", unit: "year", range, meaning } },
    flags: [sensitiveFlag],
  };
}

/** One sentence about a column of which only the name is known. */
function meaningOf(name: string, words: string): string {
  const subject = words.split(" ").slice(1).join(" ");
  if (isCounted(words)) return `Number of ${subject}`;
  if (isSpent(words)) return `Amount spent on ${subject}`;
  return `${name.slice(0, 200)} as in the file`;
}

/** `NumWebPurchases` → `web purchases`, `MntWines` → `spend wines`: what a report calls it. */
function nameWords(words: string): string {
  const subject = words.split(" ").slice(1).join(" ");
  return isCounted(words) ? subject : isSpent(words) ? `spend ${subject}` : words;
}

const isCounted = (words: string): boolean => /^(num|nb|anz|anzahl) \D/.test(words);
const isSpent = (words: string): boolean => /^(mnt|amt) \D/.test(words);

/** `24 %` of 0.24. */
export function percent(share: number): string {
  const hundredths = 100 * share;
  return hundredths > 0 && hundredths < 1 ? "under 1 %" : `${Math.round(hundredths)} %`;
}
