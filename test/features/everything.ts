import type { WorkbookConfig } from "#src/config/workbook-config.js";
import { listCatalogue } from "#src/features/catalogue.js";
import { configOf, sourceOf } from "./sample-config.js";
import { shopSources } from "./shop-tables.js";

const words = (...names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [name, name]));

const attributes = new Map([
  ["age", { column: "age", type: "number", unit: "years", meaning: "Age on the last known day" }],
  ["joined", { column: "joined", type: "date", unit: "", meaning: "Day on which the account was opened" }],
] as const);

/** A workbook with a source of every kind and every column that features can use. */
export function everything(parts: Partial<WorkbookConfig> = {}): WorkbookConfig {
  return configOf(
    [
      sourceOf("customers", { attributes }),
      { ...shopSources.transactions, categoryShares: new Map([["eco", ["A"]]]) },
      sourceOf("survey", {
        scales: new Map([["thrift", { items: ["q1", "q2", "-q3"], range: [1, 5], meaning: "Saves" }]]),
      }),
      shopSources.web,
      shopSources.social,
      shopSources.campaigns,
      sourceOf("subscriptions", { columns: words("customer", "start", "end", "plan", "price", "status") }),
      sourceOf("support", {
        columns: words("customer", "date", "ticket", "topic", "complaint", "closed", "satisfaction", "nps"),
      }),
    ],
    parts,
  );
}

/** A workbook in which every feature of the catalogue is asked for. */
export function askingForAll(parts: Partial<WorkbookConfig> = {}): WorkbookConfig {
  const names = listCatalogue(everything(parts)).map(({ name }) => name);
  return everything({ ...parts, features: new Map(names.map((name) => [name, {}])) });
}
