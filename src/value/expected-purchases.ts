import { checkNumber } from "../core/check.js";
import type { AnyPurchaseFit } from "./any-purchase-fit.js";
import type { BgNbdFit, MbgNbdFit } from "./fit-beta-geometric.js";
import type { ParetoNbdFit } from "./fit-pareto-nbd.js";
import { hypergeometricLessOne } from "./hypergeometric.js";
import { type History, oddsOfStop } from "./probability-alive.js";
import { countHistories, type PurchaseHistories } from "./purchase-histories.js";

/**
 * Purchases to expect of each customer in the time after the look, given what the customer did so far.
 *
 * 0 or more, entry i is customer i. O(distinct histories).
 *
 * @param time - Length of the time ahead, in the unit of the histories; 0 or more.
 * @throws InputError if the time is negative or a history cannot be.
 * @see Fader, Hardie & Lee (2005), doi:10.1287/mksc.1040.0098, equation 10; Batislam, Denizel & Filiztekin (2007),
 * doi:10.1016/j.ijresmar.2006.12.005; Schmittlein, Morrison & Colombo (1987), doi:10.1287/mnsc.33.1.1, equation 22
 */
export function expectedPurchases(
  fit: AnyPurchaseFit,
  histories: PurchaseHistories,
  time: number,
): Float64Array {
  checkNumber("expectedPurchases", "time", time, 0, Number.MAX_VALUE);
  const { repeats, lastRepeat, observed, historyOf } = countHistories("expectedPurchases", histories);
  const each = repeats.map((x, i) =>
    purchasesAhead(fit, { x, last: lastRepeat[i]!, seen: observed[i]! }, time),
  );
  return Float64Array.from(historyOf, (history) => each[history]!);
}

/**
 * Repeat purchases to expect of a new customer in a time from the first purchase on, before anything is known of that customer.
 *
 * 0 or more. O(1).
 *
 * @throws InputError if the time is negative.
 * @see Fader, Hardie & Lee (2005), doi:10.1287/mksc.1040.0098, equation 9
 */
export function expectedRepeats(fit: AnyPurchaseFit, time: number): number {
  checkNumber("expectedRepeats", "time", time, 0, Number.MAX_VALUE);
  return purchasesAhead(fit, { x: 0, last: 0, seen: 0 }, time);
}

function purchasesAhead(fit: AnyPurchaseFit, history: History, time: number): number {
  if (time === 0) return 0;
  const ifAlive =
    fit.model === "Pareto/NBD" ? paretoAhead(fit, history, time) : geometricAhead(fit, history, time);
  return ifAlive / (1 + Math.exp(oddsOfStop(fit, history)));
}

function paretoAhead({ parameters }: ParetoNbdFit, { x, seen }: History, time: number): number {
  const { r, alpha, s, beta } = parameters;
  const rate = (r + x) / (alpha + seen);
  const log = Math.log1p(time / (beta + seen));
  // (1 − e^−(s−1)·log) / (s − 1), which is the logarithm itself where s is 1.
  const length = Math.abs(s - 1) < 1e-12 ? log : -Math.expm1(-(s - 1) * log) / (s - 1);
  return rate * (beta + seen) * length;
}

/** Distance from a = 1, where the formula divides 0 by 0, within which the mean of both sides is taken. */
const nearOne = 1e-7;

function geometricAhead(fit: BgNbdFit | MbgNbdFit, history: History, time: number): number {
  const { a } = fit.parameters;
  if (Math.abs(a - 1) >= nearOne) return geometricWith(fit, a, history, time);
  return (
    (geometricWith(fit, 1 - nearOne, history, time) + geometricWith(fit, 1 + nearOne, history, time)) / 2
  );
}

/**
 * The published form where customers stop soon, its transformation by Euler where they stay: terms neither overflow nor need hundreds
 * of purchases to settle.
 */
function geometricWith(fit: BgNbdFit | MbgNbdFit, a: number, { x, seen }: History, time: number): number {
  const { r, alpha, b } = fit.parameters;
  const drawn = fit.model === "MBG/NBD" ? x + 1 : x;
  const z = time / (alpha + seen + time);
  const whole = a + b + drawn - 1;
  const stopsSoon = a - 1 > r + x;
  const rest = stopsSoon
    ? hypergeometricLessOne(r + x, b + drawn, whole, z)
    : hypergeometricLessOne(whole - x - r, a - 1, whole, z);
  const log = (stopsSoon ? r + x : a - 1) * Math.log1p(-z);
  return (whole / (a - 1)) * (-Math.expm1(log) - Math.exp(log) * rest);
}
