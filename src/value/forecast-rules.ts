import { fitLeastSquares, quadraticForm, scalarProduct } from "./least-squares.js";

/** `model`: a line through time with a level for each period of the season; `seasonal naive`: the value of a season ago; `naive`: the last value. */
export type ForecastRule = "model" | "seasonal naive" | "naive";

/** In the order in which they are shown. */
export const forecastRules: readonly ForecastRule[] = ["model", "seasonal naive", "naive"];

/** How far to look, and how long a season is; 1: no season is told. */
export interface ForecastSpan {
  readonly ahead: number;
  readonly season: number;
}

/** Forecast of each period ahead, with the standard deviation of what their sum may miss. */
export interface RuleForecast {
  /** 0 or more. */
  readonly periods: readonly number[];
  readonly spread: number;
  /** Of the spread; 0 where it cannot be told. */
  readonly degreesOfFreedom: number;
}

/** Forecast by one rule; undefined where the history does not fix the model. */
export function forecastBy(
  rule: ForecastRule,
  history: Float64Array,
  span: ForecastSpan,
): RuleForecast | undefined {
  if (rule === "model") return forecastByModel(history, span);
  return carryOn(history, { ...span, season: rule === "naive" ? 1 : span.season });
}

/** Mean distance between values a season apart: the yardstick of MASE. */
export function meanStep(history: Float64Array, season: number): number {
  let sum = 0;
  for (let i = season; i < history.length; i++) sum += Math.abs(history[i]! - history[i - season]!);
  return sum / (history.length - season);
}

/** The value of a season ago, again and again. What a step may miss adds up over seasons: a random walk in each. */
function carryOn(history: Float64Array, { ahead, season }: ForecastSpan): RuleForecast {
  const periods = Array.from({ length: ahead }, (_, h) => history[history.length - season + (h % season)]!);
  let squares = 0;
  for (let i = season; i < history.length; i++) squares += (history[i]! - history[i - season]!) ** 2;
  const degreesOfFreedom = history.length - season;
  // A step in period h is in the forecasts of h, h + season, h + 2 season, …
  let weight = 0;
  for (let h = 0; h < ahead; h++) weight += Math.ceil((ahead - h) / season) ** 2;
  return { periods, spread: Math.sqrt((weight * squares) / Math.max(1, degreesOfFreedom)), degreesOfFreedom };
}

function forecastByModel(history: Float64Array, { ahead, season }: ForecastSpan): RuleForecast | undefined {
  const past = Array.from(history, (_, time) => rowAt(time, season));
  const fit = fitLeastSquares(past, history);
  if (fit === undefined) return undefined;
  const { coefficients, inverse, residuals, degreesOfFreedom } = fit;
  const rows = Array.from({ length: ahead }, (_, h) => rowAt(history.length + h, season));
  const sum = Float64Array.from(coefficients, (_, j) => rows.reduce((total, row) => total + row[j]!, 0));
  const variance = scalarProduct(residuals, residuals) / Math.max(1, degreesOfFreedom);
  return {
    periods: rows.map((row) => Math.max(0, scalarProduct(row, coefficients))),
    spread: Math.sqrt(variance * (ahead + quadraticForm(sum, inverse))),
    degreesOfFreedom,
  };
}

/** 1, time, and 1 at the period of the season, of which the first has none of its own. */
function rowAt(time: number, season: number): Float64Array {
  const row = new Float64Array(season + 1);
  row.set([1, time]);
  if (time % season > 0) row[1 + (time % season)] = 1;
  return row;
}
