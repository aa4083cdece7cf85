/**
 * What a refresh does when nothing has changed: node bench/refresh-control.js [--customers 1000] [--populations 10] [--resamples 10]
 * [--draws 200]. Outcomes are appended to bench/refresh-control.csv, refresh-hysteresis.csv and refresh-held.csv; what stands there is
 * not done again. The tables in docs/refresh-control.md are written from those files.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../dist/core/random.js";
import { controlFile, heldFile, hysteresisFile } from "./refresh-outcomes.js";
import { makeShop } from "./refresh-shop.js";
import { driftOnce, firstDefinition, followCustomers, refreshOnce, tableOf } from "./refresh-steps.js";
import { writeControlTable } from "./refresh-table.js";

const { values } = parseArgs({
  options: {
    customers: { type: "string", default: "1000" },
    populations: { type: "string", default: "10" },
    resamples: { type: "string", default: "10" },
    draws: { type: "string", default: "200" },
  },
});
const [customers, populations, resamples, draws] = ["customers", "populations", "resamples", "draws"].map(
  (name) => Number(values[name]),
);
const memory = mkdtempSync(join(tmpdir(), "refresh-control-"));
try {
  for (let draw = 1; draw <= draws; draw++) compareStrangers(draw);
  for (let population = 1; population <= populations; population++) refreshPopulation(population);
} finally {
  rmSync(memory, { recursive: true });
}
writeControlTable();

/** Halves of one population, drawn by lot: dates that share nobody, for which p-values are meant. */
function compareStrangers(draw) {
  controlFile.add({ kind: "strangers", customers, population: 0, draw }, () => {
    const seed = 20_000 + draw;
    const all = makeShop({ customers: 2 * customers, seed }).look([]);
    const order = Uint32Array.from(all.keys.keys());
    createRandom(seed).shuffle(order);
    return driftOnce(
      tableOf(rowsOf(all, order.slice(0, customers))),
      tableOf(rowsOf(all, order.slice(customers))),
    );
  });
}

function rowsOf({ keys, columns }, rows) {
  const ascending = rows.sort();
  return {
    keys: Array.from(ascending, (row) => keys[row]),
    columns: new Map(
      [...columns].map(([name, values]) => [name, Float64Array.from(ascending, (row) => values[row])]),
    ),
  };
}

/** The same customers looked at again: once each from the beginning, and six times in a row under one definition. */
function refreshPopulation(population) {
  const shop = makeShop({ customers, seed: population });
  const before = tableOf(shop.look([]));
  let definition;
  const defined = () => {
    definition ??= firstDefinition(before);
    return definition;
  };
  for (let draw = 1; draw <= resamples; draw++)
    controlFile.add({ kind: "refresh", customers, population, draw }, () =>
      refreshOnce(defined(), [before, tableOf(shop.look([draw]))], memory),
    );
  const steps = [1, 2, 3, 4, 5, 6];
  for (const limit of [0, 0.05, 0.1, 0.2])
    hysteresisFile.add({ customers, population, limit }, () => {
      const tables = [before, ...steps.map((last) => tableOf(shop.look(steps.slice(0, last))))];
      const { changes, heldBack, held } = followCustomers(defined(), tables, limit);
      if (limit === 0.05)
        for (const { customer, ...where } of held)
          heldFile.add({ customers, population, customer }, () => where);
      return { changes, held: heldBack, held_at_end: held.length };
    });
}
