import type { Flag } from "./entry.js";
import { findPersonalData } from "./personal-data.js";
import { type ColumnProfile, isConstant, isUnique } from "./profile-column.js";
import { means } from "./words.js";

/** Categories with more values than this are texts. */
const mostValues = 60;

/** A workbook names no longer columns. */
const longestName = 200;

/** Why a column of a customers file is no attribute; undefined where it is one. */
export function reasonToLeaveOut(
  column: ColumnProfile,
  columns: readonly ColumnProfile[],
): Pick<Flag, "flag" | "message"> | undefined {
  const { name, words, values, counts, numbers, dates } = column;
  if (name === "") return { flag: "duplicate-column", message: "column without a name" };
  if (name.length > longestName)
    return { flag: "text", message: `name of more than ${longestName} characters` };
  if (columns.some((other) => other !== column && other.name === name))
    return { flag: "duplicate-column", message: "name comes twice" };
  if (values.length === 0) return { flag: "empty", message: "no value" };
  if (isConstant(column)) return { flag: "constant", message: "the same in every row" };
  const twin = columns.find((other) => other.index < column.index && isTwin(other, column));
  if (twin) return { flag: "duplicate-column", message: `says the same as ${twin.name}` };
  const personal = findPersonalData(column);
  if (personal) return { flag: "personal-data", message: personal };
  if (isUnique(column) && (means(words, "anyId") || means(words, "customer")))
    return { flag: "identifier", message: "never the same twice" };
  if (numbers === undefined && dates === undefined && counts.size > mostValues)
    return { flag: "text", message: `text with more than ${mostValues} different values` };
  return undefined;
}

/** Whether two columns hold the same: equal cells, or words that stand for one another, such as a code and its name. */
function isTwin(a: ColumnProfile, b: ColumnProfile): boolean {
  if (a.counts.size !== b.counts.size || a.values.length !== b.values.length) return false;
  if (a.numbers && b.numbers) return a.values.every((value, i) => value === b.values[i]);
  if (a.counts.size < 3 || a.counts.size === a.values.length) return false;
  const partner = new Map<string, string>();
  return a.values.every((value, i) => {
    const other = partner.get(value) ?? b.values[i]!;
    partner.set(value, other);
    return other === b.values[i];
  });
}
