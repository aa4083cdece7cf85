import type { RefreshGates } from "../config/refresh-config.js";
import { countText, numberText, percentText } from "../core/number-text.js";
import { ageText, type DefinitionAge } from "../segments/staleness.js";
import type { RefreshGate } from "./refresh-record.js";
import { factorText, type SourceChecks } from "./source-checks.js";
import type { RepeatedDays, RepeatedLines } from "./source-checks-lines.js";

/** What the gates on the data look at. */
export interface DataEvidence {
  readonly sources: SourceChecks;
  /** Kept order lines that repeat another; null without orders. */
  readonly repeatedLines: RepeatedLines | null;
  readonly customers: { readonly before: number; readonly common: number };
  /** Basis features that lost more than half of their values since the definition was made. */
  readonly emptyFeatures: readonly string[];
}

/** What the gates on the result look at. */
export interface ResultEvidence {
  /** Share of the common customers whose segment before continued or drifted, 0…1; null where there are none. */
  readonly continuity: number | null;
  /** Of the definition in force after the refresh; null where it has no date. */
  readonly age: DefinitionAge | null;
}

/**
 * Whether the data of a refresh can be what the data before were: a refit of data that are not would be a new segmentation of nonsense.
 *
 * @returns One gate each: sourceLoss, overlap, repeatedRows and repeatedDays (not without orders), moneyFactor (neither without orders
 * nor where lines count double, which makes orders larger), emptyFeatures.
 */
export function judgeData(evidence: DataEvidence, limits: RefreshGates): readonly RefreshGate[] {
  const { sources, repeatedLines, emptyFeatures } = evidence;
  const repeats = repeatedLines === null ? [] : repeatGates(repeatedLines, limits.repeatedRows);
  const countsOnce = repeats.every(({ passed }) => passed);
  return [
    ...sourceLossGate(sources, limits.sourceLoss),
    overlapGate(evidence.customers, limits.overlap),
    ...repeats,
    ...(sources.orderValueFactor === null || !countsOnce
      ? []
      : [moneyGate(sources.orderValueFactor, limits.moneyFactor)]),
    {
      name: "emptyFeatures",
      passed: emptyFeatures.length === 0,
      value: emptyFeatures.length,
      limit: 0,
      reason:
        emptyFeatures.length === 0
          ? "Basis features have the values that they had."
          : `Most customers have no value of ${emptyFeatures.join(", ")} any more: the recipe does not fit the data. Look at the source, or fit anew without it.`,
    },
  ];
}

/** Whether the result can go on where the one before stood. @returns One gate each: continuity, age (not without a date). */
export function judgeResult(
  { continuity, age }: ResultEvidence,
  limits: RefreshGates,
): readonly RefreshGate[] {
  return [
    {
      name: "continuity",
      passed: continuity !== null && continuity >= limits.continuity,
      value: continuity,
      limit: limits.continuity,
      reason:
        continuity === null
          ? "No customer is at both dates, so no segment can be found again."
          : `Segments of ${percentText(continuity)} of the common customers keep their key; at least ${percentText(limits.continuity)} must.`,
    },
    ...(age === null
      ? []
      : [
          {
            name: "age",
            passed: !age.isStale,
            value: age.days,
            limit: age.limit,
            reason: `The definition in force is ${ageText(age)}.`,
          },
        ]),
  ];
}

function sourceLossGate({ rows }: SourceChecks, limit: number): readonly RefreshGate[] {
  if (rows.length === 0) return [];
  const worst = rows.reduce((most, one) => (one.loss > most.loss ? one : most));
  const counts = `${countText(worst.before)} rows before, ${countText(worst.after)} now`;
  const reason =
    worst.loss === 0
      ? "No source has fewer rows than before."
      : `${worst.source} lost the most rows of all sources, ${percentText(worst.loss)} (${counts}); at most ${percentText(limit)} may be missing.`;
  return [{ name: "sourceLoss", passed: worst.loss <= limit, value: worst.loss, limit, reason }];
}

function overlapGate({ before, common }: DataEvidence["customers"], limit: number): RefreshGate {
  const share = before === 0 ? 0 : common / before;
  const still =
    common === 0
      ? `None of the ${countText(before)} customers before is there any more; was the key written in another way?`
      : `${countText(common)} of the ${countText(before)} customers before (${percentText(share)}) are still there; at least ${percentText(limit)} must be.`;
  return { name: "overlap", passed: common > 0 && share >= limit, value: share, limit, reason: still };
}

function repeatGates({ share, days }: RepeatedLines, limit: number): readonly RefreshGate[] {
  const rows = repeatedRowsGate(share, limit);
  return [rows, ...(days !== undefined && !rows.passed ? [] : [repeatedDaysGate(days)])];
}

function repeatedDaysGate(days: RepeatedDays | undefined): RefreshGate {
  const { count = 0, lines = 0, first, last } = days ?? {};
  const when = count === 1 ? `${first}` : `${countText(count)} days between ${first} and ${last}`;
  const reason =
    count === 0
      ? "On no day is every order line there twice."
      : `Every order line of ${when} (${countText(lines)} lines) is there twice, with its invoice, and counts double: do two files overlap? ${countOnce}`;
  return { name: "repeatedDays", passed: count === 0, value: count, limit: 0, reason };
}

const countOnce = "`cleaning: [{ step: exact-duplicates }]` counts each line once.";

function repeatedRowsGate(share: number, limit: number): RefreshGate {
  const passed = share <= limit;
  const reason = passed
    ? "Order lines do not repeat each other beyond what is usual."
    : `${percentText(share)} of the order lines repeat another of the same invoice and count double; at most ${percentText(limit)} may. Was a file appended twice? ${countOnce}`;
  return { name: "repeatedRows", passed, value: share, limit, reason };
}

function moneyGate(factor: number, limit: number): RefreshGate {
  const passed = factor <= limit && factor >= 1 / limit;
  const reason = passed
    ? `An order is worth ${factorText(factor)}.`
    : `An order is worth ${factorText(factor)}, beyond ${numberText(limit)} times either way: rather another currency, or minor units, than other customers.`;
  return { name: "moneyFactor", passed, value: factor, limit, reason };
}
