import { checkNumber, checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";

/**
 * What a budget brings: the first unit of money most, each further one less.
 *
 * `saturating`: ceiling · (1 − e^(−spend / scale)). `root`: factor · √spend. `points`: straight lines between given points from
 * (0, 0) on, and nothing more after the last.
 */
export type ResponseCurve =
  | { readonly kind: "saturating"; readonly ceiling: number; readonly scale: number }
  | { readonly kind: "root"; readonly factor: number }
  | { readonly kind: "points"; readonly spend: readonly number[]; readonly response: readonly number[] };

/** What a spend brings, in the unit of the curve's response. */
export function responseAt(curve: ResponseCurve, spend: number): number {
  if (curve.kind === "saturating") return -curve.ceiling * Math.expm1(-spend / curve.scale);
  if (curve.kind === "root") return curve.factor * Math.sqrt(spend);
  let [from, level] = [0, 0];
  for (const [i, to] of curve.spend.entries()) {
    const height = curve.response[i]!;
    if (spend < to) return level + ((height - level) * (spend - from)) / (to - from);
    [from, level] = [to, height];
  }
  return level;
}

/** Throws unless a curve rises from 0 and never turns steeper: else one unit after the other is not the best way to spend. */
export function checkCurve(caller: string, name: string, curve: ResponseCurve): void {
  if (curve.kind === "saturating") {
    checkNumber(caller, `ceiling of ${name}`, curve.ceiling, 0, Number.MAX_VALUE);
    checkNumber(caller, `scale of ${name}`, curve.scale, Number.MIN_VALUE, Number.MAX_VALUE);
  } else if (curve.kind === "root")
    checkNumber(caller, `factor of ${name}`, curve.factor, 0, Number.MAX_VALUE);
  else checkPoints(caller, name, curve);
}

function checkPoints(
  caller: string,
  name: string,
  { spend, response }: Extract<ResponseCurve, { kind: "points" }>,
): void {
  checkSameLength(caller, `response of ${name}`, response, spend.length, "one per spend");
  let [from, level, steepness] = [0, 0, Infinity];
  for (const [i, to] of spend.entries()) {
    const height = response[i]!;
    if (!(to > from) || !Number.isFinite(height))
      throw new InputError(
        `${caller}: spend of ${name} must rise from above 0 and responses must be numbers, got ${describeValue(to)} and ${describeValue(height)} at ${i}`,
      );
    const slope = (height - level) / (to - from);
    if (slope < 0 || slope > steepness * (1 + 1e-12))
      throw new InputError(
        `${caller}: response of ${name} must rise ever less with spend, got a ${slope < 0 ? "fall" : "steeper part"} up to ${to}`,
      );
    [from, level, steepness] = [to, height, slope];
  }
}

/**
 * The saturating curve nearest to what past spends brought.
 *
 * Least squares: for each scale the best ceiling is known, the scale is searched by golden section on its logarithm, up to 100 times
 * the largest spend: of a response that hardly flattens the ceiling is a guess. O(history).
 *
 * @param spend - Past spends, above 0; at least three, and two that differ.
 * @param response - What each brought.
 * @returns The curve and its residual standard deviation, in the unit of the response.
 * @throws InputError if there is too little history, or response is as high at the least spend as anywhere.
 */
export function fitResponseCurve(
  spend: readonly number[],
  response: readonly number[],
): { readonly curve: Extract<ResponseCurve, { kind: "saturating" }>; readonly residualDeviation: number } {
  checkSameLength("fitResponseCurve", "response", response, spend.length, "one per spend");
  if (spend.length < 3 || new Set(spend).size < 2)
    throw new InputError(
      `fitResponseCurve: spend must have 3 values and 2 that differ, got ${spend.length} and ${new Set(spend).size}`,
    );
  for (const [i, value] of spend.entries()) {
    checkNumber("fitResponseCurve", `spend[${i}]`, value, Number.MIN_VALUE, Number.MAX_VALUE);
    checkNumber("fitResponseCurve", `response[${i}]`, response[i]);
  }
  const [low, high] = [Math.log(Math.min(...spend) / 100), Math.log(Math.max(...spend) * 100)];
  const scale = Math.exp(lowestPoint((log) => fitAt(spend, response, Math.exp(log)).error, low, high));
  const { ceiling, error } = fitAt(spend, response, scale);
  // A curve that is at its ceiling from the least spend on is a mean.
  const isFlat = Math.min(...spend) / scale > 30;
  if (!(ceiling > 0) || isFlat)
    throw new InputError("fitResponseCurve: response must rise with spend, got none that does");
  return {
    curve: { kind: "saturating", ceiling, scale },
    residualDeviation: Math.sqrt(error / (spend.length - 2)),
  };
}

function fitAt(spend: readonly number[], response: readonly number[], scale: number) {
  const shape = spend.map((value) => -Math.expm1(-value / scale));
  const ceiling = sum(shape.map((value, i) => value * response[i]!)) / sum(shape.map((value) => value ** 2));
  return { ceiling, error: sum(shape.map((value, i) => (response[i]! - ceiling * value) ** 2)) };
}

const goldenShare = (Math.sqrt(5) - 1) / 2;

/** Where a function of one variable is lowest: the best of a coarse grid, then golden section around it. */
function lowestPoint(height: (x: number) => number, low: number, high: number): number {
  const grid = Array.from({ length: 201 }, (_, i) => low + ((high - low) * i) / 200);
  const heights = grid.map(height);
  const best = heights.indexOf(Math.min(...heights));
  let [a, b] = [grid[Math.max(0, best - 1)]!, grid[Math.min(200, best + 1)]!];
  while (b - a > 1e-10) {
    const [x, y] = [b - goldenShare * (b - a), a + goldenShare * (b - a)];
    if (height(x) <= height(y)) b = y;
    else a = x;
  }
  return (a + b) / 2;
}
