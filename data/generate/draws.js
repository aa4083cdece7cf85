/** @typedef {import("../../dist/core/random.js").Random} Random */

/**
 * Log-normal number with the given median; `spread` is the standard deviation of its logarithm.
 *
 * @param {Random} random
 * @param {readonly [median: number, spread: number]} shape
 */
export function drawLogNormal(random, [median, spread]) {
  return median * Math.exp(spread * random.normal());
}

/**
 * Normal number.
 *
 * @param {Random} random
 * @param {readonly [mean: number, deviation: number]} shape
 */
export function drawNormal(random, [mean, deviation]) {
  return mean + deviation * random.normal();
}

/**
 * Poisson count, by counting arrivals in one unit of time. O(mean).
 *
 * @param {Random} random
 * @param {number} mean
 */
export function drawPoisson(random, mean) {
  let count = 0;
  let time = -Math.log(1 - random.next());
  while (time < mean) {
    count++;
    time -= Math.log(1 - random.next());
  }
  return count;
}

/**
 * One of the choices, each with the chance its weight says.
 *
 * @template T
 * @param {Random} random
 * @param {readonly (readonly [choice: T, weight: number])[]} choices
 * @returns {T}
 */
export function pick(random, choices) {
  let left = random.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return choices[choices.length - 1][0];
}

/**
 * True with the given chance.
 *
 * @param {Random} random
 * @param {number} share
 */
export function happens(random, share) {
  return random.next() < share;
}

/**
 * Whole number next to `value`, up or down at random so that the mean stays.
 *
 * @param {Random} random
 * @param {number} value
 */
export function roundAtRandom(random, value) {
  return Math.floor(value + random.next());
}

/**
 * `value`, or the nearer end of the range.
 *
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

/**
 * The list in random order (Fisher and Yates).
 *
 * @template T
 * @param {Random} random
 * @param {readonly T[]} list
 * @returns {T[]}
 */
export function shuffle(random, list) {
  const shuffled = [...list];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled;
}
