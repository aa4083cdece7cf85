import { createRequire } from "node:module";

/** @stdlib's functions are hundreds of small files: each is loaded when first asked for, not by everybody who imports segbook. */
const require = createRequire(import.meta.url);
const loaded = new Map<string, (...values: (number | boolean)[]) => number>();

function call(name: string, ...values: (number | boolean)[]): number {
  let special = loaded.get(name);
  if (special === undefined) {
    special = require(`@stdlib/${name}`) as (...values: (number | boolean)[]) => number;
    loaded.set(name, special);
  }
  return special(...values);
}

/** Regularised incomplete beta function: the share of a beta(a, b) distribution below x. */
export function incompleteBeta(x: number, a: number, b: number): number {
  return call("math-base-special-betainc", x, a, b);
}

/** Regularised upper incomplete gamma function: the share of a gamma(shape, 1) distribution above x. */
export function upperIncompleteGamma(x: number, shape: number): number {
  return call("math-base-special-gammainc", x, shape, true, true);
}

/** Natural logarithm of the gamma function. */
export function logGamma(x: number): number {
  return call("math-base-special-gammaln", x);
}

/** Derivative of the logarithm of the gamma function. */
export function digamma(x: number): number {
  return call("math-base-special-digamma", x);
}

/** The value below which a standard normal lies with the given probability. */
export function normalQuantile(probability: number): number {
  return call("stats-base-dists-normal-quantile", probability, 0, 1);
}
