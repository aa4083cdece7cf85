import { isAbsolute, normalize } from "node:path";
import { describeValue, didYouMean } from "../core/check.js";
import type { SourceCheck } from "./check-feature-names.js";
import { asOfPlaceholder, type WrittenSource } from "./complete-source.js";
import type { WrittenWorkbook } from "./complete-workbook.js";
import { refuse } from "./refuse.js";
import { formatOfSuffix, suffixOf } from "./source-format.js";

/**
 * Checks where a source lies: a path inside the data folder or a table of a named connection, and keys that fit how it is stored.
 *
 * @throws InputError with key path and place.
 */
export function checkPlace(check: SourceCheck, { connections = {}, engine }: WrittenWorkbook): void {
  const { source, path, document } = check;
  if (engine !== undefined && engine.kind !== "duckdb") {
    checkOwnTable(check, engine.kind);
    return;
  }
  if ((source.path === undefined) === (source.connection === undefined))
    refuse(document, path, {
      must: "have either a path or a connection",
      got: source.path === undefined ? "neither" : "both",
    });
  if (source.connection !== undefined) {
    if (!Object.hasOwn(connections, source.connection))
      refuse(document, [...path, "connection"], {
        must: `be a name under connections (${Object.keys(connections).join(", ") || "none there"})`,
        got: describeValue(source.connection),
        hint: didYouMean(source.connection, Object.keys(connections)),
      });
    if (source.table === undefined)
      refuse(document, path, { must: 'have the key "table" with its connection', got: "none" });
  } else checkPaths(check);
  checkFormatKeys(check);
  checkEncoding(check);
}

/** On a cluster every source is one of its own tables. */
function checkOwnTable({ source, path, document }: SourceCheck, kind: string): void {
  if (source.table === undefined || source.path !== undefined || source.connection !== undefined)
    refuse(document, path, {
      must: `have the key "table" alone where engine is ${kind}`,
      got: source.table === undefined ? "none" : "a path or connection beside it",
    });
}

function checkPaths({ source, path, document }: SourceCheck): void {
  const files = [source.path ?? []].flat();
  files.forEach((file, i) => {
    const at = typeof source.path === "string" ? [...path, "path"] : [...path, "path", i];
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(file))
      refuse(document, at, {
        must: "name a file, because segbook reads no URL",
        got: describeValue(file),
        hint: ". Download it first",
      });
    const leads = isAbsolute(file) || /^[A-Za-z]:|^\\/.test(file);
    if (!source.allowOutside && (leads || normalize(file).split(/[\\/]/)[0] === ".."))
      refuse(document, at, {
        must: "stay inside the data folder",
        got: describeValue(file),
        hint: ". Give another folder with --data, or say allowOutside: true for this source",
      });
    const placeholder = /\{\s*as.?of\s*\}/i.exec(file.replaceAll(asOfPlaceholder, ""));
    if (placeholder !== null)
      refuse(document, at, {
        must: `write the as-of day as ${asOfPlaceholder}`,
        got: describeValue(placeholder[0]),
      });
    if (source.format === undefined && formatOfSuffix(suffixOf(file)) === undefined)
      refuse(document, at, {
        must: "end in .csv, .tsv, .parquet, .json, .ndjson, .xlsx, .sqlite or .duckdb, with or without .gz or .zst",
        got: describeValue(file),
        hint: ". Else say how it is stored, such as format: csv",
      });
    if (suffixOf(file) !== suffixOf(files[0]!))
      refuse(document, at, { must: "end like the first path", got: describeValue(file) });
  });
}

/** Key → the formats that know it. */
const keysOfFormat: readonly (readonly [keyof WrittenSource, readonly string[]])[] = [
  ["sheet", ["excel"]],
  ["range", ["excel"]],
  ["table", ["sqlite", "duckdb", "table"]],
  ["header", ["csv"]],
  ["columnNames", ["csv"]],
  ["delimiter", ["csv"]],
  ["quote", ["csv"]],
  ["escape", ["csv"]],
  ["encoding", ["csv", "json", "ndjson"]],
];

function checkFormatKeys({ source, path, document }: SourceCheck): void {
  const suffix = suffixOf([source.path ?? []].flat()[0] ?? "");
  const format =
    source.connection === undefined ? (source.format ?? formatOfSuffix(suffix) ?? "csv") : "table";
  for (const [key, formats] of keysOfFormat)
    if (source[key] !== undefined && !formats.includes(format))
      refuse(document, [...path, key], {
        must: `stand at a source of format ${formats.filter((name) => name !== "table").join(" or ")}${formats.includes("table") ? " or with a connection" : ""}`,
        got: `it at ${format === "table" ? "a connection" : `format ${format}`}`,
      });
  if ((source.header === false) !== (source.columnNames !== undefined))
    refuse(document, [...path, source.header === false ? "header" : "columnNames"], {
      must: "come as a pair: header: false with the columnNames",
      got: `${source.header === false ? "header: false" : "columnNames"} alone`,
    });
}

function checkEncoding({ source: { encoding }, path, document }: SourceCheck): void {
  if (encoding === undefined || encoding === "latin-1" || encoding === "utf-16") return;
  try {
    new TextDecoder(encoding);
  } catch {
    refuse(document, [...path, "encoding"], {
      must: "be an encoding such as utf-8, latin-1, utf-16, windows-1250 or shift_jis",
      got: describeValue(encoding),
    });
  }
}
