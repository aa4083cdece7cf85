import type { Random } from "#src/core/random.js";
import type { PurchaseValues } from "#src/value/fit-gamma-gamma.js";
import type { PurchaseHistories } from "#src/value/purchase-histories.js";

/** A draw of gamma(shape, 1): Marsaglia & Tsang (2000), doi:10.1145/358407.358414. */
export function drawGamma(random: Random, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

export const plantedRates = { r: 0.8, alpha: 6, a: 0.9, b: 2.5 };
export const plantedStops = { r: 0.8, alpha: 6, s: 0.7, beta: 12 };
export const plantedSpend = { p: 5, q: 4, v: 20 };

/** Customers who buy and stop as BG/NBD, MBG/NBD or Pareto/NBD say, watched for 20 to 52 weeks, and what they spend. */
export function plantBuyers(
  random: Random,
  size: number,
  model: "BG/NBD" | "MBG/NBD" | "Pareto/NBD",
): PurchaseHistories & { readonly values: PurchaseValues } {
  const buyers = Array.from({ length: size }, () => {
    const observed = 20 + random.below(225) / 7;
    const { repeats, lastRepeat } =
      model === "Pareto/NBD" ? buyUntilStop(random, observed) : buyOrStop(random, observed, model);
    const mean = drawGamma(random, plantedSpend.q) / plantedSpend.v;
    const spent = repeats === 0 ? 0 : drawGamma(random, plantedSpend.p * repeats) / mean / repeats;
    return { repeats, lastRepeat, observed, spent };
  });
  return {
    repeats: buyers.map(({ repeats }) => repeats),
    lastRepeat: buyers.map(({ lastRepeat }) => lastRepeat),
    observed: buyers.map(({ observed }) => observed),
    values: { purchases: buyers.map(({ repeats }) => repeats), meanValue: buyers.map(({ spent }) => spent) },
  };
}

function buyOrStop(random: Random, observed: number, model: "BG/NBD" | "MBG/NBD") {
  const { r, alpha, a, b } = plantedRates;
  const rate = drawGamma(random, r) / alpha;
  const [x, y] = [drawGamma(random, a), drawGamma(random, b)];
  const stop = x / (x + y);
  let [time, repeats, lastRepeat] = [0, 0, 0];
  if (model === "MBG/NBD" && random.next() < stop) return { repeats, lastRepeat };
  for (;;) {
    time -= Math.log(1 - random.next()) / rate;
    if (time > observed) return { repeats, lastRepeat };
    repeats++;
    lastRepeat = time;
    if (random.next() < stop) return { repeats, lastRepeat };
  }
}

function buyUntilStop(random: Random, observed: number) {
  const { r, alpha, s, beta } = plantedStops;
  const rate = drawGamma(random, r) / alpha;
  const end = Math.min(observed, (-Math.log(1 - random.next()) * beta) / drawGamma(random, s));
  let [time, repeats, lastRepeat] = [0, 0, 0];
  for (;;) {
    time -= Math.log(1 - random.next()) / rate;
    if (time > end) return { repeats, lastRepeat };
    repeats++;
    lastRepeat = time;
  }
}
