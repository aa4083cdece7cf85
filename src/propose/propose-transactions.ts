import type { Candidate, Entry, Flag, SourceProposal } from "./entry.js";
import { columnFor } from "./file-kind.js";
import type { FileSample } from "./file-sample.js";
import { percent } from "./judge-column.js";
import { type ColumnProfile, rangeOf } from "./profile-column.js";
import type { SourceInput } from "./source-input.js";
import { type Meaning, means } from "./words.js";

/** Our word → column of a file of order lines. */
export interface TransactionColumns {
  readonly invoice?: ColumnProfile;
  readonly date?: ColumnProfile;
  readonly quantity?: ColumnProfile;
  readonly price?: ColumnProfile;
  /** Whether `price` is what the whole line came to, as no column has the price of one piece. */
  readonly isLineTotal: boolean;
  readonly discount?: ColumnProfile;
  readonly product?: ColumnProfile;
  readonly productName?: ColumnProfile;
  readonly category?: ColumnProfile;
  readonly region?: ColumnProfile;
}

/** Which column of order lines is what: by name, and where names do not tell, by what it holds. */
export function findTransactionColumns(
  columns: readonly ColumnProfile[],
  key: ColumnProfile | undefined,
): TransactionColumns {
  const free = columns.filter((column) => column !== key);
  const dates = free.filter(({ dates }) => dates !== undefined);
  const numeric = free.filter(({ numbers, dates }) => numbers !== undefined && dates === undefined);
  const words = free.filter(({ dates }) => dates === undefined);
  const date = columnFor(dates, "date") ?? dates[0];
  const price = columnFor(numeric, "price");
  const amount =
    columnFor(numeric, "amount") ??
    numeric.filter(({ numbers }) => numbers!.decimals > 0).at(-1) ??
    numeric.at(-1);
  const quantity = columnFor(
    numeric,
    "quantity",
    ({ numbers, words }) => numbers!.decimals === 0 && !means(words, "amount"),
  );
  const paid = price ?? amount;
  const other = (meaning: Meaning) =>
    columnFor(words, meaning, (column) => column !== paid && column !== quantity);
  return {
    ...named({ invoice: other("invoice"), date, quantity, price: paid }),
    isLineTotal: price === undefined || quantity === undefined,
    ...named({
      discount: columnFor(
        numeric,
        "discount",
        (column) => rangeOf(column)[0] >= 0 && rangeOf(column)[1] <= 1,
      ),
      product: other("product"),
      productName: other("productName"),
      category: columnFor(words, "category", ({ numbers }) => numbers === undefined),
      region: columnFor(words, "region", ({ numbers }) => numbers === undefined),
    }),
  };
}

function named<Group extends object>(
  group: Group,
): { [Name in keyof Group]?: Exclude<Group[Name], undefined> } {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as never;
}

const byDay = "no order number: what a customer buys on one day is one order";

/** Lines of orders: columns, returns policy, what repeats. */
export function proposeTransactions(input: SourceInput): SourceProposal {
  const { file, key } = input;
  const { columns, sample } = file;
  const found = findTransactionColumns(columns, key.column);
  const { invoice, date, quantity, price, isLineTotal } = found;
  const mapped: Entry[] = [
    { key: "customer", value: key.column?.name, note: key.reason },
    ...(invoice ? [{ key: "invoice", value: invoice.name }] : []),
    { key: "date", value: date?.name, ...(!invoice && { note: byDay }) },
    ...(quantity ? [{ key: "quantity", value: quantity.name }] : []),
    isLineTotal
      ? { key: "amount", value: price?.name, note: "what the whole line came to" }
      : { key: "price", value: price?.name },
    ...(["discount", "product", "productName", "category", "region"] as const).flatMap((word) =>
      found[word] === undefined
        ? []
        : [
            {
              key: word,
              value: found[word].name,
              ...(word === "discount" && { note: "share of the price taken off, 0–1" }),
            },
          ],
    ),
  ];
  const used = new Set(mapped.map(({ value }) => value));
  return {
    entries: [{ key: "columns", entries: mapped, ...repeatsNote(file) }, ...returnsEntry(found, input)],
    flags: unusedFlags(
      columns.filter(({ name }) => !used.has(name)),
      sample.written,
    ),
    questions: [],
    candidates: candidatesOf(found),
  };
}

function returnsEntry(
  { invoice, quantity, price }: TransactionColumns,
  { file, extent: { negativeShare } }: SourceInput,
): Entry[] {
  const prefix = invoice && cancelPrefix(file.sample, invoice, quantity ?? price);
  if (prefix !== undefined) {
    const note = `invoices such as ${prefix}1 cancel: they do not count. net: they reduce spend`;
    return [{ key: "returns", value: { policy: "drop", invoicePrefix: prefix }, note }];
  }
  if (negativeShare === 0) return [];
  const note = `${percent(negativeShare)} of the lines are negative: they reduce spend. drop: they do not count`;
  return [{ key: "returns", value: { policy: "net" }, note }];
}

/** A letter that begins the lesser part of the invoices, nearly all of them with a negative quantity. */
function cancelPrefix(
  { rows }: FileSample,
  invoice: ColumnProfile,
  quantity: ColumnProfile | undefined,
): string | undefined {
  const letters = new Map<string, { rows: number; negative: number }>();
  for (const row of rows) {
    const letter = /^([A-Za-z])\d/.exec(row[invoice.index]!)?.[1] ?? "";
    const counted = letters.get(letter) ?? { rows: 0, negative: 0 };
    counted.rows++;
    if (quantity && row[quantity.index]!.startsWith("-")) counted.negative++;
    letters.set(letter, counted);
  }
  const found = [...letters].find(
    ([letter, counted]) =>
      letter !== "" && counted.rows < rows.length / 2 && counted.negative >= counted.rows * 0.9,
  );
  return found?.[0];
}

/** What to say of lines that repeat another: the files do not tell whether they were sent twice. */
function repeatsNote({ sample }: SourceInput["file"]): Pick<Entry, "above"> {
  const seen = new Set<string>();
  const repeated = sample.rows.filter((row) => {
    const text = JSON.stringify(row);
    if (seen.has(text)) return true;
    seen.add(text);
    return false;
  }).length;
  if (repeated === 0) return {};
  const share = percent(repeated / sample.rows.length);
  return {
    above: [
      `${share} of the lines repeat another. If they were sent twice: cleaning: [{ step: exact-duplicates }]`,
    ],
  };
}

function unusedFlags(columns: readonly ColumnProfile[], file: string): Flag[] {
  return columns
    .filter(({ counts }) => counts.size <= 1)
    .map(({ name }) => ({ file, column: name, flag: "constant", message: "the same in every row" }));
}

function candidatesOf({ discount }: TransactionColumns): Candidate[] {
  const names = [
    "recency_days",
    "order_count",
    "average_order_value",
    ...(discount ? ["discount_share"] : []),
  ];
  return names.map((name, i) => ({ name, rank: 1 + i / 10 }));
}
