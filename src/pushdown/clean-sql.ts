import type { AttributeConfig, SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import { integerLiteral, numberLiteral } from "../engine/sql-numbers.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import type { DropReason } from "../sources/account.js";
import type { PushdownDialect } from "./pushdown-engine.js";

/** How a typed table of an engine becomes a cleaned one. */
export interface CleanPlan {
  /** Query over the table: the cleaned columns and what the rules need. */
  readonly rows: string;
  /** In order of judgement: the first that fits drops the row. */
  readonly rules: readonly { readonly reason: DropReason; readonly when: string }[];
  /** Columns that are kept. */
  readonly columns: readonly string[];
  /** Attributes whose cells count as missing where they lie outside their legal range: column of the table and condition. */
  readonly cells: readonly { readonly column: string; readonly when: string }[];
}

/** Where a plan runs. */
export interface CleanInput {
  readonly config: WorkbookConfig;
  readonly source: SourceConfig;
  readonly dialect: PushdownDialect;
  /** Cleaned table of customers, as SQL after FROM; absent: there is no list of them. */
  readonly customers?: string;
}

const largestAmount = 2 ** 43;
const wholeDiscount = 1_000_000;

/** `schema.name` or `name` as SQL. */
export function tableSql(table: string, dialect: PushdownDialect): string {
  return table
    .split(".")
    .map((part) => quoteIdentifier(part, dialect))
    .join(".");
}

function textType(dialect: PushdownDialect): string {
  return dialect === "spark" ? "STRING" : "VARCHAR";
}

/** SQL: a column as trimmed text, NULL where nothing is left or the workbook maps none. */
function textSql({ source, dialect }: CleanInput, word: string): string {
  const column = source.columns.get(word);
  if (column === undefined) return `CAST(NULL AS ${textType(dialect)})`;
  return `NULLIF(TRIM(CAST(${quoteIdentifier(column, dialect)} AS ${textType(dialect)})), '')`;
}

/** SQL: a number times a power of ten as a decimal, whose fraction tells of too many decimals. */
function scaledSql({ source, dialect }: CleanInput, word: string, factor: number): string {
  const column = source.columns.get(word);
  if (column === undefined) return "CAST(0 AS DECIMAL(38, 6))";
  return `CAST(${quoteIdentifier(column, dialect)} AS DECIMAL(18, 6)) * ${factor}`;
}

function divideSql(dividend: string, divisor: number, dialect: PushdownDialect): string {
  const operator = { duckdb: "//", trino: "/", spark: "div" }[dialect];
  return `((${dividend}) ${operator} ${divisor})`;
}

const hasNone = { reason: "missing-customer", when: "customer_id IS NULL" } as const;

/** Order lines whose columns are typed → transactions, with the reasons and the arithmetic of a file's. */
export function planOrders(input: CleanInput): CleanPlan {
  const { config, source, dialect } = input;
  const column = (word: string) => quoteIdentifier(source.columns.get(word)!, dialect);
  const prefix = source.returns.invoicePrefix;
  const isCancelled =
    prefix === undefined
      ? "FALSE"
      : `SUBSTR(invoice, 1, ${[...prefix].length}) = ${quoteText(prefix, dialect)}`;
  const texts = ["product", "category", "region"].map((word) => `${textSql(input, word)} AS ${word}`);
  const typed = `SELECT ${[
    `${textSql(input, "customer")} AS customer_id`,
    `${textSql(input, "invoice")} AS invoice`,
    `${textSql(input, "productName")} AS product_name`,
    ...texts,
    `CAST(${column("date")} AS DATE) AS order_day`,
    `CAST(${column("quantity")} AS DECIMAL(18, 6)) AS quantity_given`,
    `${scaledSql(input, "price", 10 ** config.money.decimals)} AS price_given`,
    `COALESCE(${scaledSql(input, "discount", wholeDiscount)}, 0) AS discount_given`,
  ].join(", ")} FROM ${tableSql(source.table!, dialect)}`;
  const whole = `SELECT *, CAST(quantity_given AS BIGINT) AS quantity, CAST(price_given AS BIGINT) AS price, CAST(discount_given AS BIGINT) AS discount, ${isCancelled} AS is_cancelled FROM (${typed}) AS typed`;
  const isSmall = `ABS(CAST(quantity AS DECIMAL(19, 0)) * price) <= ${integerLiteral(largestAmount)}`;
  const gross = `SELECT *, CASE WHEN ${isSmall} THEN quantity * price END AS gross FROM (${whole}) AS whole`;
  const rounded = divideSql(`ABS(gross) * discount + ${wholeDiscount / 2}`, wholeDiscount, dialect);
  const taken = `SELECT *, CASE WHEN gross < 0 THEN -${rounded} ELSE ${rounded} END AS discount_amount FROM (${gross}) AS gross_lines`;
  return {
    rows: `SELECT *, order_day AS ${quoteIdentifier("date", dialect)}, gross - discount_amount AS amount, quantity < 0 OR is_cancelled AS is_return FROM (${taken}) AS taken`,
    rules: orderRules(input),
    columns: [
      "customer_id",
      "invoice",
      "date",
      "product",
      "product_name",
      "category",
      "region",
      "quantity",
    ].concat(["amount", "discount_amount", "is_return"]),
    cells: [],
  };
}

function orderRules({ config, source, dialect, customers }: CleanInput): CleanPlan["rules"] {
  const day = (text: string) => `DATE ${quoteText(text, dialect)}`;
  const rules: (CleanPlan["rules"][number] | false)[] = [
    hasNone,
    source.returns.policy === "drop" && { reason: "cancelled", when: "is_cancelled OR quantity_given < 0" },
    { reason: "zero-quantity", when: "quantity_given = 0" },
    { reason: "zero-price", when: "price_given = 0" },
    { reason: "negative-price", when: "price_given < 0" },
    {
      reason: "not-a-number",
      when: "quantity_given IS NULL OR quantity <> quantity_given OR price_given IS NULL",
    },
    { reason: "missing-value", when: "invoice IS NULL" },
    { reason: "not-a-date", when: "order_day IS NULL" },
    { reason: "after-as-of", when: `order_day > ${day(config.asOf)}` },
    config.windowFrom !== undefined && {
      reason: "before-window",
      when: `order_day < ${day(config.windowFrom)}`,
    },
    { reason: "too-many-decimals", when: "price <> price_given OR discount <> discount_given" },
    { reason: "out-of-range", when: `discount NOT BETWEEN 0 AND ${wholeDiscount}` },
    { reason: "too-large", when: "gross IS NULL" },
    customers !== undefined && {
      reason: "unknown-customer",
      when: `NOT EXISTS (SELECT 1 FROM ${customers} AS known WHERE known.customer_id = judged.customer_id)`,
    },
  ];
  return rules.filter((rule) => rule !== false);
}

/** A list of customers whose columns are typed → customers: one row each, illegal cells missing. */
export function planCustomerList(input: CleanInput): CleanPlan {
  const { source, dialect } = input;
  const attributes = [...source.attributes];
  const given = attributes.map(([, attribute], j) => `${attributeSql(attribute, input)} AS g${j}`);
  const typed = `SELECT ${[`${textSql(input, "customer")} AS customer_id`, ...given].join(", ")} FROM ${tableSql(source.table!, dialect)}`;
  const legal = attributes.map(
    ([name, attribute], j) =>
      `CASE WHEN NOT COALESCE(${outOfRange(attribute, `g${j}`, input)}, FALSE) THEN g${j} END AS ${quoteIdentifier(name, dialect)}`,
  );
  const order = attributes.map((_, j) => `g${j}`);
  const place = `ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ${["customer_id", ...order].join(", ")}) AS place`;
  return {
    rows: `SELECT ${["customer_id", ...order, ...legal, place].join(", ")} FROM (${typed}) AS typed`,
    rules: [hasNone, { reason: "duplicate-customer", when: "place > 1" }],
    columns: ["customer_id", ...attributes.map(([name]) => name)],
    cells: attributes.map(([, attribute], j) => ({
      column: attribute.column,
      when: outOfRange(attribute, `g${j}`, input),
    })),
  };
}

function attributeSql({ type, column, levels }: AttributeConfig, { dialect }: CleanInput): string {
  const value = quoteIdentifier(column, dialect);
  if (type === "number") return `CAST(${value} AS DOUBLE)`;
  if (type === "date") return `CAST(${value} AS DATE)`;
  const text = `NULLIF(TRIM(CAST(${value} AS ${textType(dialect)})), '')`;
  if (levels === undefined) return text;
  const whens = levels.map(
    (level, i) => `WHEN ${text} = ${quoteText(level, dialect)} THEN ${numberLiteral(i + 1, dialect)}`,
  );
  return `CASE ${whens.join(" ")} END`;
}

function outOfRange(
  { type, range }: AttributeConfig,
  value: string,
  { config, dialect }: CleanInput,
): string {
  if (type === "date") return `${value} > DATE ${quoteText(config.asOf, dialect)}`;
  if (range === undefined) return "FALSE";
  const [low, high] = range.map((bound) => numberLiteral(bound, dialect));
  return `${value} NOT BETWEEN ${low} AND ${high}`;
}

/** What a table of an engine is cleaned with; the rest is said to be missing, not passed over. */
export function checkPushable(source: SourceConfig): void {
  const refuse = (what: string): never => {
    throw new InputError(
      `segbook: source ${JSON.stringify(source.name)} must do without ${what} on this engine, got it. Do it in a view there, or use engine: { kind: duckdb }`,
    );
  };
  if (source.kind !== "customers" && source.kind !== "transactions") refuse(`kind ${source.kind}`);
  if (source.cleaning.length > 0) refuse("cleaning steps");
  if (source.join !== undefined) refuse("a join");
  if (source.stripFromKey !== undefined) refuse("stripFromKey");
  const needed = source.kind === "transactions" ? ["invoice", "quantity"] : [];
  for (const word of needed) if (!source.columns.has(word)) refuse(`lines that have no ${word}`);
}
