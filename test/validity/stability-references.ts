import assert from "node:assert/strict";
import { type Matrix, matrixOf } from "#src/core/matrix.js";
import { assessCounts } from "#src/validity/assess-counts.js";
import { assessStability } from "#src/validity/assess-stability.js";
import { resamplingSchemes } from "#src/validity/draw-resample.js";
import { readWholesale } from "../cluster/matrices.js";
import { datasetFile } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

interface OverDraws {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

interface Steady {
  readonly count: number;
  readonly sizes: readonly number[];
  readonly bootstrap: OverDraws;
  readonly subset: OverDraws;
  readonly noise: OverDraws;
}

interface Pairs {
  readonly count: number;
  readonly rand: { readonly mean: number; readonly sd: number };
  readonly within: OverDraws;
}

/** What test/reference/stability.R wrote. */
export interface StabilityNumbers {
  readonly draws: number;
  readonly planted: readonly (readonly number[])[];
  readonly sets: Readonly<
    Record<string, { readonly steady: readonly Steady[]; readonly pairs: readonly Pairs[] }>
  >;
  readonly across: {
    readonly labels: readonly (readonly number[])[];
    readonly entropies: readonly (readonly number[])[];
  };
}

export const numbers: StabilityNumbers = referenceNumbers("stability");

/** A set of the reference; undefined where its file is missing. */
export function stabilityTable(name: string): Matrix | undefined {
  const file = datasetFile("wholesale/wholesale_customers_bom.csv");
  if (name !== "planted") return file === undefined ? undefined : readWholesale(file);
  const columns = [0, 1, 2].map((j) => numbers.planted.map((row) => row[j]!));
  return matrixOf(Object.fromEntries(columns.map((column, j) => [`x${j}`, column])));
}

/** What searches for the best solution may end at beside each other, in overlaps. */
const searchDifference = 0.005;

/** Four standard errors of the difference between a mean of R's draws and one of so many of ours. */
function tolerance(sd: number, draws: number): number {
  return searchDifference + 4 * sd * Math.sqrt(1 / numbers.draws + 1 / draws);
}

/** Mean overlaps under every scheme, as fpc's clusterboot: without repeats in the refit. */
export function compareSchemes(name: string, resamples: number): void {
  const matrix = stabilityTable(name)!;
  for (const wanted of numbers.sets[name]!.steady)
    for (const scheme of resamplingSchemes) {
      const options = { clusterCount: wanted.count, seed: 3, resamples, starts: 20, scheme };
      const { segments } = assessStability(matrix, { ...options, keepRepeats: false });
      assert.deepEqual(
        segments.map(({ size }) => size),
        wanted.sizes,
      );
      const { mean, sd } = wanted[scheme];
      segments.forEach(({ jaccard, cluster }) => {
        const text = `${name} ${wanted.count} ${scheme} ${cluster}: ${jaccard}, R ${mean[cluster]}`;
        assert.ok(Math.abs(jaccard - mean[cluster]!) <= tolerance(sd[cluster]!, resamples), text);
      });
    }
}

/** Mean index of pairs and mean overlaps within the solution, as flexclust's bootFlexclust and slswFlexclust. */
export function comparePairs(name: string, pairs: number): void {
  const matrix = stabilityTable(name)!;
  const wanted = numbers.sets[name]!.pairs;
  const counts = [wanted[0]!.count, wanted.at(-1)!.count] as const;
  const assessed = assessCounts(matrix, { counts, seed: 4, pairs, starts: 10 });
  assessed.counts.forEach(({ count, adjustedRand, segments }, i) => {
    const { rand, within } = wanted[i]!;
    const text = `${name} ${count}: ${adjustedRand.mean}, R ${rand.mean}`;
    assert.ok(Math.abs(adjustedRand.mean - rand.mean) <= tolerance(rand.sd, pairs), text);
    segments.forEach(({ segment, overlap }) => {
      const difference = Math.abs(overlap.mean - within.mean[segment]!);
      assert.ok(difference <= tolerance(within.sd[segment]!, pairs), `${text}: segment ${segment}`);
    });
  });
}
