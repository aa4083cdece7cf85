/** 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * 95 % interval of a rate from counts; stays inside 0–1 and works for 0 of n.
 *
 * @returns Low and high; 0 and 1 when `total` is 0.
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953
 */
export function wilsonInterval(successes: number, total: number): readonly [number, number] {
  if (total === 0) return [0, 1];
  const rate = successes / total;
  const spread = z * Math.sqrt((rate * (1 - rate)) / total + (z * z) / (4 * total * total));
  const centre = rate + (z * z) / (2 * total);
  const scale = 1 + (z * z) / total;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
