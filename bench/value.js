// Fits of purchase models beside lifetimes, on 23,000 and 1,000,000 made customers, and values with 200 bootstrap fits.
// node bench/value.js [--python FILE] [--customers 23000,1000000] [--repeats N]; writes its section of bench/results.md.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createRandom, fitBgNbd, fitParetoNbd, valueCustomers } from "../dist/index.js";
import { betaGeometricLikelihood } from "../dist/value/beta-geometric-likelihood.js";
import { paretoLikelihood } from "../dist/value/pareto-likelihood.js";
import { countHistories } from "../dist/value/purchase-histories.js";
import { median } from "./measure.js";
import { startPeer } from "./peer.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    customers: { type: "string", default: "23000,1000000" },
    repeats: { type: "string", default: "3" },
  },
});
const sizes = options.customers.split(",").map(Number);
const models = { "BG/NBD": fitBgNbd, "Pareto/NBD": fitParetoNbd };
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const peer = startPeer(options.python, [fileURLToPath(new URL("peers/value.py", import.meta.url))]);
try {
  const buyers = makeBuyers(Math.max(...sizes));
  for (const name of ["repeats", "lastRepeat", "observed"]) writeFileSync(join(folder, name), buyers[name]);
  const versions = await peer.ask({ task: "read", folder });
  const lines = [];
  for (const size of sizes)
    for (const [model, fit] of Object.entries(models))
      lines.push(await compare(model, fit, { size, buyers }));
  lines.push(valueLine(buyers));
  process.stdout.write(`${lines.join("\n")}\n`);
  writeSection(
    "Value",
    [
      "Made customers, whole days, watched for 26 to 78 weeks. Medians, in turns; one thread on both sides, but the bootstrap, which takes every core. lifetimes fits with its defaults; its likelihood is computed by our formula at its parameters.",
      `Node ${process.versions.node}; lifetimes ${versions.lifetimes}, SciPy ${versions.scipy}, numpy ${versions.numpy}; ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown processor"}; load average when it ended ${loadavg()[0].toFixed(1)}.`,
      "",
      "| work | segbook, s | lifetimes, s | lifetimes over segbook | log-likelihood, segbook less lifetimes | wanted |",
      "| --- | ---: | ---: | ---: | ---: | ---: |",
      ...lines,
    ].join("\n"),
  );
} finally {
  peer.stop();
  rmSync(folder, { recursive: true });
}

async function compare(model, fit, { size, buyers }) {
  const histories = {
    repeats: buyers.repeats.subarray(0, size),
    lastRepeat: buyers.lastRepeat.subarray(0, size),
    observed: buyers.observed.subarray(0, size),
  };
  const own = [];
  const theirs = [];
  let [found, other] = [];
  for (let repeat = 0; repeat < (size > 100_000 ? 1 : Number(options.repeats)); repeat++) {
    const begin = performance.now();
    found = fit(histories);
    own.push((performance.now() - begin) / 1000);
    other = await peer.ask({ task: "fit", model, customers: size });
    theirs.push(other.seconds);
  }
  const likelihood = (model === "BG/NBD" ? betaGeometricLikelihood : paretoLikelihood)(
    countHistories("bench", histories),
    false,
  );
  const atTheirs = likelihood(
    Float64Array.from(Object.keys(found.parameters), (name) => other.parameters[name]),
    new Float64Array(4),
  );
  const more = (found.logLikelihood - atTheirs).toPrecision(2);
  return `| ${model}, ${size.toLocaleString("en")} customers | ${median(own).toFixed(2)} | ${median(theirs).toFixed(2)} | ${(median(theirs) / median(own)).toFixed(1)} × | ${more} | ≥ 5 ×, not below 0 |`;
}

/** Values of 4,000 customers with 200 refits of both models. */
function valueLine(buyers) {
  const size = 4000;
  const take = (values) => values.slice(0, size);
  const repeats = take(buyers.repeats);
  const summary = {
    keys: Array.from(repeats, (_, i) => `C${i}`),
    firstDay: new Float64Array(size),
    repeats,
    lastRepeat: take(buyers.lastRepeat),
    observed: take(buyers.observed),
    values: { purchases: repeats, meanValue: take(buyers.meanValue) },
    holdoutPurchases: new Float64Array(0),
    cameLater: 0,
    refundedDays: 0,
    overRefunded: 0,
  };
  const begin = performance.now();
  valueCustomers(summary, {
    margin: 0.3,
    horizonDays: 365,
    discountRate: 0.1,
    model: "BG/NBD",
    fits: 200,
    seed: 1,
  });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  return `| values with 200 bootstrap fits, 4,000 customers, 12 months | ${seconds} | – | – | – | ≤ 20 s |`;
}

function makeBuyers(size) {
  const random = createRandom(1);
  const columns = Object.fromEntries(
    ["repeats", "lastRepeat", "observed", "meanValue"].map((name) => [name, new Float64Array(size)]),
  );
  for (let i = 0; i < size; i++) {
    const days = 182 + random.below(364);
    // Exponential rates and a uniform chance to stop: neither model's own assumption.
    const rate = -Math.log(1 - random.next()) / 60;
    const stop = random.next() ** 2;
    const bought = new Set();
    for (let day = 0; ; ) {
      day += -Math.log(1 - random.next()) / rate;
      if (day > days) break;
      bought.add(Math.max(1, Math.ceil(day)));
      if (random.next() < stop) break;
    }
    columns.repeats[i] = bought.size;
    columns.lastRepeat[i] = Math.min(days, Math.max(0, ...bought)) / 7;
    columns.observed[i] = days / 7;
    const mean = 20 * Math.exp(0.6 * random.normal());
    columns.meanValue[i] =
      bought.size === 0 ? 0 : mean * Math.exp((0.4 * random.normal()) / Math.sqrt(bought.size));
  }
  return columns;
}
