/** Segments drawn by rules: one of a map over recency, frequency and money, tiers of one value, or rules of your own. */
export interface RulesConfig {
  readonly rfm?: RfmConfig;
  readonly tiers?: TiersConfig;
  /** Rules of your own, in order: the first segment whose condition holds is the customer's. */
  readonly segments?: readonly RuleSegmentConfig[];
  /** Scores that the conditions may refer to. */
  readonly scores?: readonly ScoreConfig[];
  /** Definition files whose segments the conditions may refer to, relative to this file. */
  readonly nested?: readonly string[];
  /** Number of scores where quantiles cut, 2 to 100; default 5. */
  readonly scoreCount?: number;
  /** Customers whom no rule takes are meant to be in the fallback; absent: a map with a hole is not exported. */
  readonly otherwise?: "fallback";
  readonly fallback?: { readonly name: string; readonly description?: string };
}

export interface RfmConfig {
  /** Names of features: days since the last purchase, orders, amount. */
  readonly recency: string;
  readonly frequency: string;
  readonly monetary: string;
  /** Frequency is scored within recency, money within both; default false. */
  readonly nested?: boolean;
  /** Thresholds in place of quantiles, ascending, in raw units. */
  readonly cuts?: Readonly<Partial<Record<"recency" | "frequency" | "monetary", readonly number[]>>>;
}

export interface TiersConfig {
  readonly feature: string;
  readonly by: "heavy-medium-light" | "pareto" | "thresholds";
  readonly cuts?: readonly number[];
  readonly names?: readonly string[];
}

export interface RuleSegmentConfig {
  readonly name: string;
  readonly description?: string;
  /** Has the shape of a condition; see schema/definition.schema.json. */
  readonly when: unknown;
}

export interface ScoreConfig {
  readonly name: string;
  readonly feature: string;
  readonly highIsGood: boolean;
  readonly cuts?: readonly number[];
  readonly within?: readonly string[];
  readonly whenMissing?: number;
}
