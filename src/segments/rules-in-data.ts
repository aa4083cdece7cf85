import { rowsOfRules } from "./assign-by-rules.js";
import { type ConditionRows, compileCondition } from "./compile-condition.js";
import type { CustomerValues } from "./customer-values.js";
import type { RulesDefinition } from "./definition.js";
import { rulesAsOf } from "./rules-as-of.js";
import { claimants } from "./search-grid.js";

/** What the rules do with the customers at hand. */
export interface RulesInData {
  readonly customers: number;
  /** Customers whom no rule takes. */
  readonly uncovered: number;
  /** Customers whom rules of two segments claim. */
  readonly overlapping: number;
  /** Per rule, the customers whom it decides. */
  readonly decided: readonly number[];
  /** Keys of segments without a customer. */
  readonly empty: readonly string[];
}

/** What the rules of a definition do with customers. O(nRows · nRules). */
export function countCustomers(
  definition: RulesDefinition,
  customers: CustomerValues,
  asOf?: string,
): RulesInData {
  const rows: ConditionRows = rowsOfRules(definition, customers, asOf);
  const { rules } = rulesAsOf(definition, asOf);
  const tests = rules.map(({ when }) => compileCondition(when, rows));
  const decided = rules.map(() => 0);
  let uncovered = 0;
  let overlapping = 0;
  const holding: number[] = [];
  for (let row = 0; row < customers.keys.length; row++) {
    holding.length = 0;
    for (let i = 0; i < tests.length; i++) if (tests[i]!(row)) holding.push(i);
    if (holding.length === 0) uncovered++;
    else decided[holding[0]!]!++;
    if (holding.length > 1 && claimants(rules, holding).length > 1) overlapping++;
  }
  const isTaken = (key: string): boolean => rules.some((rule, i) => rule.segment === key && decided[i]! > 0);
  const empty = definition.segments.map(({ key }) => key).filter((key) => !isTaken(key));
  return { customers: customers.keys.length, uncovered, overlapping, decided, empty };
}
