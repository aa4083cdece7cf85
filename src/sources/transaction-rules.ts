import type { SourceConfig } from "../config/workbook-config.js";
import { discountDecimals, wholeDiscount } from "./amount-sql.js";
import { hasMoreDecimals, isDecimal, isWholeNumber } from "./cell-sql.js";
import type { CustomerPlan } from "./customer-key.js";
import { type DropRule, dateRules, type PlanInput } from "./table-plan.js";

/** SQL of the text of a cell, by the name of its term. */
type TextOf = (name: string) => string;

/** What nearly every line is. */
const [isBought, isPriced] = ["quantity > 0", "price > 0"];

/** Why order lines are dropped, in order of judgement. */
export function transactionRules(
  input: PlanInput,
  { first, last }: CustomerPlan,
  textOf: TextOf,
): DropRule[] {
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
      unless: "NOT is_cancelled",
      message: `invoice starts with ${invoicePrefix}`,
    },
    {
      reason: "cancelled",
      column: quantity,
      when: "quantity < 0",
      unless: isBought,
      message: source.columns.has("quantity") ? "quantity is negative" : "price is negative",
    },
  ];
  const nothing: DropRule = {
    reason: "zero-quantity",
    column: quantity,
    when: "quantity = 0",
    unless: isBought,
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
      : [
          {
            reason: "zero-price" as const,
            column,
            when: "price = 0",
            unless: isPriced,
            message: "price is 0",
          },
        ]),
    { reason: "negative-price", column, when: isNegative, unless: isPriced, message: "price is negative" },
  ];
}

/** A pattern is tried only on what did not become a number. */
function numberRules({ source }: PlanInput, textOf: TextOf): DropRule[] {
  const [quantity, price] = [quantityColumn(source), priceColumn(source)];
  const discount = source.columns.get("discount");
  const isBadDiscount = `discount_text IS NOT NULL AND NOT ${isDecimal("discount_text", source)}`;
  return [
    {
      reason: "not-a-number",
      column: quantity,
      unless: isBought,
      when: `quantity IS NULL AND NOT ${isWholeNumber(textOf("quantity_text"), source)}`,
      message: "quantity is not a whole number",
    },
    {
      reason: "not-a-number",
      column: price,
      unless: isPriced,
      when: `price IS NULL AND NOT ${isDecimal(textOf("price_text"), source)}`,
      message: "price is not a number",
    },
    ...(discount === undefined
      ? []
      : [
          {
            reason: "not-a-number" as const,
            column: discount,
            when: isBadDiscount,
            message: "discount is not a number",
          },
        ]),
  ];
}

function missingInvoice({ source }: PlanInput): DropRule[] {
  const column = source.columns.get("invoice");
  if (column === undefined) return [];
  return [
    {
      reason: "missing-value",
      column,
      when: "invoice_text IS NULL",
      unless: "invoice_text IS NOT NULL",
      message: "invoice is empty",
    },
  ];
}

function sizeRules({ source, config }: PlanInput, textOf: TextOf): DropRule[] {
  const { decimals } = config.money;
  const price = priceColumn(source);
  return [
    {
      reason: "too-many-decimals",
      column: price,
      unless: isPriced,
      when: `price IS NULL AND ${hasMoreDecimals(textOf("price_text"), decimals, source)}`,
      message: `price has more than ${decimals} decimals`,
    },
    ...discountSizeRules(source),
    {
      reason: "too-large",
      column: price,
      when: "amount IS NULL",
      unless: "amount IS NOT NULL",
      message: "quantity times price is too large",
    },
  ];
}

function discountSizeRules(source: SourceConfig): DropRule[] {
  const column = source.columns.get("discount");
  if (column === undefined) return [];
  return [
    {
      reason: "too-many-decimals",
      column,
      when: hasMoreDecimals("discount_text", discountDecimals, source),
      message: `discount has more than ${discountDecimals} decimals`,
    },
    {
      reason: "out-of-range",
      column,
      when: `discount NOT BETWEEN 0 AND ${wholeDiscount}`,
      message: "discount is not a share from 0 to 1",
    },
  ];
}
