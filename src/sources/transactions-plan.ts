import type { SourceConfig } from "../config/workbook-config.js";
import { quoteText } from "../engine/sql-text.js";
import { amountSql, discountDecimals, piecesTerm, wholeDiscount } from "./amount-sql.js";
import { hasMoreDecimals, isDecimal, isWholeNumber, scaledNumber, wholeNumber } from "./cell-sql.js";
import { planCleaning } from "./cleaning-plans.js";
import { type CustomerPlan, planCustomer } from "./customer-key.js";
import { planDate } from "./date-terms.js";
import { type CellReading, readMoment, readScaledNumber, readWholeNumber } from "./read-cells.js";
import {
  type DropRule,
  dateRules,
  type PlanInput,
  type TablePlan,
  type Term,
  wordNumber,
  wordText,
} from "./table-plan.js";

/**
 * Order lines → transactions, money exact in minor units.
 *
 * Columns: customer_id, invoice VARCHAR; date DATE; product, product_name, category, region VARCHAR or NULL; quantity BIGINT;
 * amount, discount_amount BIGINT, minor units, see {@link amountSql}; is_return BOOLEAN.
 */
export function planTransactions(input: PlanInput): TablePlan {
  const { source, config } = input;
  const customer = planCustomer(input);
  const cleaning = planCleaning(input, new Map(["quantity", "price"].map((name) => [name, name])));
  const hasCancellations = source.cleaning.some(({ step }) => step === "cancellations");
  const cells = readCells(input);
  const date = planDate(input, hasCancellations, cells.get("date_text")?.value);
  const prefix = source.returns.invoicePrefix;
  const isCancelled =
    prefix === undefined ? "false" : `starts_with(invoice_text, ${quoteText(prefix, "duckdb")})`;
  const discount = `coalesce(${scaledNumber("discount_text", discountDecimals, source)}, 0)`;
  const { discountAmount, amount } = amountSql(piecesTerm(source), "price");
  return {
    steps: [
      [
        ...customer.terms,
        ...texts.flatMap((text) => cells.get(text[0])?.terms ?? [textTerm(text, input)]),
        ...cleaning.terms,
      ],
      [
        ...date.steps[0],
        { name: "quantity", sql: cells.get("quantity_text")?.value ?? wholeNumber("quantity_text", source) },
        {
          name: "price",
          sql: cells.get("price_text")?.value ?? scaledNumber("price_text", config.money.decimals, source),
        },
        { name: "discount", sql: discount },
        { name: "is_cancelled", sql: isCancelled },
      ],
      [
        ...date.steps[1],
        { name: "discount_amount", sql: discountAmount },
        { name: "amount", sql: amount },
        { name: "is_return", sql: "quantity < 0 OR price < 0 OR is_cancelled" },
        { name: "invoice", sql: invoiceSql(input) },
      ],
    ],
    rules: transactionRules(input, customer, (name) => cells.get(name)?.text ?? name),
    columns: ["customer_id", "invoice", "date", "product", "product_name", "category", "region", "quantity"]
      .concat(["amount", "discount_amount", "is_return"])
      .map((name) => ({ name, term: name })),
    cells: [],
    isOnePerCustomer: false,
    extra: [
      ...customer.extra,
      ...date.extra,
      ...cleaning.extra,
      ...(source.cleaning.length === 0 ? [] : ["price", "discount"]),
    ],
    cleaning: cleaning.plans,
    dateOrders: date.dateOrders,
  };
}

/** The cells that are read at little cost, by the term of their text. */
function readCells(input: PlanInput): ReadonlyMap<string, CellReading> {
  const { columns } = input.source;
  const isPriced = columns.has("quantity") && !columns.has("amount");
  const read = [
    ["date_text", readMoment("date", "date", input)],
    ["quantity_text", isPriced ? readWholeNumber("quantity", "quantity", input) : undefined],
    ["price_text", isPriced ? readScaledNumber("price", "price", input) : undefined],
  ] as const;
  return new Map(read.flatMap(([name, cell]) => (cell === undefined ? [] : [[name, cell]])));
}

/** Without a column of invoices, what a customer bought on one day is one order. */
function invoiceSql({ source }: PlanInput): string {
  return source.columns.has("invoice") ? "invoice_text" : "customer_id || ' ' || date";
}

/** Terms of text: name, our word, whether it is a number. */
const texts = [
  ["invoice_text", "invoice", false],
  ["date_text", "date", false],
  ["quantity_text", "quantity", true],
  ["price_text", "price", true],
  ["discount_text", "discount", false],
  ["product", "product", false],
  ["product_name", "productName", false],
  ["category", "category", false],
  ["region", "region", false],
] as const;

function textTerm([name, word, isNumber]: (typeof texts)[number], input: PlanInput): Term {
  const { columns } = input.source;
  const paid = columns.has("amount") ? "amount" : "price";
  if (!columns.has("quantity") && (word === "quantity" || word === "price")) {
    const { sql } = wordNumber(name, paid, input);
    // One piece, or one returned.
    if (word === "quantity")
      return { name, sql: `CASE WHEN starts_with(${sql}, '-') THEN '-1' ELSE '1' END` };
    if (paid === "price") return { name, sql: `ltrim(${sql}, '-')` };
  }
  return isNumber ? wordNumber(name, word === "price" ? paid : word, input) : wordText(name, word, input);
}

/** SQL of the text of a cell, by the name of its term. */
type TextOf = (name: string) => string;

function transactionRules(input: PlanInput, { first, last }: CustomerPlan, textOf: TextOf): DropRule[] {
  return [
    ...first,
    ...cancelRules(input),
    ...priceRules(input),
    ...numberRules(input, textOf),
    ...missingInvoice(input),
    ...dateRules(input),
    ...sizeRules(input, textOf),
    ...last,
  ];
}

/** Column of the file that says how many; where there is none, the sign of the price does. */
function quantityColumn({ columns }: SourceConfig): string {
  return columns.get("quantity") ?? priceColumn({ columns });
}

function cancelRules({ source }: PlanInput): DropRule[] {
  const { policy, invoicePrefix } = source.returns;
  const [invoice, quantity] = [source.columns.get("invoice")!, quantityColumn(source)];
  const cancelled: DropRule[] = [
    {
      reason: "cancelled",
      column: invoice,
      when: "is_cancelled",
      message: `invoice starts with ${invoicePrefix}`,
    },
    {
      reason: "cancelled",
      column: quantity,
      when: "quantity < 0",
      message: source.columns.has("quantity") ? "quantity is negative" : "price is negative",
    },
  ];
  const nothing: DropRule = {
    reason: "zero-quantity",
    column: quantity,
    when: "quantity = 0",
    message: "quantity is 0",
  };
  const isNetted = source.cleaning.some(({ step }) => step === "cancellations");
  return policy === "drop" && !isNetted ? [...cancelled, nothing] : [nothing];
}

/** Column with the price of a piece, or with what the line came to. */
function priceColumn({ columns }: Pick<SourceConfig, "columns">): string {
  return columns.get("price") ?? columns.get("amount")!;
}

function priceRules({ source }: PlanInput): DropRule[] {
  const column = priceColumn(source);
  const isDeclared = source.cleaning.some(({ step }) => step === "zero-price");
  // What a returned line came to is negative; the price of a piece never is.
  const isNegative =
    source.columns.has("amount") && source.returns.policy === "net"
      ? "price < 0 AND quantity > 0"
      : "price < 0";
  return [
    ...(isDeclared
      ? []
      : [{ reason: "zero-price" as const, column, when: "price = 0", message: "price is 0" }]),
    { reason: "negative-price", column, when: isNegative, message: "price is negative" },
  ];
}

/** A pattern is tried only on what did not become a number. */
function numberRules({ source }: PlanInput, textOf: TextOf): DropRule[] {
  const [quantity, price] = [quantityColumn(source), priceColumn(source)];
  const discount = source.columns.get("discount") ?? "";
  const isBadDiscount = `discount_text IS NOT NULL AND NOT ${isDecimal("discount_text", source)}`;
  return [
    {
      reason: "not-a-number",
      column: quantity,
      when: `quantity IS NULL AND NOT ${isWholeNumber(textOf("quantity_text"), source)}`,
      message: "quantity is not a whole number",
    },
    {
      reason: "not-a-number",
      column: price,
      when: `price IS NULL AND NOT ${isDecimal(textOf("price_text"), source)}`,
      message: "price is not a number",
    },
    { reason: "not-a-number", column: discount, when: isBadDiscount, message: "discount is not a number" },
  ];
}

function missingInvoice({ source }: PlanInput): DropRule[] {
  const column = source.columns.get("invoice");
  if (column === undefined) return [];
  return [{ reason: "missing-value", column, when: "invoice_text IS NULL", message: "invoice is empty" }];
}

function sizeRules({ source, config }: PlanInput, textOf: TextOf): DropRule[] {
  const { decimals } = config.money;
  const price = priceColumn(source);
  const discount = source.columns.get("discount") ?? "";
  return [
    {
      reason: "too-many-decimals",
      column: price,
      when: `price IS NULL AND ${hasMoreDecimals(textOf("price_text"), decimals, source)}`,
      message: `price has more than ${decimals} decimals`,
    },
    {
      reason: "too-many-decimals",
      column: discount,
      when: hasMoreDecimals("discount_text", discountDecimals, source),
      message: `discount has more than ${discountDecimals} decimals`,
    },
    {
      reason: "out-of-range",
      column: discount,
      when: `discount NOT BETWEEN 0 AND ${wholeDiscount}`,
      message: "discount is not a share from 0 to 1",
    },
    {
      reason: "too-large",
      column: price,
      when: "amount IS NULL",
      message: "quantity times price is too large",
    },
  ];
}
