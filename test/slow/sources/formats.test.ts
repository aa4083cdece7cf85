import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { findFiles } from "#src/sources/find-files.js";
import { readRawTable } from "#src/sources/read-raw-table.js";
import { madeFolder } from "../../sources/made-files.js";
import { madeFormats, writeFormat } from "../../sources/made-formats.js";

const home = "data/sample";
const text = readFileSync(join(home, "segbook.yaml"), "utf8");

function featuresOf(folder: string): string {
  const output = join(folder, "features.csv");
  execFileSync(process.execPath, [
    "bin/segbook.js",
    "features",
    "--workbook",
    join(folder, "segbook.yaml"),
    "--output",
    output,
  ]);
  return readFileSync(output, "utf8");
}

test("the sample shop from CSV, Parquet, SQLite, Excel, JSON, NDJSON and DuckDB gives the same customers table, byte for byte", async (context) => {
  const engine = await openDuckDb({ threads: 2 });
  const config = readWorkbook(join(home, "segbook.yaml"));
  const csv = madeFolder("sample-csv");
  writeFileSync(
    join(csv, "segbook.yaml"),
    text
      .replaceAll('"{asOf}/', `"${join(process.cwd(), home)}/{asOf}/`)
      .replaceAll(/^( +)kind: /gm, "$1allowOutside: true\n$1kind: "),
  );
  const expected = featuresOf(csv);
  assert.ok(expected.split("\n").length > 1000);
  try {
    for (const format of madeFormats) {
      const folder = madeFolder(`sample-${format}`);
      for (const source of config.sources) {
        const { files } = findFiles(config, source, {});
        const raw = await readRawTable(engine, { source, files, table: '"made"' });
        await writeFormat(engine, raw, { folder, name: source.name, format });
        await raw.release();
      }
      const workbook = text.replaceAll(/path: "\{asOf\}\/(\w+)\.csv(\.gz)?"/g, `path: $1.${format}`);
      writeFileSync(join(folder, "segbook.yaml"), workbook);
      assert.ok(readdirSync(folder).length > config.sources.length, format);
      assert.ok(featuresOf(folder) === expected, `${format} gives another table`);
      context.diagnostic(format);
    }
  } finally {
    engine.close();
  }
});
