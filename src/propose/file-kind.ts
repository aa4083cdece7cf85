import type { SourceKind } from "../config/workbook-config.js";
import type { FileSample } from "./file-sample.js";
import { findBatteries } from "./find-items.js";
import { type ColumnProfile, isUnique } from "./profile-column.js";
import { type Meaning, means } from "./words.js";

/** A file that was looked at. */
export interface LookedAt {
  readonly sample: FileSample;
  readonly columns: readonly ColumnProfile[];
  readonly kind: ProposedKind;
  /** Why it is of this kind, for a comment: no value of a customer. */
  readonly reason: string;
}

/** Kinds that can be told from a file. */
export type ProposedKind = Exclude<SourceKind, "mapping" | "rates">;

/** The first column that means something and passes a test. */
export function columnFor(
  columns: readonly ColumnProfile[],
  meaning: Meaning,
  test: (column: ColumnProfile) => boolean = () => true,
): ColumnProfile | undefined {
  return columns.find((column) => means(column.words, meaning) && test(column));
}

const isNumeric = ({ numbers }: ColumnProfile): boolean => numbers !== undefined;
const isDated = ({ dates }: ColumnProfile): boolean => dates !== undefined;

/** What the rows of a file are, by what its columns hold. */
export function guessKind(columns: readonly ColumnProfile[]): Pick<LookedAt, "kind" | "reason"> {
  const found = (...meanings: readonly Meaning[]) =>
    meanings.filter((meaning) => columnFor(columns, meaning, isNumeric) !== undefined);
  const date = columns.find(isDated);
  const answers = found("sent", "opened", "clicked", "converted");
  if (columnFor(columns, "campaign") && answers.length === 4 && date)
    return { kind: "campaigns", reason: "one row a message, with what became of it" };
  const visits = found("sessions", "pages", "carts");
  if (visits.length === 3 && date) return { kind: "web", reason: "visits counted by time" };
  if (date?.dates !== undefined && columnFor(columns, "event") && columnFor(columns, "page"))
    return { kind: "web", reason: "one row an event, with a time" };
  if (found("follows", "shares", "mentions").length === 3)
    return { kind: "social", reason: "what customers do on social media, counted" };
  return guessFromRows(columns) ?? { kind: "customers", reason: rowReason(columns) };
}

function guessFromRows(columns: readonly ColumnProfile[]): Pick<LookedAt, "kind" | "reason"> | undefined {
  const date = columns.find(isDated);
  const paid = columnFor(columns, "price", isNumeric) ?? columnFor(columns, "amount", isNumeric);
  const dates = columns.filter(isDated);
  if (columnFor(columns, "plan") && columnFor(dates, "start") && columnFor(dates, "end"))
    return { kind: "subscriptions", reason: "one row a period of a plan, with its first and last day" };
  const isService =
    (columnFor(columns, "nps", isNumeric) ?? columnFor(columns, "satisfaction", isNumeric)) !== undefined;
  if (date && (isService || columnFor(columns, "ticket")) && paid === undefined)
    return { kind: "support", reason: "one row a contact or answer, with its day" };
  const isLine =
    columnFor(columns, "invoice") ??
    columnFor(columns, "product") ??
    columnFor(columns, "quantity", isNumeric);
  const isPerCustomer = columnFor(columns, "customer", isUnique) !== undefined;
  if (date && paid && isLine && !isPerCustomer)
    return { kind: "transactions", reason: "one row a line of an order: a day and a price" };
  const items = findBatteries(columns).reduce((sum, battery) => sum + battery.columns.length, 0);
  if (items >= 3 && items > columns.length / 2)
    return { kind: "survey", reason: `${items} columns are answers on one scale` };
  return guessUnnamedLines(columns);
}

/** Lines of orders whose columns have no telling name: a key that repeats, a day, and a number with decimals. */
function guessUnnamedLines(columns: readonly ColumnProfile[]): Pick<LookedAt, "kind" | "reason"> | undefined {
  const date = columns.find(isDated);
  const hasKeyInRows = columns.some(isUnique);
  const money = columns.find(({ numbers }) => numbers !== undefined && numbers.decimals > 0);
  const key = columns.find(
    ({ counts, values, dates }) => !dates && counts.size > 1 && counts.size < values.length,
  );
  if (date === undefined || money === undefined || key === undefined || hasKeyInRows) return undefined;
  return { kind: "transactions", reason: "keys come again with a day and an amount: lines of orders" };
}

function rowReason(columns: readonly ColumnProfile[]): string {
  return columns.some(isUnique)
    ? "one row a customer: a key that never comes twice"
    : "one row a customer: nothing repeats in time";
}
