import { createRandom, type Random } from "#src/core/random.js";
import { brownForsythe } from "#src/inference/brown-forsythe.js";
import { chiSquareTest } from "#src/inference/chi-square-test.js";
import { dunnTest } from "#src/inference/dunn-test.js";
import { fisherExact } from "#src/inference/fisher-exact.js";
import { gTest } from "#src/inference/g-test.js";
import { gamesHowell } from "#src/inference/games-howell.js";
import { kruskalWallis } from "#src/inference/kruskal-wallis.js";
import { mannWhitneyU } from "#src/inference/mann-whitney-u.js";
import { oneWayAnova } from "#src/inference/one-way-anova.js";
import { tukeyKramer } from "#src/inference/tukey-kramer.js";
import { welchAnova } from "#src/inference/welch-anova.js";
import { welchT } from "#src/inference/welch-t.js";
import { normals } from "./reference.js";

/** A test, and one p-value of it from data in which nothing differs. */
export interface NullRun {
  readonly name: string;
  readonly pValue: (random: Random) => number;
  /** Kolmogorov–Smirnov distance from uniform that the method itself brings: it is approximate, discrete or bounded. */
  readonly own: number;
  /** Runs of the slow suite, 10,000 where nothing is said. */
  readonly slowRuns?: number;
}

const noInterval = { resamples: 0 };
const sizes = [40, 60, 90];
const normalGroups = (random: Random) => sizes.map((size) => normals(random, size));
const skewedGroups = (random: Random) => normalGroups(random).map((group) => group.map(Math.exp));
const unevenGroups = (random: Random) =>
  normalGroups(random).map((group, j) => group.map((value) => value * (j + 1)));
const pair = (random: Random) => [normals(random, 60), normals(random, 80)] as const;

/** Smallest p of all pairs: uniform only where the family is kept exactly, so its own distance is large elsewhere. */
const smallestOf = (pairs: readonly { readonly adjustedPValue: number }[]) =>
  Math.min(...pairs.map(({ adjustedPValue }) => adjustedPValue));

function independentTable(random: Random, total: number): number[][] {
  const table = [0, 1, 2].map(() => [0, 0, 0, 0]);
  for (let i = 0; i < total; i++) table[Math.floor(3 * random.next() ** 1.3)]![random.below(4)]! += 1;
  return table;
}

export const nullRuns: readonly NullRun[] = [
  {
    name: "Welch t",
    own: 0,
    pValue: (r) =>
      welchT(
        normals(r, 60),
        normals(r, 80).map((x) => 3 * x),
      ).pValue,
  },
  { name: "Welch ANOVA", own: 0.005, pValue: (r) => welchAnova(unevenGroups(r), noInterval).pValue },
  { name: "one-way ANOVA", own: 0, pValue: (r) => oneWayAnova(normalGroups(r), noInterval).pValue },
  { name: "Brown–Forsythe", own: 0.025, pValue: (r) => brownForsythe(normalGroups(r), noInterval).pValue },
  { name: "Mann–Whitney, normal", own: 0.003, pValue: (r) => mannWhitneyU(...pair(r)).pValue },
  {
    name: "Mann–Whitney, exact",
    own: 0.02,
    pValue: (r) => mannWhitneyU(normals(r, 18), normals(r, 14)).pValue,
  },
  { name: "Kruskal–Wallis", own: 0.005, pValue: (r) => kruskalWallis(skewedGroups(r), noInterval).pValue },
  { name: "χ²", own: 0.01, pValue: (r) => chiSquareTest(independentTable(r, 600), noInterval).pValue },
  { name: "G", own: 0.015, pValue: (r) => gTest(independentTable(r, 600), noInterval).pValue },
  {
    name: "Games–Howell, smallest of three pairs",
    own: 0.02,
    slowRuns: 1_000,
    pValue: (r) => smallestOf(gamesHowell(unevenGroups(r)).pairs),
  },
  {
    name: "Tukey–Kramer, smallest of three pairs",
    own: 0.02,
    slowRuns: 1_000,
    pValue: (r) => smallestOf(tukeyKramer(normalGroups(r)).pairs),
  },
  {
    name: "Dunn, one pair of three",
    own: 0.005,
    pValue: (r) => dunnTest(skewedGroups(r)).pairs[0]!.pValue!,
  },
];

/** Exact p-values of few counts are discrete, hence never too small but often larger than uniform. */
export const conservativeRun: NullRun = {
  name: "Fisher, 3 × 4 and 30 rows",
  own: 0,
  pValue: (r) => fisherExact(independentTable(r, 30), noInterval).pValue,
};

/** p-values of so many seeded runs, ascending. */
export function pValuesOf({ pValue }: NullRun, runs: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: runs }, () => pValue(random)).sort();
}

/** Kolmogorov–Smirnov distances of ascending p-values from uniform: how much too small, and too large, they are at most. */
export function distanceFromUniform(pValues: Float64Array): {
  readonly tooSmall: number;
  readonly tooLarge: number;
} {
  let tooSmall = 0;
  let tooLarge = 0;
  pValues.forEach((p, i) => {
    tooSmall = Math.max(tooSmall, (i + 1) / pValues.length - p);
    tooLarge = Math.max(tooLarge, p - i / pValues.length);
  });
  return { tooSmall, tooLarge };
}

/** Distance that uniform p-values exceed in one of a thousand such sets. */
export function chanceDistance(runs: number): number {
  return Math.sqrt(Math.log(2 / 0.001) / 2 / runs);
}
