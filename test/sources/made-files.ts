import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { openDuckDb } from "#src/engine/duckdb.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-files-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A folder of the test's own. */
export function madeFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Writes files into a folder of the test's own and returns it. */
export function madeFiles(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = madeFolder(name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  }
  return path;
}

/** Runs statements in a database of their own, to write a Parquet or DuckDB file. */
export async function runDuckDb(sql: string): Promise<void> {
  const engine = await openDuckDb({ threads: 1 });
  try {
    await engine.run(sql);
  } finally {
    engine.close();
  }
}
