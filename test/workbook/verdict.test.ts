import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createRandom } from "#src/core/random.js";
import { exportDefinition } from "#src/exports/export-definition.js";
import { segmentFile } from "#src/workbook/segment-file.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-verdict-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A file with one made customer per row. */
function fileOf(name: string, rows: readonly (readonly number[])[]): string {
  const header = ["customer", ...rows[0]!.map((_, j) => `x${j + 1}`)];
  const lines = rows.map((row, i) => [`c${String(i).padStart(4, "0")}`, ...row].join(","));
  const path = join(folder, name);
  writeFileSync(path, `${[header.join(","), ...lines].join("\n")}\n`);
  return path;
}

const basisOf = (count: number): string[] => Array.from({ length: count }, (_, j) => `x${j + 1}`);

test("customers without groups: the count is 1, a cut is shown for orientation, and every output says so", async () => {
  const random = createRandom(4);
  const rows = Array.from({ length: 240 }, () => [random.normal(), random.normal(), random.normal()]);
  const { found, definition } = await segmentFile(fileOf("cloud.csv", rows), {
    key: "customer",
    basis: basisOf(3),
  });
  assert.equal(found.recommendedCount, 1);
  assert.ok(found.clusterCount > 1);
  assert.ok(["constructive", "no-reliable-segments"].includes(found.verdict));
  assert.ok(found.verdicts.every((verdict) => verdict !== "natural"));
  assert.match(found.countReason, /^No reliable segments: .* Shown is the steadiest cut, into \d/);
  assert.equal(definition.verdict!.recommendedCount, 1);
  assert.equal(definition.verdict!.word, found.verdict);
  assert.deepEqual(
    definition.segments.map(({ verdict }) => verdict),
    found.verdicts,
  );
  assert.match(
    exportDefinition(definition, { to: "sql", dialect: "duckdb" }),
    /^-- Verdict on all together: .* The data support no division/m,
  );
});
