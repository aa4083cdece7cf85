import { basename } from "node:path";
import { dayText } from "./date-format.js";
import { columnFor, type LookedAt } from "./file-kind.js";
import type { FileExtent } from "./find-extent.js";
import { overlapOf, type ProposedKey } from "./find-keys.js";
import { findTransactionColumns } from "./propose-transactions.js";

/** What the files together say of one file. */
export interface UnderstoodFile {
  readonly file: LookedAt;
  readonly key: ProposedKey;
  readonly extent: FileExtent;
}

/** A decision that the files may leave open. */
export interface Decision {
  readonly value: string;
  /** Why. */
  readonly reason: string;
  readonly questions: readonly string[];
}

/** Kinds whose rows are events: their last day is the last that is known. */
const eventKinds: ReadonlySet<string> = new Set([
  "transactions",
  "web",
  "campaigns",
  "support",
  "subscriptions",
]);

/** The last day in the data: of orders and other events, else of any date, else the day the youngest file was changed. */
export function decideAsOf(files: readonly UnderstoodFile[], lastChanged: string): Decision {
  const dated = files.filter(({ extent }) => extent.last !== undefined);
  const events = dated.filter(({ file }) => eventKinds.has(file.kind));
  const telling = events.length > 0 ? events : dated;
  if (telling.length === 0)
    return {
      value: lastChanged,
      reason: "the day the files were last changed",
      questions: [
        "no file holds a date: as of which day are the figures? The day the files were last changed is taken",
      ],
    };
  const last = telling.reduce((a, b) => (b.extent.last! > a.extent.last! ? b : a));
  const scope = last.extent.isWhole ? "" : " (of a sample: the file is large)";
  const later = last.extent.later > 0 ? `; ${rowsText(last.extent.later)} strayed beyond it` : "";
  return {
    value: dayText(last.extent.last!),
    reason: `the last day in ${basename(last.file.sample.written)}${scope}${later}`,
    questions: [],
  };
}

/** First day of the orders; stragglers before it do not count. */
export function decideWindow(files: readonly UnderstoodFile[]): string | undefined {
  const sold = files.filter(({ file, extent }) => file.kind === "transactions" && extent.first !== undefined);
  const first = Math.min(...sold.map(({ extent }) => extent.first!));
  return sold.length > 0 ? dayText(first) : undefined;
}

const currencyOf: readonly (readonly [RegExp, string])[] = [
  [/\beur\b|\beuro\b|€/i, "EUR"],
  [/\busd\b|\bdollars?\b|\$/i, "USD"],
  [/\bgbp\b|\bpounds?\b|£/i, "GBP"],
  [/\bchf\b|\bfranken\b/i, "CHF"],
  [/\bjpy\b|\byen\b|¥/i, "JPY"],
  [/\bbrl\b|\breais\b|r\$/i, "BRL"],
  [/\bsek\b/i, "SEK"],
  [/\bpln\b/i, "PLN"],
  [/\binr\b|₹/i, "INR"],
];

const currencyOfCountry: readonly (readonly [RegExp, string])[] = [
  [/^(united kingdom|uk|great britain|gb|england)$/i, "GBP"],
  [/^(united states|usa|us|united states of america)$/i, "USD"],
  [
    /^(germany|deutschland|de|france|fr|spain|españa|es|portugal|pt|italy|italia|it|austria|österreich|at|netherlands|nl|belgium|be|ireland|ie|finland|fi)$/i,
    "EUR",
  ],
  [/^(switzerland|schweiz|suisse|ch)$/i, "CHF"],
  [/^(brazil|brasil|br)$/i, "BRL"],
  [/^(japan|jp)$/i, "JPY"],
  [/^(sweden|se)$/i, "SEK"],
  [/^(poland|pl)$/i, "PLN"],
  [/^(india|in)$/i, "INR"],
];

/** The currency of prices: named by a column, else that of the country of most orders, else a question. Empty: there are no prices. */
export function decideCurrency(files: readonly UnderstoodFile[]): Decision {
  const sold = files.filter(({ file }) => file.kind === "transactions" || hasMonthlyPrice(file));
  const names = files.flatMap(({ file }) => file.columns.map(({ name }) => name));
  const named = currencyOf.find(([pattern]) => names.some((name) => pattern.test(name.replaceAll("_", " "))));
  if (named) return { value: named[1], reason: "named by a column", questions: [] };
  if (sold.length === 0) return { value: "", reason: "", questions: [] };
  for (const { file, key } of sold) {
    const region = findTransactionColumns(file.columns, key.column).region;
    const [top] = [...(region?.counts ?? [])].sort((a, b) => b[1] - a[1]);
    const country =
      top && top[1] > region!.values.length / 2
        ? currencyOfCountry.find(([pattern]) => pattern.test(top[0]))
        : undefined;
    if (country) return { value: country[1], reason: `most lines are from ${top![0]}`, questions: [] };
  }
  return {
    value: "XXX",
    reason: "",
    questions: ["in which currency are the prices? No file says; XXX stands for none"],
  };
}

function hasMonthlyPrice({ kind, columns }: LookedAt): boolean {
  return kind === "subscriptions" && columnFor(columns, "price") !== undefined;
}

/** A question for each file whose keys no other file knows. */
export function joinQuestions(files: readonly UnderstoodFile[]): string[] {
  const base =
    files.find(({ file }) => file.kind === "customers") ??
    files.find(({ file }) => file.kind === "transactions");
  if (base?.key.column === undefined) return [];
  return files
    .filter(({ key, file }) => file !== base.file && key.column !== undefined)
    .filter(({ key }) => overlapOf(key.column!, base.key.column!) === 0)
    .map(
      ({ file, key }) =>
        `${file.sample.written}: no ${key.column!.name} is a ${base.key.column!.name} of ${base.file.sample.written}. Which columns belong together?`,
    );
}

/** A question for each file, sheet or table that the workbook does without. */
export function leftOutQuestions(
  keyless: readonly string[],
  unread: readonly { readonly written: string; readonly reason: string }[],
): string[] {
  const whose =
    "which column says whose row it is? None that another file knows was found, so it is left out";
  return [
    ...keyless.map((file) => `${file}: ${whose}`),
    ...unread.map(({ written, reason }) => `${written}: is it a table? It is left out: ${reason}`),
  ];
}

function rowsText(rows: number): string {
  return rows === 1 ? "1 row" : `${rows} rows`;
}
