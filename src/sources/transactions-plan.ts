import { quoteText } from "../engine/sql-text.js";
import {
  calendarDay,
  hasMoreDecimals,
  isDecimal,
  isWholeNumber,
  scaledNumber,
  wholeNumber,
} from "./cell-sql.js";
import {
  customerKey,
  customerRules,
  type DropRule,
  dateRules,
  type PlanInput,
  type TablePlan,
  wordText,
} from "./table-plan.js";

/** Discounts are shares with at most this many decimals. */
const discountDecimals = 6;
const wholeDiscount = 10 ** discountDecimals;
/** Largest amount of one line in minor units, 2^53 − 1: a double holds it. */
const largestAmount = Number.MAX_SAFE_INTEGER;

/**
 * Order lines → transactions, money exact in minor units.
 *
 * amount = quantity · price − discount_amount; discount_amount = |quantity · price| · discount rounded half up, with the sign
 * of the quantity, so that a return takes back exactly what its purchase brought.
 */
export function planTransactions(input: PlanInput): TablePlan {
  const { source, config } = input;
  const texts = [
    ["invoice", "invoice"],
    ["date_text", "date"],
    ["quantity_text", "quantity"],
    ["price_text", "price"],
    ["discount_text", "discount"],
    ["product", "product"],
    ["product_name", "productName"],
    ["category", "category"],
    ["region", "region"],
  ] as const;
  const prefix = source.returns.invoicePrefix;
  const isCancelled = prefix === undefined ? "false" : `starts_with(invoice, ${quoteText(prefix, "duckdb")})`;
  const discount = `coalesce(${scaledNumber("discount_text", discountDecimals, source)}, 0)`;
  const rounded = `(abs(gross) * discount + ${wholeDiscount / 2}) // ${wholeDiscount}`;
  const isSmall = `abs(gross) <= ${largestAmount}`;
  return {
    steps: [
      [customerKey(input), ...texts.map(([name, word]) => wordText(name, word, input))],
      [
        { name: "date", sql: calendarDay("date_text", source) },
        { name: "quantity", sql: wholeNumber("quantity_text", source) },
        { name: "price", sql: scaledNumber("price_text", config.money.decimals, source) },
        { name: "discount", sql: discount },
        { name: "is_cancelled", sql: isCancelled },
      ],
      [{ name: "gross", sql: "quantity::HUGEINT * price" }],
      [{ name: "discount_amount", sql: `CASE WHEN ${isSmall} THEN (sign(gross) * ${rounded})::BIGINT END` }],
      [
        { name: "amount", sql: `CASE WHEN ${isSmall} THEN (gross - discount_amount)::BIGINT END` },
        { name: "is_return", sql: "quantity < 0 OR is_cancelled" },
      ],
    ],
    rules: transactionRules(input),
    columns: ["customer_id", "invoice", "date", "product", "product_name", "category", "region", "quantity"]
      .concat(["amount", "discount_amount", "is_return"])
      .map((name) => ({ name, term: name })),
    cells: [],
    isOnePerCustomer: false,
  };
}

function transactionRules(input: PlanInput): DropRule[] {
  const { first, last } = customerRules(input);
  return [
    first,
    ...cancelRules(input),
    ...priceRules(input),
    ...numberRules(input),
    ...missingInvoice(input),
    ...dateRules(input),
    ...sizeRules(input),
    ...last,
  ];
}

function cancelRules({ source }: PlanInput): DropRule[] {
  const { policy, invoicePrefix } = source.returns;
  const [invoice, quantity] = [source.columns.get("invoice")!, source.columns.get("quantity")!];
  const cancelled: DropRule[] = [
    {
      reason: "cancelled",
      column: invoice,
      when: "is_cancelled",
      message: `invoice starts with ${invoicePrefix}`,
    },
    { reason: "cancelled", column: quantity, when: "quantity < 0", message: "quantity is negative" },
  ];
  const nothing: DropRule = {
    reason: "zero-quantity",
    column: quantity,
    when: "quantity = 0",
    message: "quantity is 0",
  };
  return policy === "drop" ? [...cancelled, nothing] : [nothing];
}

function priceRules({ source }: PlanInput): DropRule[] {
  const column = source.columns.get("price")!;
  return [
    { reason: "zero-price", column, when: "price = 0", message: "price is 0" },
    { reason: "negative-price", column, when: "price < 0", message: "price is negative" },
  ];
}

/** A pattern is tried only on what did not become a number. */
function numberRules({ source }: PlanInput): DropRule[] {
  const [quantity, price] = [source.columns.get("quantity")!, source.columns.get("price")!];
  const discount = source.columns.get("discount") ?? "";
  const isBadDiscount = `discount_text IS NOT NULL AND NOT ${isDecimal("discount_text", source)}`;
  return [
    {
      reason: "not-a-number",
      column: quantity,
      when: `quantity IS NULL AND NOT ${isWholeNumber("quantity_text", source)}`,
      message: "quantity is not a whole number",
    },
    {
      reason: "not-a-number",
      column: price,
      when: `price IS NULL AND NOT ${isDecimal("price_text", source)}`,
      message: "price is not a number",
    },
    { reason: "not-a-number", column: discount, when: isBadDiscount, message: "discount is not a number" },
  ];
}

function missingInvoice({ source }: PlanInput): DropRule[] {
  const column = source.columns.get("invoice")!;
  return [{ reason: "missing-value", column, when: "invoice IS NULL", message: "invoice is empty" }];
}

function sizeRules({ source, config }: PlanInput): DropRule[] {
  const { decimals } = config.money;
  const price = source.columns.get("price")!;
  const discount = source.columns.get("discount") ?? "";
  return [
    {
      reason: "too-many-decimals",
      column: price,
      when: `price IS NULL AND ${hasMoreDecimals("price_text", decimals, source)}`,
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
