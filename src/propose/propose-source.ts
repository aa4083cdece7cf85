import { rowKey } from "../config/row-key.js";
import type { Entry, SourceProposal } from "./entry.js";
import type { LookedAt } from "./file-kind.js";
import type { FileStyle } from "./file-style.js";
import { proposeAttributes } from "./propose-attributes.js";
import { proposeCounts } from "./propose-counts.js";
import { proposeSurvey } from "./propose-survey.js";
import { proposeTransactions } from "./propose-transactions.js";
import type { SourceInput } from "./source-input.js";

/** One source with its reasons. */
export function proposeSource(input: SourceInput): SourceProposal {
  const { file, key, style } = input;
  const body = bodyOf(input);
  const strip =
    key.strip === undefined
      ? []
      : [{ key: "stripFromKey", value: key.strip, note: "the file writes ids as 123.0" }];
  const questions = [...body.questions, ...orderQuestion(file, style)];
  return { ...body, entries: [...headOf(input), ...strip, ...body.entries], questions };
}

function bodyOf(input: SourceInput): SourceProposal {
  switch (input.file.kind) {
    case "customers":
      return proposeCustomers(input);
    case "transactions":
      return proposeTransactions(input);
    case "survey":
      return proposeSurvey(input);
    case "web":
    case "social":
    case "campaigns":
    case "subscriptions":
    case "support":
      return proposeCounts(input);
  }
}

function proposeCustomers({ file, key, style, asOf, currency, taken }: SourceInput): SourceProposal {
  const { sample } = file;
  const columns = file.columns.filter((column) => column !== key.column);
  const { entries, flags, candidates } = proposeAttributes({ sample, columns, style, asOf, currency, taken });
  const customer: Entry = {
    key: "columns",
    value: { customer: key.column?.name ?? rowKey },
    note: key.column ? key.reason : `${key.reason}: the number of the row is the key`,
  };
  const group = entries.length === 0 ? [] : [{ key: "attributes", entries }];
  return { entries: [customer, ...group], flags, questions: [], candidates };
}

/** How the file is written, where that is not the default. */
function headOf({ file, style, path }: SourceInput): Entry[] {
  const { sample, kind, reason } = file;
  const { dialect, encoding, header } = sample;
  const isOutside = /^(\.\.|\/|[A-Za-z]:)/.test(path);
  const usual = /\.tsv(\.(gz|zst))?$/i.test(path) ? "\t" : ",";
  const isNamed = sample.format !== "csv" || /\.(csv|tsv)(\.(gz|zst))?$/i.test(path);
  const usesDates = file.columns.some(({ dates }) => dates !== undefined);
  return [
    { key: "kind", value: kind, note: reason },
    { key: "path", value: path },
    ...(isOutside ? [{ key: "allowOutside", value: true }] : []),
    ...(isNamed ? [] : [{ key: "format", value: sample.format }]),
    ...(sample.part === undefined
      ? []
      : [{ key: sample.format === "excel" ? "sheet" : "table", value: sample.part }]),
    ...(dialect && dialect.delimiter !== usual ? [{ key: "delimiter", value: dialect.delimiter }] : []),
    ...(dialect && dialect.quote !== '"' ? [{ key: "quote", value: dialect.quote }] : []),
    ...(encoding === "utf-8" ? [] : [{ key: "encoding", value: encoding }]),
    ...(dialect?.hasHeader === false ? headerEntries(header) : []),
    ...(usesDates && style.dateFormat !== "%Y-%m-%d"
      ? [{ key: "dateFormat", value: style.dateFormat, ...(style.dateReason && { note: style.dateReason }) }]
      : []),
    ...(style.decimalSeparator === "." ? [] : [{ key: "decimalSeparator", value: style.decimalSeparator }]),
    ...(style.thousandsSeparator === ""
      ? []
      : [{ key: "thousandsSeparator", value: style.thousandsSeparator }]),
  ];
}

function headerEntries(header: readonly string[]): Entry[] {
  return [
    { key: "header", value: false, note: "the first line is a row already" },
    { key: "columnNames", value: header, note: "names of ours: change them here and below" },
  ];
}

function orderQuestion({ sample }: LookedAt, { ambiguousWith, dateFormat }: FileStyle): string[] {
  return ambiguousWith === undefined
    ? []
    : [
        `${sample.written}: are dates written ${dateFormat} or ${ambiguousWith}? No value decides; ${dateFormat} is taken`,
      ];
}
