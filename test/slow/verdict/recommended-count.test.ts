import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { adjustedRandIndex } from "#src/validity/adjusted-rand.js";
import { findSegments } from "#src/workbook/find-segments.js";
import { segmentFile } from "#src/workbook/segment-file.js";
import { readWholesale } from "../../cluster/matrices.js";
import { datasetFile, withoutDataset } from "../../datasets.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-recommended-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("groups that show only when two of six columns weigh more: the weights are in the recipe, and the labels are the judged ones", async () => {
  const random = createRandom(11);
  const rows = Array.from({ length: 600 }, (_, i) =>
    Array.from({ length: 6 }, (__, j) => {
      const middle = j === 0 ? 3.8 * (i % 2) : j === 1 ? 3.8 * (Math.floor(i / 2) % 2) : 0;
      return random.normal() + middle;
    }),
  );
  const basis = ["x1", "x2", "x3", "x4", "x5", "x6"];
  const lines = rows.map((row, i) => [`c${String(i).padStart(4, "0")}`, ...row].join(","));
  const path = join(folder, "square.csv");
  writeFileSync(path, `${[["customer", ...basis].join(","), ...lines].join("\n")}\n`);
  const { found, definition } = await segmentFile(path, { key: "customer", basis });
  assert.equal(found.recommendedCount, 4);
  assert.equal(found.judgement!.route, "weighted");
  assert.deepEqual(found.fit.labels, found.solution!.labels);
  const planted = Int32Array.from(rows, (_, i) => i % 4);
  assert.ok(adjustedRandIndex(found.fit.labels, planted) > 0.75);
  const weights = found.columnWeights!;
  assert.ok(Math.min(weights[0]!, weights[1]!) > 2 * Math.max(...weights.slice(2)));
  const { steps, notes } = definition.recipe;
  assert.ok(
    Math.max(steps[0]!.scale, steps[1]!.scale) < Math.min(...steps.slice(2).map(({ scale }) => 2 * scale)),
  );
  assert.ok(notes.some((note) => note.startsWith("Squared differences count by weight")));
  assert.match(found.countReason, /when x1 and x2 weigh more/);
});

const wholesale = datasetFile("wholesale/wholesale_customers_bom.csv");

test("wholesale customers, log1p and z: count 1, two segments constructive", {
  skip: wholesale === undefined && withoutDataset,
}, () => {
  const raw = readWholesale(wholesale!);
  const transforms = new Map(raw.columns.map((name) => [name, "identity" as const]));
  const found = findSegments(raw, {
    counts: [1, 10],
    starts: 50,
    seed: 7,
    whenNothingReliable: "constructive",
    transforms,
  });
  assert.equal(found.recommendedCount, 1);
  assert.equal(found.clusterCount, 2);
  assert.deepEqual(found.verdicts, ["constructive", "constructive"]);
  assert.equal(found.verdict, "constructive");
  assert.match(found.countReason, /^No reliable segments: the customers form one continuum/);
});
