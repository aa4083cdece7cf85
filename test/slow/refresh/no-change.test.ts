import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

/** The control of docs/refresh-control.md, few of its draws: bench/ holds the population and the steps, and all draws. */
interface Bench {
  readonly makeShop: (options: { readonly customers: number; readonly seed: number }) => {
    readonly look: (steps: readonly number[]) => unknown;
  };
  readonly tableOf: (look: unknown) => unknown;
  readonly firstDefinition: (table: unknown) => { readonly segments: readonly unknown[] };
  readonly refreshOnce: (
    former: unknown,
    tables: readonly [unknown, unknown],
    memory: string,
  ) => {
    readonly not_continued: readonly string[];
    readonly recommendation: string;
    readonly failed_gates: readonly string[];
    readonly drifting: readonly string[];
    readonly mix_drifts: boolean;
    readonly classifier_drifts: boolean;
  };
  readonly driftOnce: (one: unknown, other: unknown) => { readonly drifting: readonly string[] };
  readonly followCustomers: (
    definition: unknown,
    tables: readonly unknown[],
    limit: number,
  ) => { readonly changes: number; readonly heldBack: number; readonly held: readonly unknown[] };
}

let bench: Bench;
let memory: string;

before(async () => {
  const load = (name: string) => import(pathToFileURL(resolve("bench", name)).href);
  bench = { ...(await load("refresh-shop.js")), ...(await load("refresh-steps.js")) };
  memory = mkdtempSync(join(tmpdir(), "no-change-"));
});

after(() => rmSync(memory, { recursive: true }));

test("where nothing changed every segment continues, nothing drifts, and the word is keep", () => {
  const shop = bench.makeShop({ customers: 700, seed: 41 });
  const start = bench.tableOf(shop.look([]));
  const definition = bench.firstDefinition(start);
  assert.equal(definition.segments.length, 6);
  for (const draw of [1, 2, 3]) {
    const found = bench.refreshOnce(definition, [start, bench.tableOf(shop.look([draw]))], memory);
    assert.deepEqual(found.not_continued, []);
    assert.equal(found.recommendation, "keep");
    assert.deepEqual([found.failed_gates, found.drifting], [[], []]);
    assert.deepEqual([found.mix_drifts, found.classifier_drifts], [false, false]);
  }
  const steps = [1, 2, 3, 4, 5, 6];
  const tables = [start, ...steps.map((last) => bench.tableOf(shop.look(steps.slice(0, last))))];
  const [free, held] = [0, 0.1].map((limit) => bench.followCustomers(definition, tables, limit));
  assert.equal(free!.heldBack, 0);
  assert.ok(held!.changes < 0.8 * free!.changes, `${held!.changes} of ${free!.changes}`);
  assert.ok(held!.held.length > 0);
});

test("dates that share nobody, of one population, raise no alarm", () => {
  for (let seed = 500; seed < 515; seed++) {
    const [one, other] = [seed, seed + 1000].map((own) =>
      bench.tableOf(bench.makeShop({ customers: 700, seed: own }).look([])),
    );
    assert.deepEqual(bench.driftOnce(one, other).drifting, []);
  }
});
