import { basename } from "node:path";
import { completeWorkbook } from "../config/complete-workbook.js";
import type { SourceConfig, SourceFormat } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import { type Engine, textColumn } from "../engine/engine.js";
import type { RawTable } from "../sources/raw-table.js";
import { readRawTable } from "../sources/read-raw-table.js";
import type { FileSample, GivenFile } from "./file-sample.js";

/** Rows from the beginning that are kept, and rows drawn from the others. */
const firstRows = 10_000;

/** Looks at a file that the sources' own readers turn into a table of text: Parquet, JSON, Excel, SQLite, DuckDB. */
export async function sampleTable(engine: Engine, given: GivenFile, seed: number): Promise<FileSample> {
  const table = `"init_${Buffer.from(given.written).toString("hex")}"`;
  const raw = await readAny(engine, given, table);
  const names = raw.header.map((_, j) => `c${j}`);
  const cells = await engine.columns(`
    SELECT ${names.map((name) => `coalesce(trim(${name}), '') AS ${name}`).join(", ")} FROM ${raw.table}
    WHERE rowid < ${firstRows} OR hash(rowid, ${seed}) % ${Math.max(raw.rowCount, 1)} < ${firstRows} ORDER BY rowid`);
  const columns = names.map((name) => textColumn(cells, name).map((text) => text ?? ""));
  return {
    ...given,
    encoding: "utf-8",
    header: raw.header,
    rows: (columns[0] ?? []).map((_, i) => columns.map((column) => column[i]!)),
    isWhole: raw.rowCount <= firstRows,
    release: raw.release,
    async readColumns(indices, visit) {
      const wanted = indices.map((j) => `coalesce(trim(c${j}), '') AS c${j}`);
      const read = await engine.columns(`SELECT ${wanted.join(", ")} FROM ${raw.table}`);
      const texts = indices.map((j) => textColumn(read, `c${j}`));
      for (let i = 0; i < raw.rowCount; i++) visit(texts.map((column) => column[i] ?? ""));
      return true;
    },
  };
}

async function readAny(engine: Engine, given: GivenFile, table: string): Promise<RawTable> {
  const source = bareSource(given);
  try {
    const file = { written: given.path, path: given.path };
    return await readRawTable(engine, { source, files: [file], table });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `init: --from must name a table that can be read, got: ${error.message.replace("loadSources: ", "")}`,
    );
  }
}

/** A source of which nothing is known but its file. */
function bareSource({ path, format, part }: GivenFile): SourceConfig {
  const source = {
    kind: "customers",
    path: basename(path),
    format: format as Exclude<SourceFormat, "table">,
    columns: {},
    ...(part !== undefined && { [format === "excel" ? "sheet" : "table"]: part }),
  } as const;
  const [complete] = completeWorkbook("", {
    name: "init",
    asOf: "2000-01-01",
    basis: [],
    sources: { file: source },
  }).sources;
  return complete!;
}
