import type { SourceFormat } from "./workbook-config.js";

const suffixes: Readonly<Record<Exclude<SourceFormat, "table">, readonly string[]>> = {
  csv: ["csv", "tsv"],
  parquet: ["parquet"],
  json: ["json"],
  ndjson: ["ndjson", "jsonl"],
  excel: ["xlsx", "xls", "ods"],
  sqlite: ["sqlite", "sqlite3", "db"],
  duckdb: ["duckdb"],
};

/** How a file with this suffix is stored; undefined where the name does not say. */
export function formatOfSuffix(suffix: string): Exclude<SourceFormat, "table"> | undefined {
  return (Object.keys(suffixes) as Exclude<SourceFormat, "table">[]).find((format) =>
    suffixes[format].includes(suffix),
  );
}

/** The suffix that decides how a file is read, before `.gz` and `.zst`, in small letters: `csv`, `parquet`, or something else. */
export function suffixOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path.toLowerCase().replace(/\.(gz|zst)$/, ""))?.[1] ?? "";
}
