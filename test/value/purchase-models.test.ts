import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { createRandom } from "#src/core/random.js";
import type { AnyPurchaseFit } from "#src/value/any-purchase-fit.js";
import { betaGeometricLikelihood } from "#src/value/beta-geometric-likelihood.js";
import { expectedPurchases } from "#src/value/expected-purchases.js";
import { fitBgNbd } from "#src/value/fit-beta-geometric.js";
import { fitGammaGamma } from "#src/value/fit-gamma-gamma.js";
import { fitParetoNbd } from "#src/value/fit-pareto-nbd.js";
import { expectedSurvival, fitShiftedBetaGeometric } from "#src/value/fit-shifted-beta-geometric.js";
import { paretoLikelihood } from "#src/value/pareto-likelihood.js";
import { probabilityAlive } from "#src/value/probability-alive.js";
import { countHistories } from "#src/value/purchase-histories.js";
import { referenceNumbers } from "../reference-numbers.js";

interface Case {
  readonly model: AnyPurchaseFit["model"];
  readonly parameters: Readonly<Record<string, number>>;
  readonly repeats: number;
  readonly lastRepeat: number;
  readonly observed: number;
  readonly logLikelihood: number;
  readonly alive: number;
  readonly expected: readonly number[];
}
const { formulas, times } = referenceNumbers<{ formulas: readonly Case[]; times: readonly number[] }>(
  "purchase-models",
);

const closeTo = (ours: number, published: number, place: string) =>
  assert.ok(
    Math.abs(ours - published) <= 1e-9 * Math.abs(published) + 1e-290,
    `${place}: ${ours}, not ${published}`,
  );

test("likelihood, chance to be alive and purchases ahead are those of the published formulas at 40 digits", () => {
  for (const { model, parameters, logLikelihood, alive, expected, ...one } of formulas) {
    const histories = { repeats: [one.repeats], lastRepeat: [one.lastRepeat], observed: [one.observed] };
    const fit = { model, parameters } as unknown as AnyPurchaseFit;
    const place = JSON.stringify({ model, parameters, one });
    const counted = countHistories("test", histories);
    const likelihood =
      model === "Pareto/NBD"
        ? paretoLikelihood(counted)
        : betaGeometricLikelihood(counted, model === "MBG/NBD");
    closeTo(
      likelihood(Float64Array.from(Object.values(parameters)), new Float64Array(4)),
      logLikelihood,
      place,
    );
    closeTo(probabilityAlive(fit, histories)[0]!, alive, place);
    for (const [i, time] of times.entries())
      closeTo(expectedPurchases(fit, histories, time)[0]!, expected[i]!, `${place} ${time}`);
  }
});

test("derivatives of the likelihoods are those that small steps show", () => {
  const counted = countHistories("test", {
    repeats: [0, 2, 7, 40, 300],
    lastRepeat: [0, 30, 20, 38, 150],
    observed: [38, 39, 30, 39, 160],
  });
  for (const likelihood of [
    betaGeometricLikelihood(counted, false),
    betaGeometricLikelihood(counted, true),
    paretoLikelihood(counted),
  ]) {
    const parameters = Float64Array.of(0.7, 5, 0.9, 3);
    const gradient = new Float64Array(4);
    likelihood(parameters, gradient);
    gradient.forEach((slope, i) => {
      const at = (share: number) =>
        likelihood(
          parameters.map((value, j) => (i === j ? value * share : value)),
          new Float64Array(4),
        );
      const seen = (at(1.00001) - at(0.99999)) / (0.00002 * parameters[i]!);
      assert.ok(Math.abs(slope - seen) <= 1e-5 * Math.max(1, Math.abs(seen)), `${i}: ${slope}, not ${seen}`);
    });
  }
});

test("sBG has the published parameters of both cohorts", () => {
  // Fader & Hardie (2007), doi:10.1002/dir.20074, table 1 and the estimates beneath.
  const regular = fitShiftedBetaGeometric([1000, 631, 468, 382, 326, 289, 262, 241]);
  const highEnd = fitShiftedBetaGeometric([1000, 869, 743, 653, 593, 551, 517, 491]);
  assert.deepEqual(
    [regular, highEnd].map(({ parameters }) => [parameters.alpha.toFixed(3), parameters.beta.toFixed(3)]),
    [
      ["0.704", "1.182"],
      ["0.668", "3.806"],
    ],
  );
  assert.ok(Math.abs(expectedSurvival(regular, 7) - 0.241) < 0.005);
});

test("histories that cannot be are refused by name and place", () => {
  const one = (repeats: number, lastRepeat: number, observed: number) => () =>
    fitBgNbd({ repeats: [1, repeats], lastRepeat: [1, lastRepeat], observed: [5, observed] });
  assert.throws(
    one(1.5, 1, 2),
    /^InputError: fitBgNbd: repeats must be whole numbers of at least 0, got 1.5 at 1$/,
  );
  assert.throws(
    one(0, 0, -3),
    /observed must be 0 or more, got -3 at 1\. Leave out customers who came later/,
  );
  assert.throws(one(2, 9, 3), /lastRepeat must be above 0 and not after observed \(3\), got 9 at 1/);
  assert.throws(one(0, 2, 3), /lastRepeat must be 0 without repeats, got 2 at 1/);
  assert.throws(
    () => fitParetoNbd({ repeats: [0, 0], lastRepeat: [0, 0], observed: [3, 4] }),
    /histories must hold customers who bought again, got 2 who bought once/,
  );
  assert.throws(() => fitBgNbd({ repeats: [], lastRepeat: [], observed: [] }), InputError);
});

test("spend that goes with frequency, that is not above 0, or that has no mean is refused", () => {
  const purchases = [1, 2, 3, 4, 5, 6];
  assert.throws(
    () => fitGammaGamma({ purchases, meanValue: [10, 20, 30, 40, 50, 60] }),
    /meanValue must hardly go with purchases \(correlation within ±0.3\), got 1/,
  );
  assert.throws(() => fitGammaGamma({ purchases, meanValue: [10, -20, 3, 4, 5, 6] }), /got -20 at 1/);
  // Exponential purchases around means that are inverse gamma with shape 1/2: a spread so wide that no mean exists.
  const random = createRandom(7);
  const wild = Array.from({ length: 500 }, (_, i) => {
    const rate = random.normal() ** 2 / 2;
    const count = 1 + (i % 5);
    const spent = Array.from({ length: count }, () => -Math.log(1 - random.next()) / rate);
    return { count, mean: spent.reduce((sum, value) => sum + value, 0) / count };
  });
  assert.throws(
    () =>
      fitGammaGamma({ purchases: wild.map(({ count }) => count), meanValue: wild.map(({ mean }) => mean) }),
    /got q = 0\.[45]\d*, at which the model has none/,
  );
});
