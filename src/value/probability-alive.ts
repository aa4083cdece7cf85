import type { AnyPurchaseFit } from "./any-purchase-fit.js";
import { countHistories, type PurchaseHistories } from "./purchase-histories.js";
import { stoppedBetween } from "./stopped-between.js";

/** One customer's history. */
export interface History {
  readonly x: number;
  readonly last: number;
  readonly seen: number;
}

/**
 * How likely each customer is still a customer at the end of the look.
 *
 * 0…1, entry i is customer i. BG/NBD takes everybody for alive who bought once, by its assumptions. O(distinct histories).
 *
 * @throws InputError if a history cannot be.
 * @see Fader, Hardie & Lee (2005), doi:10.1287/mksc.1040.0098; Schmittlein, Morrison & Colombo (1987),
 * doi:10.1287/mnsc.33.1.1, equation 11
 */
export function probabilityAlive(fit: AnyPurchaseFit, histories: PurchaseHistories): Float64Array {
  const { repeats, lastRepeat, observed, historyOf } = countHistories("probabilityAlive", histories);
  const each = repeats.map(
    (x, i) => 1 / (1 + Math.exp(oddsOfStop(fit, { x, last: lastRepeat[i]!, seen: observed[i]! }))),
  );
  return Float64Array.from(historyOf, (history) => each[history]!);
}

/** Logarithm of the odds that the customer has stopped; −∞ where that cannot be. */
export function oddsOfStop(fit: AnyPurchaseFit, { x, last, seen }: History): number {
  if (fit.model === "Pareto/NBD") {
    const { r, alpha, s, beta } = fit.parameters;
    const events = r + x;
    const top = -events * Math.log(alpha + last) - s * Math.log(beta + last);
    const stays = -events * Math.log(alpha + seen) - s * Math.log(beta + seen) - top;
    const stopped = stoppedBetween(
      { events, alpha, s, beta },
      { from: last, to: seen, top },
      new Float64Array(4),
    );
    return Math.log(stopped) - stays;
  }
  const { r, alpha, a, b } = fit.parameters;
  const drawn = fit.model === "MBG/NBD" ? x + 1 : x;
  if (drawn === 0) return -Infinity;
  return Math.log(a / (b + drawn - 1)) + (r + x) * Math.log((alpha + seen) / (alpha + last));
}
