import { checkCount } from "./check.js";

/** A stream of random numbers that a seed fixes for good. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Whole number in 0…bound−1, unbiased. */
  below(bound: number): number;
  /** Standard normal (mean 0, standard deviation 1). */
  normal(): number;
  /** Puts values (at most 2^20) into a random order in place; far quicker than one `below` per value. */
  shuffle(values: Uint32Array): void;
  /** An independent stream named by a whole number: the same name gives the same stream, whatever was drawn before. */
  fork(name: number): Random;
}

/**
 * Seeded random numbers: the same seed gives the same stream on every machine.
 *
 * xoshiro128** on 32-bit integers, seeded through splitmix32. Not for secrets. O(1) per number.
 *
 * @param seed - Whole number from 0 to 2^53 − 1.
 * @throws InputError if the seed is not such a number.
 * @see Blackman & Vigna (2021), doi:10.1145/3460772
 */
export function createRandom(seed: number): Random {
  checkCount("createRandom", "seed", seed, 0);
  return randomFrom(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0);
}

function randomFrom(low: number, high: number): Random {
  const mix = splitMix32(low ^ Math.imul(high, 0x9e3779b1));
  const origin = [mix(), mix()] as const;
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix() | 1;

  function nextWord(): number {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  }
  function next(): number {
    return ((nextWord() >>> 5) * 67108864 + (nextWord() >>> 6)) / 9007199254740992;
  }
  // One word per value: 32 bits leave no order of so few values more than 2^-12 likelier than another draw of it.
  function shuffle(values: Uint32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const other = Math.floor((nextWord() * (i + 1)) / 4294967296);
      const kept = values[i]!;
      values[i] = values[other]!;
      values[other] = kept;
    }
  }
  return {
    next,
    shuffle,
    below: (bound) => Math.floor(next() * bound),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (name) => randomFrom(origin[0] ^ Math.imul(name + 1, 0x85ebca6b), origin[1] ^ name),
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function splitMix32(start: number): () => number {
  let state = start | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
