import type { ValueConfig } from "../config/value-config.js";
import { dayNumber, dayText } from "../core/calendar-day.js";
import { InputError, RunError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import type { SegmentLabel } from "../segments/profile.js";
import type { AnyPurchaseFit } from "../value/any-purchase-fit.js";
import { expectedPurchases } from "../value/expected-purchases.js";
import { fitPurchaseModel, type PurchaseModelName } from "../value/fit-purchase-model.js";
import type { Purchases } from "../value/purchase-diaries.js";
import { type PurchaseSummary, summarizePurchases } from "../value/summarize-purchases.js";
import { takeCustomers } from "../value/take-customers.js";
import {
  type HoldoutGroup,
  holdoutGroups,
  type TrackedPurchases,
  trackPurchases,
} from "../value/track-purchases.js";

/** The model of purchases fitted to the earlier orders only, and judged by the later ones. */
export interface ValueCheck {
  /** Last day of the calibration, `YYYY-MM-DD`. */
  readonly calibrationEnd: string;
  readonly holdoutDays: number;
  readonly customers: number;
  /** Customers whose first purchase came after the calibration: not in the check. */
  readonly cameLater: number;
  readonly actual: number;
  readonly expected: number;
  readonly track: TrackedPurchases;
  readonly byRepeats: readonly HoldoutGroup[];
}

/** What a check is made from. */
export interface ValueCheckInput {
  readonly purchases: Purchases;
  /** Last day that is known. */
  readonly until: number;
  readonly labelOf: ReadonlyMap<string, number>;
  readonly segments: readonly SegmentLabel[];
  readonly config: ValueConfig;
  readonly model: PurchaseModelName;
}

/**
 * Fits the model to the orders up to the end of the calibration and lays what it expects beside what came.
 *
 * @returns Why not, in half a sentence, where the earlier orders fix no model.
 */
export function checkValue(input: ValueCheckInput): ValueCheck | string {
  const { purchases, until, config, labelOf } = input;
  const first = purchases.days.length === 0 ? until : Math.min(...daysIn(purchases));
  const end =
    config.calibrationEnd === undefined
      ? first + Math.round((2 / 3) * (until - first))
      : dayNumber(config.calibrationEnd)!;
  if (end >= until) return `the calibration ends on ${dayText(end)}, and no later orders are known`;
  try {
    const summary = summarizePurchases(purchases, { until: end, holdoutUntil: until });
    const labels = Int32Array.from(summary.keys, (key) => labelOf.get(key) ?? -1);
    const parts = fitParts(summary, labels, input);
    const expected = new Float64Array(summary.keys.length);
    for (const { fit, rows } of parts) {
      const ahead = expectedPurchases(fit, takeCustomers(summary, rows), (until - end) / 7);
      for (const [i, row] of rows.entries()) expected[row] = ahead[i]!;
    }
    const tracks = parts.map(({ fit, rows }) =>
      trackPurchases(fit, takeCustomers(summary, rows), purchases, { until: end, last: until, first }),
    );
    return {
      calibrationEnd: dayText(end),
      holdoutDays: until - end,
      customers: summary.keys.length,
      cameLater: summary.cameLater,
      actual: sum(summary.holdoutPurchases),
      expected: sum(expected),
      track: addTracks(tracks),
      byRepeats: holdoutGroups(summary, expected),
    };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof RunError)) throw error;
    return `the orders up to ${dayText(end)} fix no model (${error.message.replace(/^\w+: /, "")})`;
  }
}

function daysIn({ days }: Purchases): readonly number[] {
  // A spread of millions of days would overflow the stack; the distinct ones are few.
  return [...new Set(Array.from(days))];
}

interface FittedPart {
  readonly fit: AnyPurchaseFit;
  readonly rows: readonly number[];
}

/** Customers by the fit that speaks for them: their segment's where it has one, else that of all. */
function fitParts(
  summary: PurchaseSummary,
  labels: Int32Array,
  { config, model, segments }: ValueCheckInput,
): readonly FittedPart[] {
  const rowsWhere = (isIn: (label: number) => boolean): number[] =>
    Array.from(summary.keys.keys()).filter((row) => isIn(labels[row]!));
  const together = fitPurchaseModel(model, summary);
  if (config.models !== "by-segment") return [{ fit: together, rows: rowsWhere(() => true) }];
  const parts = segments.map((_, segment) => {
    const rows = rowsWhere((label) => label === segment);
    return { fit: fitOrNone(model, takeCustomers(summary, rows)) ?? together, rows };
  });
  return [...parts, { fit: together, rows: rowsWhere((label) => label < 0) }].filter(
    ({ rows }) => rows.length > 0,
  );
}

function fitOrNone(model: PurchaseModelName, summary: PurchaseSummary): AnyPurchaseFit | undefined {
  try {
    return fitPurchaseModel(model, summary);
  } catch (error) {
    if (error instanceof InputError || error instanceof RunError) return undefined;
    throw error;
  }
}

function addTracks(tracks: readonly TrackedPurchases[]): TrackedPurchases {
  const [one] = tracks as readonly [TrackedPurchases, ...TrackedPurchases[]];
  const total = (column: "actual" | "expected") =>
    one.days.map((_, i) => sum(tracks.map((track) => track[column][i]!)));
  return { ...one, actual: total("actual"), expected: total("expected") };
}
