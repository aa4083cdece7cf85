import type { CleaningStep } from "./cleaning-config.js";
import { pickKeys } from "./pick-keys.js";

/** A code as written: with or without quotes. */
export type WrittenCode = string | number;

/** A step of cleaning as written: any key of any step; the schema sees to it that they belong together. */
export interface WrittenStep {
  readonly step: CleaningStep["step"];
  readonly by?: readonly string[];
  readonly keep?: "first" | "last";
  readonly order?: string;
  readonly customers?: readonly WrittenCode[];
  readonly products?: readonly WrittenCode[];
  readonly pattern?: string;
  readonly policy?: "drop" | "keep";
  readonly column?: string;
  readonly limits?: readonly [number, number];
  readonly quantiles?: readonly [number, number];
  readonly rates?: string;
  readonly per?: "day" | "month";
  readonly from?: string;
  readonly to?: string;
  readonly through?: string;
}

/** Fills in every default of a step. */
export function completeStep(written: WrittenStep): CleaningStep {
  const { step, customers = [], products = [], by = [] } = written;
  switch (step) {
    case "exact-duplicates":
    case "cancellations":
      return { step };
    case "duplicates":
      return { step, by, keep: written.keep ?? "first", ...pickKeys(written, ["order"]) };
    case "test-accounts":
      return { step, customers: customers.map(String), ...pickKeys(written, ["pattern"]) };
    case "non-products":
      return { step, products: products.map(String), ...pickKeys(written, ["pattern"]) };
    case "zero-price":
      return { step, policy: written.policy ?? "drop" };
    case "outliers":
      return { step, column: written.column!, ...pickKeys(written, ["limits", "quantiles"]) };
    case "currencies":
      return { step, column: written.column!, rates: written.rates!, per: written.per ?? "day" };
    case "time-zone":
      return { step, from: written.from!, to: written.to! };
    case "households":
      return { step, by, ...pickKeys(written, ["through"]) };
  }
}
