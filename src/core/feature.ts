/**
 * What a feature is for. basis: forms the segments; descriptor: describes them; outcome: what we hope they explain;
 * id: names the customer; excluded: read, not used.
 */
export type Role = "basis" | "descriptor" | "outcome" | "id" | "excluded";

/** How a basis feature is bent before it is scaled; `auto` decides from the data (see fitRecipe). */
export type TransformName = "identity" | "log1p" | "signedLog" | "sqrt";

/** One fact about a customer, as data: what it is called, counted in, used for, and means. */
export interface Feature {
  /** Column name, snake_case, unique: `recency_days`. */
  readonly name: string;
  /** How a reader sees it: "Days since last purchase". */
  readonly label: string;
  /** "days", "orders", "EUR", "share 0–1", "score 1–5", "" for a category. */
  readonly unit: string;
  readonly type: "number" | "category";
  readonly role: Role;
  /** One sentence: what exactly is counted, over what. */
  readonly meaning: string;
  /** The kind of source it comes from, such as "transactions". */
  readonly source: string;
  /** What it is weighted with; absent: the features of its source. */
  readonly block?: string;
  /** Transform asked for in the workbook; absent: decided by fitRecipe. */
  readonly transform?: TransformName;
}

/** A numeric feature of every customer; NaN where unknown. */
export interface NumberColumn {
  readonly kind: "number";
  readonly feature: Feature;
  readonly values: Float64Array;
}

/** A categorical feature of every customer; null where unknown. */
export interface CategoryColumn {
  readonly kind: "category";
  readonly feature: Feature;
  readonly values: readonly (string | null)[];
}

export type FeatureColumn = NumberColumn | CategoryColumn;

/** One row per customer, sorted by key in code-unit order, so that nothing downstream depends on the order of a file. */
export interface CustomerTable {
  /** Name of the key column, such as "customer_id". */
  readonly keyName: string;
  readonly keys: readonly string[];
  readonly columns: readonly FeatureColumn[];
}
