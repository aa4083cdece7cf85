import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";

const dates = ["2026-03-31", "2026-06-30"];
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "sample-shop-"));
  execFileSync(process.execPath, ["data/generate/sample-shop.js", folder], {
    env: { ...process.env, TZ: "Asia/Kathmandu", LANG: "de_DE.UTF-8" },
  });
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Compressed bytes differ between builds of zlib, so that only what is inside can be promised. */
function contentOf(file: string): Buffer {
  const bytes = readFileSync(file);
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

for (const date of dates)
  test(`the generator writes the committed files of ${date} again, byte for byte, in any time zone and language`, () => {
    const names = readdirSync(join("data/sample", date)).sort();
    assert.deepEqual(names, [
      "campaigns.csv",
      "customers.csv",
      "orders.csv.gz",
      "social.csv",
      "survey.csv",
      "web.csv",
    ]);
    assert.deepEqual(readdirSync(join(folder, "data/sample", date)).sort(), names);
    for (const name of names) {
      const path = join("data/sample", date, name);
      assert.ok(contentOf(path).equals(contentOf(join(folder, path))), `${path} differs`);
    }
  });

test("the generator writes the committed truth again, byte for byte", () => {
  const names = readdirSync("test/sample/truth").sort();
  assert.deepEqual(readdirSync(join(folder, "test/sample/truth")).sort(), names);
  for (const name of names) {
    const path = join("test/sample/truth", name);
    assert.ok(readFileSync(path).equals(readFileSync(join(folder, path))), `${path} differs`);
  }
});

test("the sample shop takes less than 3 MB", () => {
  const bytes = dates.flatMap((date) =>
    readdirSync(join("data/sample", date)).map((name) => statSync(join("data/sample", date, name)).size),
  );
  assert.ok(bytes.reduce((sum, size) => sum + size, 0) < 3_000_000);
});
