import { itemColumn } from "../config/scale-item.js";
import type { SourceConfig } from "../config/workbook-config.js";

/** What a value in a formula is. Money is a whole number of minor units until it leaves the formula. */
export type FormulaType = "integer" | "number" | "money" | "date" | "text" | "boolean";

/** Columns of a kind's table: name → type, and the word of the workbook without which it is empty. */
const columnsOfKind: {
  readonly [Kind in SourceConfig["kind"]]?: readonly (readonly [
    name: string,
    type: FormulaType,
    word: string,
  ])[];
} = {
  transactions: [
    ["invoice", "text", "invoice"],
    ["date", "date", "date"],
    ["product", "text", "product"],
    ["product_name", "text", "productName"],
    ["category", "text", "category"],
    ["region", "text", "region"],
    ["quantity", "integer", "quantity"],
    ["amount", "money", "price"],
    ["discount_amount", "money", "discount"],
    ["is_return", "boolean", "quantity"],
  ],
  web: [
    ["date", "date", ""],
    ["sessions", "integer", ""],
    ["pages", "integer", ""],
    ["carts", "integer", ""],
  ],
  social: [
    ["follows", "integer", "follows"],
    ["shares", "integer", "shares"],
    ["mentions", "integer", "mentions"],
  ],
  campaigns: [
    ["campaign", "text", "campaign"],
    ["date", "date", "date"],
    ["sent", "integer", "sent"],
    ["opened", "integer", "opened"],
    ["clicked", "integer", "clicked"],
    ["converted", "integer", "converted"],
  ],
  subscriptions: [
    ["plan", "text", "plan"],
    ["started", "date", "start"],
    ["ended", "date", "end"],
    ["price", "money", "price"],
    ["status", "text", "status"],
  ],
  support: [
    ["date", "date", "date"],
    ["ticket", "text", "ticket"],
    ["topic", "text", "topic"],
    ["is_complaint", "boolean", "complaint"],
    ["days_to_close", "integer", "closed"],
    ["satisfaction", "number", "satisfaction"],
    ["nps", "integer", "nps"],
  ],
};

/** The columns of a source's table that a formula may name. */
export function formulaColumns(source: SourceConfig): ReadonlyMap<string, FormulaType> {
  const { kind, columns, attributes, scales } = source;
  if (kind === "customers")
    return new Map(
      [...attributes].map(([name, { type, levels }]) => [
        name,
        type === "date" ? "date" : type === "number" || levels ? "number" : "text",
      ]),
    );
  if (kind === "survey")
    return new Map(
      [...scales.values()].flatMap(({ items }) => items.map((item) => [itemColumn(item), "integer"])),
    );
  const known = (columnsOfKind[kind] ?? []).filter(
    ([, , word]) => isRequired(kind, word) || columns.has(word),
  );
  return new Map(known.map(([name, type]) => [name, type]));
}

/** Words that the schema asks for, so that their columns are never empty. */
function isRequired(kind: SourceConfig["kind"], word: string): boolean {
  const required = kind === "transactions" ? ["invoice", "date", "quantity", "price"] : ["date", "start"];
  return word === "" || kind === "social" || kind === "campaigns" || required.includes(word);
}
