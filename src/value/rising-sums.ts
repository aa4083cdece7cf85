/**
 * ln Γ(base + n) − ln Γ(base) and its derivative, for n from 0 to `most`: sums of ln(base + i) and of 1 / (base + i).
 *
 * Exact to rounding where the difference of two log-gammas loses digits. O(most).
 */
export function risingSums(
  base: number,
  most: number,
): { readonly logs: Float64Array; readonly inverses: Float64Array } {
  const logs = new Float64Array(most + 1);
  const inverses = new Float64Array(most + 1);
  for (let i = 0; i < most; i++) {
    logs[i + 1] = logs[i]! + Math.log(base + i);
    inverses[i + 1] = inverses[i]! + 1 / (base + i);
  }
  return { logs, inverses };
}
