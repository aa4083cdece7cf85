import type { SourceConfig } from "../config/workbook-config.js";
import { quoteText } from "../engine/sql-text.js";
import { amountSql, discountDecimals, piecesTerm } from "./amount-sql.js";
import { scaledNumber, wholeNumber } from "./cell-sql.js";
import { planCleaning } from "./cleaning-plans.js";
import { planCustomer } from "./customer-key.js";
import { planDate } from "./date-terms.js";
import { type CellReading, readMoment, readScaledNumber, readWholeNumber } from "./read-cells.js";
import { type PlanInput, type TablePlan, type Term, wordNumber, wordText } from "./table-plan.js";
import { transactionRules } from "./transaction-rules.js";

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
  const isDiscounted = source.columns.has("discount");
  const discount = isDiscounted
    ? `coalesce(${scaledNumber("discount_text", discountDecimals, source)}, 0)`
    : "0";
  const { discountAmount, amount } = amountSql(piecesTerm(source), "price", { isDiscounted });
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
      .map((name) => ({ name, term: name, ...constantOf(name, source) })),
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

/** What no row can have otherwise; a cleaning step could change it. */
function constantOf(
  name: string,
  { columns, returns, cleaning }: SourceConfig,
): { readonly constant?: string } {
  if (cleaning.length > 0) return {};
  const word = texts.find(([term]) => term === name)?.[1];
  if (word !== undefined && name !== "quantity" && !columns.has(word)) return { constant: "NULL::VARCHAR" };
  if (name === "discount_amount" && !columns.has("discount")) return { constant: "0::BIGINT" };
  // Negative quantities and prices and cancelled invoices are dropped then.
  return name === "is_return" && returns.policy === "drop" ? { constant: "false" } : {};
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
  if (word === "quantity" && !columns.has("quantity")) {
    const { sql } = wordNumber(name, "amount", input);
    // One piece, or one returned.
    return { name, sql: `CASE WHEN starts_with(${sql}, '-') THEN '-1' ELSE '1' END` };
  }
  const read = word === "price" && columns.has("amount") ? "amount" : word;
  return isNumber ? wordNumber(name, read, input) : wordText(name, word, input);
}
