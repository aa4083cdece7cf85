import assert from "node:assert/strict";
import { test } from "node:test";
import { segmentsAcrossCounts } from "#src/validity/segments-across-counts.js";
import { comparePairs, compareSchemes, numbers } from "./stability-references.js";

test("stability across counts as flexclust's slsaplot has it, to 1e-12", () => {
  const { labels, entropies } = numbers.across;
  const { counts } = segmentsAcrossCounts(labels);
  entropies.forEach((wanted, i) => {
    counts[i + 1]!.segments.forEach(({ stability }, segment) => {
      assert.ok(Math.abs(stability! - (1 - wanted[segment]!)) <= 1e-12, `${i} ${segment}: ${stability}`);
    });
  });
});

test("a planted set: mean overlaps as fpc's clusterboot under bootstrap, subset and noise, within Monte Carlo error", () => {
  compareSchemes("planted", 50);
});

test("a planted set: pairs of samples as flexclust's bootFlexclust and slswFlexclust, within Monte Carlo error", () => {
  comparePairs("planted", 50);
});
