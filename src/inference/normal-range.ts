import { normalDensity, normalUpperTail } from "./normal-distribution.js";

const step = 0.2;
const reach = 8.4;
/** Beyond this the upper tail is below the smallest double. */
const certain = 60;

/** What does not depend on the range, for one grid point: Φ(z), and the weight count · φ(z) · Φ(z)^(count − 1) · step. */
interface Grid {
  readonly share: Float64Array;
  readonly weight: Float64Array;
}

const grids = new Map<number, Grid>();

/**
 * Probabilities that the range of `count` independent standard normals is at most, and at least, w.
 *
 * With Φ(z) the share below the largest: ∫ count φ(z) [Φ(z) − Φ(z − w)]^(count − 1) dz, and for the upper tail the same with
 * Φ(z)^(count − 1) less that power, taken as one difference so that it keeps its digits. Trapezoidal rule.
 */
export function normalRangeTails(
  w: number,
  count: number,
): { readonly below: number; readonly above: number } {
  if (w > certain) return { below: 1, above: 0 };
  const { share, weight } = gridUpTo(count, Math.max(reach, w / 2 + reach));
  const last = Math.min(share.length, Math.ceil((reach + Math.max(reach, w / 2 + reach)) / step));
  let below = 0;
  let above = 0;
  for (let i = 0; i < last; i++) {
    const z = i * step - reach;
    const cut = normalUpperTail(w - z) / share[i]!;
    const kept = (count - 1) * Math.log1p(-Math.min(1, cut));
    below += weight[i]! * Math.exp(kept);
    above -= weight[i]! * Math.expm1(kept);
  }
  return { below, above };
}

/** The grid for this count of normals, made longer when a larger range asks for it. */
function gridUpTo(count: number, end: number): Grid {
  const known = grids.get(count);
  const length = Math.ceil((reach + end) / step);
  if (known !== undefined && known.share.length >= length) return known;
  const z = Float64Array.from({ length }, (_, i) => i * step - reach);
  const share = z.map((point) => normalUpperTail(-point));
  const weight = z.map((point, i) => step * count * normalDensity(point) * share[i]! ** (count - 1));
  const grid = { share, weight };
  grids.set(count, grid);
  return grid;
}
