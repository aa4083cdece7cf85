import type { Totals } from "./pass.js";

const half = 2 ** 26;

/** Sum of (weighted) squares of lattice integers, exact: each row's is below 2^53, and the halves are summed apart. */
export function sumOfSquares(
  rows: Float32Array,
  rowCount: number,
  options: { readonly stride: number; readonly weights?: Int32Array | undefined },
): bigint {
  const { stride, weights } = options;
  let large = 0n;
  let high = 0;
  let low = 0;
  for (let i = 0; i < rowCount; i++) {
    let squared = 0;
    for (let at = i * stride; at < (i + 1) * stride; at++) squared += rows[at]! * rows[at]!;
    const weight = weights?.[i] ?? 1;
    const product = weight * squared;
    if (product > Number.MAX_SAFE_INTEGER) {
      large += BigInt(weight) * BigInt(squared);
      continue;
    }
    const upper = Math.floor(product / half);
    high += upper;
    low += product - upper * half;
  }
  return large + BigInt(high) * BigInt(half) + BigInt(low);
}

/**
 * Sum of (weighted) squared distances of rows to their centres, exact, from the totals alone:
 * Σ|x|² + Σ_cluster Σ_column centre · (size · centre − 2 · sum).
 */
export function exactInertia(
  squares: bigint,
  centres: Float32Array,
  clusters: Totals & { readonly clusterCount: number; readonly stride: number },
): bigint {
  let inertia = squares;
  for (let cluster = 0; cluster < clusters.clusterCount; cluster++) {
    const size = clusters.sizes[cluster]!;
    for (let at = cluster * clusters.stride; at < (cluster + 1) * clusters.stride; at++) {
      const centre = centres[at]!;
      if (centre !== 0) inertia += BigInt(centre) * BigInt(size * centre - 2 * clusters.sums[at]!);
    }
  }
  return inertia;
}

/** A 128-bit count as two 64-bit halves, high first, for shared memory. */
export function writeWide(value: bigint, target: BigUint64Array): void {
  target[0] = value >> 64n;
  target[1] = value & 0xffffffffffffffffn;
}

export function readWide(source: BigUint64Array): bigint {
  return (source[0]! << 64n) | source[1]!;
}
