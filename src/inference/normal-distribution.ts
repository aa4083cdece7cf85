const densityAtZero = 1 / Math.sqrt(2 * Math.PI);

export function normalDensity(z: number): number {
  return densityAtZero * Math.exp((-z * z) / 2);
}

/**
 * Probability that a standard normal lies above z.
 *
 * Keeps 13 digits in the far tail too. Below 3 the series of Φ − ½, whose terms are all positive; above it the continued fraction. O(1).
 *
 * @see Abramowitz & Stegun (1964) 26.2.11 and 26.2.14. Checked against SciPy in test/reference/tests-python.json.
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z < 3) return 0.5 - centralShare(z);
  let fraction = z;
  for (let term = Math.ceil(10 + 250 / (z * z)); term > 0; term--) fraction = z + term / fraction;
  return normalDensity(z) / fraction;
}

/** Probability that |Z| is at least |z|. */
export function normalTwoSided(z: number): number {
  return 2 * normalUpperTail(Math.abs(z));
}

/** Probability that a standard normal lies between 0 and z, for 0 ≤ z < 3. */
function centralShare(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return normalDensity(z) * sum;
}
