import { dayNumber } from "../core/calendar-day.js";
import { describeValue } from "../core/check.js";
import { refuse } from "./refuse.js";
import type { WorkbookDocument } from "./workbook-document.js";

/** How customers are valued ahead, with every default filled in: value hangs on each of these, so a report says them. */
export interface ValueConfig {
  /** Share of revenue that is left after what was sold cost, above 0 to 1; absent: values are revenue. */
  readonly margin?: number;
  /** Interest of a year: 0.1 makes money a year ahead worth 1 / 1.1. */
  readonly discountRate: number;
  /** Days after the as-of day that count. */
  readonly horizonDays: number;
  readonly model: ValueModelName;
  /** Absent: together, or by segment where spend goes with frequency, which one model of all leaves out. */
  readonly models?: ModelGrouping;
  /** Last day, `YYYY-MM-DD`, of the orders that the check of the model is fitted to; absent: two thirds of the time seen. */
  readonly calibrationEnd?: string;
  /** Price of one contact, such as a letter, in the currency of the workbook; absent: nothing is said on whom to contact. */
  readonly contactCost?: number;
  /** Price of keeping one customer, such as a voucher, in the currency of the workbook; absent: the save list states what may be paid. */
  readonly savingCost?: number;
  /** Bootstrap fits behind the intervals. */
  readonly fits: number;
}

/** together: one model for all customers; by-segment: one for each segment, where segments buy in ways of their own. */
export type ModelGrouping = "together" | "by-segment";

/** The models of when customers buy, as a workbook writes them. */
export type ValueModelName = "bg-nbd" | "mbg-nbd" | "pareto-nbd";

/** What holds for a workbook that says nothing on value. */
export const usualValue: ValueConfig = {
  discountRate: 0.1,
  horizonDays: 365,
  model: "mbg-nbd",
  fits: 40,
};

/**
 * Checks what the schema cannot say: a calibration ends on a day of the calendar with days of orders before and after it.
 *
 * @throws InputError with key path and place.
 */
export function checkValueConfig(
  written: {
    readonly asOf: string;
    readonly window?: { readonly from: string };
    readonly value?: Partial<ValueConfig>;
  },
  document: WorkbookDocument,
): void {
  const end = written.value?.calibrationEnd;
  if (end === undefined) return;
  const path = ["value", "calibrationEnd"];
  if (dayNumber(end) === undefined)
    refuse(document, path, { must: "be a day of the calendar", got: describeValue(end) });
  if (end >= written.asOf)
    refuse(document, path, {
      must: `be before asOf (${written.asOf}), so that days are left to check the model on`,
      got: end,
    });
  if (written.window !== undefined && end < written.window.from)
    refuse(document, path, { must: `not be before window.from (${written.window.from})`, got: end });
}
