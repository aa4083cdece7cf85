import { describeValue } from "../core/check.js";
import { checkCleaning } from "./check-cleaning.js";
import { checkFeatureNames, type NamedFeature, type SourceCheck } from "./check-feature-names.js";
import { checkHelper } from "./check-helper.js";
import { checkPlace } from "./check-place.js";
import type { WrittenSource } from "./complete-source.js";
import type { WrittenWorkbook } from "./complete-workbook.js";
import { refuse } from "./refuse.js";
import { isRegularExpression } from "./regular-expression.js";
import type { SourceKind } from "./workbook-config.js";
import type { WorkbookDocument } from "./workbook-document.js";

/**
 * Checks what the schema cannot say about the sources: who the customers are, keys that belong to the kind, paths inside the
 * workbook, patterns that can be read, sources that name each other, names that are unique.
 *
 * @throws InputError with key path and place.
 */
export function checkSources(workbook: WrittenWorkbook, document: WorkbookDocument): void {
  checkKinds(workbook.sources, document);
  const taken = new Map<string, NamedFeature>();
  for (const [name, source] of Object.entries(workbook.sources)) {
    const check: SourceCheck = { source, path: ["sources", name], document };
    checkKindKeys(check);
    checkWeb(check);
    checkPrice(check);
    checkPlace(check, workbook);
    checkPatterns(check);
    checkJoin(check, workbook.sources);
    checkCleaning(check, workbook.sources);
    checkFeatureNames(check, taken);
  }
}

function checkKinds(sources: WrittenWorkbook["sources"], document: WorkbookDocument): void {
  const kinds = Object.values(sources).map(({ kind }) => kind);
  if (!kinds.includes("customers") && !kinds.includes("transactions"))
    refuse(document, ["sources"], {
      must: "hold a source of kind customers or transactions, which say who the customers are",
      got: [...new Set(kinds)].join(", "),
    });
}

const keysOfKind: readonly (readonly [keyof WrittenSource, SourceKind])[] = [
  ["attributes", "customers"],
  ["returns", "transactions"],
  ["categoryShares", "transactions"],
  ["scales", "survey"],
  ["missingCodes", "survey"],
  ["straightLining", "survey"],
  ["missingByDesign", "survey"],
  ["sessionGap", "web"],
  ["cartEvents", "web"],
  ["overlaps", "subscriptions"],
  ["satisfactionRange", "support"],
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

/** A line says what one piece costs, or what the line came to. */
function checkPrice({ source, path, document }: SourceCheck): void {
  if (source.kind !== "transactions") return;
  const { price, amount, quantity, invoice } = source.columns;
  const got = Object.keys(source.columns).join(", ");
  if ((price === undefined) === (amount === undefined))
    refuse(document, [...path, "columns"], { must: 'have either the key "price" or the key "amount"', got });
  if (price !== undefined && quantity === undefined)
    refuse(document, [...path, "columns"], {
      must: 'have the key "quantity" beside "price", the price of a piece',
      got,
      hint: '. What the whole line came to is "amount"',
    });
  if (invoice === undefined && source.returns?.invoicePrefix !== undefined)
    refuse(document, [...path, "returns", "invoicePrefix"], {
      must: "come with columns.invoice",
      got: "no such column",
    });
}

/** Web activity is either counted already or raw events with a time. */
function checkWeb({ source, path, document }: SourceCheck): void {
  if (source.kind !== "web") return;
  const at = [...path, "columns"];
  const isRaw = source.columns.time !== undefined;
  const got = Object.keys(source.columns).join(", ");
  const needed = isRaw ? [] : ["date", "sessions", "pages", "carts"];
  const missing = needed.find((word) => source.columns[word] === undefined);
  if (missing !== undefined)
    refuse(document, at, {
      must: `have the key "${missing}"`,
      got,
      hint: '. Raw events have the key "time" instead of date, sessions, pages and carts',
    });
  const foreign = isRaw ? ["date", "sessions", "pages", "carts", "seconds"] : ["session", "page", "event"];
  const mixed = foreign.find((word) => source.columns[word] !== undefined);
  if (mixed !== undefined)
    refuse(document, at, { must: "name either counts with a date or raw events with a time", got });
}

function checkJoin({ source, path, document }: SourceCheck, sources: WrittenWorkbook["sources"]): void {
  const { join, columns } = source;
  if (source.kind !== "rates" && columns.customer === undefined && join?.on === undefined)
    refuse(document, [...path, "columns"], {
      must: 'have the key "customer"',
      got: Object.keys(columns).join(", ") || "no key",
      hint: ". A source with another key says join: { through: SOURCE, on: COLUMN }",
    });
  if (columns.customer !== undefined && join?.on !== undefined)
    refuse(document, [...path, "join", "on"], {
      must: "stand in place of columns.customer",
      got: "both",
    });
  if (join?.through !== undefined)
    checkHelper("mapping", join.through, sources, { path: [...path, "join", "through"], document });
}

function checkPatterns({ source, path, document }: SourceCheck): void {
  const { dateFormat, stripFromKey, delimiter, quote } = source;
  const { decimalSeparator = ".", thousandsSeparator } = source;
  if (quote !== undefined && quote === delimiter)
    refuse(document, [...path, "quote"], {
      must: "differ from the delimiter",
      got: describeValue(quote),
    });
  if (thousandsSeparator === decimalSeparator)
    refuse(document, [...path, "thousandsSeparator"], {
      must: "differ from the decimalSeparator",
      got: `${describeValue(thousandsSeparator)} for both`,
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
