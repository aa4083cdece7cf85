import { isAbsolute, normalize } from "node:path";
import { describeValue } from "../core/check.js";
import { checkFeatureNames, type SourceCheck } from "./check-feature-names.js";
import { asOfPlaceholder, suffixOf, type WrittenSource, type WrittenWorkbook } from "./complete-workbook.js";
import { refuse } from "./refuse.js";
import type { SourceKind } from "./workbook-config.js";
import type { WorkbookDocument } from "./workbook-document.js";

/**
 * Checks what the schema cannot say about the sources: one per kind, keys that belong to the kind, paths inside the workbook,
 * patterns that can be read, names that are unique.
 *
 * @throws InputError with key path and place.
 */
export function checkSources({ sources }: WrittenWorkbook, document: WorkbookDocument): void {
  checkKinds(sources, document);
  const taken = new Set<string>();
  for (const [name, source] of Object.entries(sources)) {
    const check: SourceCheck = { source, path: ["sources", name], document };
    checkKindKeys(check);
    checkPaths(check);
    checkPatterns(check);
    checkFeatureNames(check, taken);
  }
}

function checkKinds(sources: WrittenWorkbook["sources"], document: WorkbookDocument): void {
  const seen = new Map<SourceKind, string>();
  for (const [name, { kind }] of Object.entries(sources)) {
    const earlier = seen.get(kind);
    if (earlier !== undefined)
      refuse(document, ["sources", name, "kind"], {
        must: "be the only source of its kind",
        got: `${kind}, which ${earlier} is too`,
      });
    seen.set(kind, name);
  }
  if (!seen.has("customers") && !seen.has("transactions"))
    refuse(document, ["sources"], {
      must: "hold a source of kind customers or transactions, which say who the customers are",
      got: [...seen.keys()].join(", "),
    });
}

const keysOfKind: readonly (readonly [keyof WrittenSource, SourceKind])[] = [
  ["attributes", "customers"],
  ["returns", "transactions"],
  ["categoryShares", "transactions"],
  ["scales", "survey"],
];

function checkKindKeys({ source, path, document }: SourceCheck): void {
  for (const [key, kind] of keysOfKind)
    if (source[key] !== undefined && source.kind !== kind)
      refuse(document, [...path, key], {
        must: `stand in a source of kind ${kind}`,
        got: `it in one of kind ${source.kind}`,
      });
  if (source.kind === "survey" && source.scales === undefined)
    refuse(document, path, { must: 'have the key "scales"', got: "none" });
  if (source.categoryShares !== undefined && source.columns.category === undefined)
    refuse(document, [...path, "categoryShares"], {
      must: "come with columns.category",
      got: "no such column",
    });
}

function checkPaths({ source, path, document }: SourceCheck): void {
  const files = [source.path].flat();
  files.forEach((file, i) => {
    const at = typeof source.path === "string" ? [...path, "path"] : [...path, "path", i];
    if (isAbsolute(file) || /^[A-Za-z]:|^\\/.test(file) || normalize(file).split(/[\\/]/)[0] === "..")
      refuse(document, at, {
        must: "stay inside the data folder",
        got: describeValue(file),
        hint: ". Give another folder with --data",
      });
    const placeholder = /\{\s*as.?of\s*\}/i.exec(file.replaceAll(asOfPlaceholder, ""));
    if (placeholder !== null)
      refuse(document, at, {
        must: `write the as-of day as ${asOfPlaceholder}`,
        got: describeValue(placeholder[0]),
      });
    if (source.format === undefined && !["csv", "tsv", "parquet"].includes(suffixOf(file)))
      refuse(document, at, {
        must: "end in .csv, .tsv, .csv.gz, .tsv.gz or .parquet",
        got: describeValue(file),
        hint: ". Else say format: csv or format: parquet",
      });
    if (suffixOf(file) !== suffixOf(files[0]!))
      refuse(document, at, { must: "end like the first path", got: describeValue(file) });
  });
}

function checkPatterns({ source, path, document }: SourceCheck): void {
  const { dateFormat, stripFromKey, delimiter, quote } = source;
  if (quote !== undefined && quote === delimiter)
    refuse(document, [...path, "quote"], {
      must: "differ from the delimiter",
      got: describeValue(quote),
    });
  if (dateFormat !== undefined) {
    const specifiers = dateFormat.match(/%-?./g) ?? [];
    const unknown = specifiers.find((specifier) => !/^%-?[aAbBcdfgGHIjmMnpSTuUVwWxXyYzZ%]$/.test(specifier));
    if (unknown !== undefined || !/%-?[yYGxc]/.test(dateFormat))
      refuse(document, [...path, "dateFormat"], {
        must: "be a strptime pattern with a year, such as %Y-%m-%d or %d.%m.%Y",
        got: describeValue(dateFormat),
      });
  }
  if (stripFromKey !== undefined && !isRegularExpression(stripFromKey))
    refuse(document, [...path, "stripFromKey"], {
      must: "be a regular expression",
      got: describeValue(stripFromKey),
    });
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}
