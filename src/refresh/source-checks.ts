import { countText, numberText, percentText } from "../core/number-text.js";
import type { CleaningAccount, SourceAccount } from "../sources/account.js";

/** How many rows of one source were kept at both dates. */
export interface SourceRows {
  readonly source: string;
  readonly before: number;
  /** 0 where the source is gone. */
  readonly after: number;
  /** Share of the rows before that is missing now, 0…1; 0 where there are as many or more. */
  readonly loss: number;
}

/** What the sources of two dates say about each other, before any customer is looked at. */
export interface SourceChecks {
  /** Sources of the date before, in their order. */
  readonly rows: readonly SourceRows[];
  /**
   * How many times larger an order is than before, by revenue and invoices; of the orders that came since, where that is further off.
   * null without orders at both dates, or in two currencies.
   */
  readonly orderValueFactor: number | null;
  /** What a reader has to know, one sentence each. */
  readonly notes: readonly string[];
}

/** A file sent twice makes half its rows repeats; fewer than this are everyday dirt. */
const notedRepeats = 0.2;
/** Fewer orders than this, since the date before, say nothing about their value. */
const fewestOrders = 30;

/**
 * Sets the cleaning accounts of two dates beside each other: what shrank, what is gone, what came twice, whether money means the same.
 *
 * O(sources).
 */
export function checkSources(before: CleaningAccount, after: CleaningAccount): SourceChecks {
  const now = new Map(after.sources.map((source) => [source.name, source]));
  const known = new Set(before.sources.map(({ name }) => name));
  const rows = before.sources.map(({ name, rowsKept }): SourceRows => {
    const kept = now.get(name)?.rowsKept ?? 0;
    return {
      source: name,
      before: rowsKept,
      after: kept,
      loss: Math.max(0, 1 - kept / Math.max(1, rowsKept)),
    };
  });
  const gone = before.sources.filter(({ name }) => !now.has(name));
  const arrived = after.sources.filter(({ name }) => !known.has(name));
  return {
    rows,
    orderValueFactor: orderValueFactor(before, after),
    notes: [
      ...gone.map(({ name }) => `The source ${name} is gone.`),
      ...arrived.map(({ name }) => `The source ${name} is new.`),
      ...after.sources.flatMap(repeatNotes),
      ...currencyNotes(before, after),
    ],
  };
}

/** Rows that a declared step dropped because others say the same: nothing counts double, but somebody should know. */
function repeatNotes({ name, rowsRead, dropped }: SourceAccount): readonly string[] {
  const repeats = dropped
    .filter(
      ({ reason }) =>
        reason === "exact-duplicate" || reason === "duplicate-key" || reason === "duplicate-customer",
    )
    .reduce((sum, { rows }) => sum + rows, 0);
  if (rowsRead === 0 || repeats / rowsRead < notedRepeats) return [];
  return [
    `${name}: ${countText(repeats)} of ${countText(rowsRead)} rows (${percentText(repeats / rowsRead)}) repeat others and count once; a file may have been appended twice.`,
  ];
}

/** The factor that is further from 1: of all orders, or of those that came since. */
function orderValueFactor({ totals: was }: CleaningAccount, { totals: is }: CleaningAccount): number | null {
  if (
    !was ||
    !is ||
    was.currency !== is.currency ||
    was.invoices < fewestOrders ||
    is.invoices < fewestOrders
  )
    return null;
  const usual = was.revenue / was.invoices;
  const newOrders = is.invoices - was.invoices;
  const factors = [
    is.revenue / is.invoices / usual,
    ...(newOrders < fewestOrders ? [] : [(is.revenue - was.revenue) / newOrders / usual]),
  ].filter((factor) => Number.isFinite(factor) && factor > 0);
  const distance = (factor: number) => Math.abs(Math.log(factor));
  return factors.reduce<number | null>(
    (most, factor) => (most === null || distance(factor) > distance(most) ? factor : most),
    null,
  );
}

function currencyNotes({ totals: was }: CleaningAccount, { totals: is }: CleaningAccount): readonly string[] {
  if (!was || !is || was.currency === is.currency) return [];
  return [
    `Money was in ${was.currency} and is in ${is.currency} now: amounts of the two dates do not compare.`,
  ];
}

/** "100 times what it was", "1 / 100 of what it was": how a factor of money reads. */
export function factorText(factor: number): string {
  return factor >= 0.1
    ? `${numberText(factor)} times what it was`
    : `1 / ${numberText(1 / factor)} of what it was`;
}
