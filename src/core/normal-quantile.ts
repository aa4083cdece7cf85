import { createRequire } from "node:module";

/** Loaded when first asked for: it is many small files. */
const require = createRequire(import.meta.url);
let quantile: ((probability: number, mean: number, deviation: number) => number) | undefined;

/** The value below which a standard normal lies with the given probability. */
export function normalQuantile(probability: number): number {
  quantile ??= require("@stdlib/stats-base-dists-normal-quantile") as NonNullable<typeof quantile>;
  return quantile(probability, 0, 1);
}
