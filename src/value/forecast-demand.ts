import { checkCount, checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { numberText } from "../core/number-text.js";
import { sum } from "../core/sum.js";
import { tUpperQuantile } from "../inference/student-t.js";
import type { Interval } from "../inference/test-result.js";
import {
  type ForecastRule,
  type ForecastSpan,
  forecastBy,
  forecastRules,
  meanStep,
  type RuleForecast,
} from "./forecast-rules.js";

/** How far one way of forecasting was off on periods that it had not seen. */
export interface ForecastError {
  readonly rule: ForecastRule;
  /** Mean absolute error of a period, in the unit of the series. */
  readonly meanError: number;
  /** Root of the mean squared error of a period, in the unit of the series. */
  readonly rootError: number;
  /** MASE: mean absolute error over the mean step of the earlier series (from season to season, or period to period); null where it never moved. */
  readonly scaledError: number | null;
}

/** What to expect of the periods ahead, and how well that would have worked before. */
export interface DemandForecast {
  /** The rule used: the model only where it missed less than the naive ones. */
  readonly rule: ForecastRule;
  /** Of each period ahead, 0 or more. */
  readonly periods: readonly number[];
  /** Sum of the periods ahead. */
  readonly total: number;
  /** Of the total; its lower end is never below 0. */
  readonly interval: Interval;
  /** Of each rule that the series is long enough for, on the same held-out periods; the model first. */
  readonly errors: readonly ForecastError[];
  /** Past points from which the errors were found, `ahead` periods each. */
  readonly starts: number;
  /** Whether the series is long enough to tell a season. */
  readonly isSeasonal: boolean;
  readonly notes: readonly string[];
}

/** What to forecast. */
export interface DemandOptions {
  /** Periods ahead: 3 months are a quarter. */
  readonly ahead: number;
  /** Periods of a season: 12 for months, 1 for none. */
  readonly season: number;
  /** Past points from which the rules are tried, the last one `ahead` periods before the end; default 12, or as many as leave enough to tell a season before. */
  readonly starts?: number | undefined;
  /** Share of intervals that hold what comes; default 0.9. */
  readonly level?: number | undefined;
}

/** A season is told from so many seasons of history before the first point of trial. */
const seasonsNeeded = 1.5;
/** Periods of history before the first point of trial: a line and its spread. */
const leastHistory = 4;

/**
 * Demand of the periods ahead: by a plain seasonal model if that would have missed less than no model.
 *
 * The model is a line through time with a level for each period of the season, by least squares. It is tried on past periods beside
 * two naive rules, the value of a season ago and the last value, each from what was known then; what missed least is used, a naive
 * rule on a tie. Intervals are those of the rule, and know nothing of the choice: of 48 made months, 90 % ones held the next quarter in 85 to
 * 88 of 100. O(starts · periods · season²).
 *
 * @param series - Demand of each period, oldest first, 0 or more, none missing; the last period must be over.
 * @throws InputError if a value is below 0 or not finite, an option is out of range, or the series is too short for a trial.
 * @see Hyndman & Koehler (2006), doi:10.1016/j.ijforecast.2006.03.001, on MASE; Hyndman & Athanasopoulos (2021), Forecasting,
 * sections 5.5 and 7.6. Checked against statsmodels in test/reference/products.json.
 */
export function forecastDemand(series: ArrayLike<number>, options: DemandOptions): DemandForecast {
  const { ahead, season, level = 0.9 } = options;
  checkCount("forecastDemand", "ahead", ahead, 1, 1000);
  checkCount("forecastDemand", "season", season, 1, 1000);
  checkNumber("forecastDemand", "level", level, 0.5, 0.999);
  const known = Float64Array.from(series);
  known.forEach((value, i) => {
    checkNumber("forecastDemand", `series[${i}]`, value, 0, Number.MAX_VALUE);
  });
  if (known.length < ahead + leastHistory)
    throw new InputError(
      `forecastDemand: series must have at least ${ahead + leastHistory} periods to hold out ${ahead}, got ${known.length}`,
    );
  const { starts = usualStarts(known.length - ahead, season) } = options;
  checkCount("forecastDemand", "starts", starts, 1, 1000);
  const first = Math.max(leastHistory, known.length - ahead - starts + 1);
  const isSeasonal = season > 1 && first >= seasonsNeeded * season;
  const span = { ahead, season: isSeasonal ? season : 1 };
  const trial = { first, last: known.length - ahead, scale: meanStep(known.subarray(0, first), span.season) };
  const rules = forecastRules.filter((rule) => isSeasonal || rule !== "seasonal naive");
  const errors = rules.flatMap((rule) => errorOf(rule, known, { ...span, ...trial }) ?? []);
  const { rule } = errors.reduce((best, one) => (one.meanError <= best.meanError ? one : best));
  const forecast = forecastBy(rule, known, span)!;
  return {
    rule,
    periods: forecast.periods,
    ...totalOf(forecast, level),
    errors,
    starts: trial.last - first + 1,
    isSeasonal,
    notes: notesOn(rule, errors, { isSeasonal, season }),
  };
}

/** Of a year of months if the history allows, but never so many that no season could be told at the first of them. */
function usualStarts(last: number, season: number): number {
  const needed = last >= seasonsNeeded * season ? Math.ceil(seasonsNeeded * season) : 0;
  return Math.min(12, last - Math.max(leastHistory, needed) + 1);
}

interface Trial extends ForecastSpan {
  /** Periods known at the first and the last point of trial. */
  readonly first: number;
  readonly last: number;
  readonly scale: number;
}

function errorOf(rule: ForecastRule, known: Float64Array, trial: Trial): ForecastError | undefined {
  const { first, last, ahead, scale } = trial;
  let [absolute, squared] = [0, 0];
  for (let start = first; start <= last; start++) {
    const forecast = forecastBy(rule, known.subarray(0, start), trial);
    if (forecast === undefined) return undefined;
    forecast.periods.forEach((value, h) => {
      absolute += Math.abs(value - known[start + h]!);
      squared += (value - known[start + h]!) ** 2;
    });
  }
  const count = (last - first + 1) * ahead;
  const meanError = absolute / count;
  return {
    rule,
    meanError,
    rootError: Math.sqrt(squared / count),
    scaledError: scale > 0 ? meanError / scale : null,
  };
}

function totalOf(
  { periods, spread, degreesOfFreedom }: RuleForecast,
  level: number,
): { readonly total: number; readonly interval: Interval } {
  const total = sum(periods);
  const reach = spread * tUpperQuantile((1 - level) / 2, degreesOfFreedom);
  const method = "prediction of the sum, Student's t";
  return { total, interval: { low: Math.max(0, total - reach), high: total + reach, level, method } };
}

function notesOn(
  rule: ForecastRule,
  errors: readonly ForecastError[],
  { isSeasonal, season }: { readonly isSeasonal: boolean; readonly season: number },
): string[] {
  const model = errors.find((error) => error.rule === "model");
  const best = errors.find((error) => error.rule === rule)!;
  return [
    ...(season > 1 && !isSeasonal
      ? [`The series is too short to tell a season of ${season} periods: no rule knows one.`]
      : []),
    ...(rule === "model" || model === undefined || model.scaledError === null
      ? []
      : [
          `On held-out periods the model missed by ${numberText(model.meanError)} a period, the ${rule} forecast by ${numberText(best.meanError)}: the ${rule} forecast is used.`,
        ]),
  ];
}
