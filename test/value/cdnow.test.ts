import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedPurchases, expectedRepeats } from "#src/value/expected-purchases.js";
import { fitBgNbd, fitMbgNbd } from "#src/value/fit-beta-geometric.js";
import { expectedSpend, fitGammaGamma } from "#src/value/fit-gamma-gamma.js";
import { fitParetoNbd } from "#src/value/fit-pareto-nbd.js";
import { datasetFile, withoutDataset } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";
import { cdnowSummary } from "./cdnow.js";

// Published figures of the CDNOW sample: Fader, Hardie & Lee (2005), Hardie's notes and sheets, BTYD, BTYDplus and lifetimes.
const path = datasetFile("cdnow/CDNOW_sample.txt");
const skip = path === undefined ? withoutDataset : false;
const reference = referenceNumbers<{ cdnow: Record<string, Record<string, number>> }>("purchase-models");

function near(parameters: object, published: Readonly<Record<string, number>>, share: number) {
  for (const [name, value] of Object.entries(published)) {
    const ours = (parameters as Record<string, number>)[name]!;
    assert.ok(Math.abs(ours / value - 1) <= share, `${name}: ${ours} instead of ${value}`);
  }
}

test("the CDNOW sample has as many customers and repeat purchases as published", { skip }, () => {
  const { repeats, values } = cdnowSummary(path!);
  assert.equal(repeats.length, 2357);
  assert.equal(repeats.filter((x) => x > 0).length, 946);
  assert.equal(
    repeats.reduce((sum, x) => sum + x, 0),
    2457,
  );
  const spend = Float64Array.from(values.meanValue)
    .filter((_, i) => repeats[i]! > 0)
    .sort();
  const mean = spend.reduce((sum, value) => sum + value, 0) / 946;
  const deviation = Math.sqrt(spend.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 945);
  const median = (spend[472]! + spend[473]!) / 2;
  assert.deepEqual([mean, deviation, spend[0]!, median, spend[945]!].map(Math.round), [35, 30, 3, 27, 300]);
});

test("BG/NBD has the published parameters, standard errors and likelihood", { skip }, () => {
  const fit = fitBgNbd(cdnowSummary(path!));
  near(fit.parameters, { r: 0.2425982, alpha: 4.4136842, a: 0.7929899, b: 2.4261667 }, 0.005);
  near(fit.parameters, reference.cdnow["BG/NBD"]!, 1e-5);
  near(fit.standardErrors, { r: 0.012557, alpha: 0.378221, a: 0.185719, b: 0.705345 }, 0.01);
  assert.ok(fit.logLikelihood >= -9582.429 - 0.001);
  assert.equal(fit.oneTimeBuyers, 1411);
  assert.deepEqual(fit.notes, []);
});

test("MBG/NBD and Pareto/NBD have the published parameters, and as high a likelihood", { skip }, () => {
  const summary = cdnowSummary(path!);
  const modified = fitMbgNbd(summary);
  near(modified.parameters, { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }, 0.005);
  near(modified.parameters, reference.cdnow["MBG/NBD"]!, 1e-4);
  const pareto = fitParetoNbd(summary);
  near(pareto.parameters, { r: 0.553, alpha: 10.58, s: 0.606, beta: 11.656 }, 0.005);
  assert.ok(pareto.logLikelihood >= -9594.976 - 0.001);
  assert.ok(modified.converged && pareto.converged);
});

test("expected repeats and purchases agree with Hardie's sheet to the printed digits", { skip }, () => {
  const fit = fitBgNbd(cdnowSummary(path!));
  const repeats = [0.1429, 1, 3, 31.8571, 32, 78].map((time) => expectedRepeats(fit, time).toFixed(4));
  // The sheet prints 1.8576 for the last: its series ends after 150 terms. In full, at 40 digits, it is 1.857958.
  assert.deepEqual(repeats, ["0.0078", "0.0532", "0.1506", "1.0405", "1.0437", "1.8580"]);
  const [expected] = expectedPurchases(fit, { repeats: [2], lastRepeat: [30.43], observed: [38.86] }, 39);
  assert.equal(expected!.toFixed(3), "1.226");
});

test("Gamma–Gamma has the published parameters and spend of the first ten customers", { skip }, () => {
  const { values } = cdnowSummary(path!);
  const fit = fitGammaGamma(values);
  near(fit.parameters, { p: 6.25, q: 3.74, v: 15.44 }, 0.005);
  assert.equal(fit.customers, 946);
  assert.equal(fit.correlation.toFixed(4), "0.1139");
  const published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
  assert.deepEqual(
    Array.from(expectedSpend(fit, values).slice(0, 10), (spend) => Number(spend.toFixed(2))),
    published,
  );
});
