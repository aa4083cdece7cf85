import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { age } from "#src/commands/age.js";
import { type CommandInput, readArguments, type Surroundings } from "#src/commands/command.js";
import { exportDefinition } from "#src/exports/export-definition.js";
import { fingerprintOf } from "#src/segments/fingerprint.js";
import { readDefinition } from "#src/segments/read-definition.js";
import { ageText, definitionAge, lastFreshDay, stalenessText } from "#src/segments/staleness.js";
import { writeDefinition } from "#src/segments/write-definition.js";
import { madeDefinition } from "../made-definitions.js";

const spring = { createdFor: "2026-03-31" };

test("a definition is fresh on the last day of its limit and stale on the next", () => {
  assert.equal(lastFreshDay(spring), "2026-07-09");
  assert.equal(
    ageText(definitionAge(spring, "2026-06-30")),
    "defined for 2026-03-31; 91 days old; limit 100",
  );
  assert.equal(definitionAge(spring, "2026-07-09").isStale, false);
  assert.equal(
    ageText(definitionAge(spring, "2026-07-10")),
    "defined for 2026-03-31; 101 days old; limit 100: stale",
  );
  assert.equal(ageText(definitionAge(spring, "2026-04-01")), "defined for 2026-03-31; 1 day old; limit 100");
  assert.equal(
    stalenessText({ ...spring, maxAgeDays: 7 }),
    "defined for 2026-03-31; stale after 2026-04-07 (7 days)",
  );
});

test("a definition without a date has no age, and a day that is none is refused", () => {
  const dateless = { createdFor: null };
  assert.equal(lastFreshDay(dateless), null);
  assert.match(stalenessText(dateless), /without a date/);
  assert.throws(
    () => definitionAge(dateless, "2026-06-30"),
    /must have the day that it was made for, got none/,
  );
  assert.throws(
    () => definitionAge(spring, "2026-02-30"),
    /asOf must be a day, YYYY-MM-DD, got "2026-02-30"/,
  );
});

test("every export says when it is stale", () => {
  const unsigned = { ...madeDefinition(2), ...spring };
  const definition = { ...unsigned, fingerprint: fingerprintOf(unsigned) };
  const said = "defined for 2026-03-31; stale after 2026-07-09 (100 days)";
  const texts = [
    exportDefinition(definition, { to: "sql", dialect: "duckdb" }),
    exportDefinition(definition, { to: "typescript" }),
    exportDefinition(definition, { to: "pmml" }),
    Buffer.from(exportDefinition(definition, { to: "onnx" })).toString("latin1"),
    ...exportDefinition(definition, { to: "dbt", dialect: "duckdb" }).values(),
  ].map(String);
  const silent = texts.filter((text) => !text.includes(said));
  assert.ok(texts.length - silent.length >= 5, silent.map((text) => text.slice(0, 80)).join("\n"));
});

test("segbook age ends with 1 when the definition is stale", async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-age-"));
  try {
    const unsigned = { ...madeDefinition(2), ...spring, maxAgeDays: 30 };
    writeDefinition(join(folder, "d.json"), { ...unsigned, fingerprint: fingerprintOf(unsigned) });
    assert.equal(readDefinition(join(folder, "d.json")).maxAgeDays, 30);
    const on = (day: string) =>
      age.run(argumentsOf(["--definition", "d.json", "--as-of", day]), { folder } as Surroundings);
    const fresh = await on("2026-04-30");
    assert.deepEqual([fresh.exitCode, (fresh.document as { days: number }).days], [0, 30]);
    const stale = await on("2026-05-01");
    assert.deepEqual(
      [stale.exitCode, stale.failure?.startsWith("segbook age: the definition has been stale for 1 day.")],
      [1, true],
    );
    await assert.rejects(on("soon"), /segbook age: --as-of must be a day, YYYY-MM-DD, got "soon"/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function argumentsOf(words: readonly string[]): CommandInput {
  return readArguments(age, words);
}
