import type { FormulaType } from "./formula-columns.js";
import type { FormulaText } from "./formula-tokens.js";
import type { FormulaValue } from "./formula-values.js";
import type { FormulaCall } from "./parse-formula.js";

/** What names mean where a part of a formula stands. */
export interface FormulaScope {
  readonly formula: FormulaText;
  /** Kind of source, for messages. */
  readonly kind: string;
  readonly columns: ReadonlyMap<string, FormulaType>;
  /** Decimals of money. */
  readonly decimals: number;
  readonly asOf: string;
  /**
   * row: names are columns; customer: of many rows, so names stand inside aggregates; group: as customer, of the rows of one group,
   * whose `per` column is a name.
   */
  readonly level: "row" | "customer" | "group";
  /** group: the column that the rows have in common. */
  readonly per?: string;
  /** Whether aggregates may stand here: not over kinds with one row per customer, and not inside another. */
  readonly hasAggregates: boolean;
  /** What functions and aggregates mean. */
  readonly readCall: (call: FormulaCall & { readonly column: number }, scope: FormulaScope) => FormulaValue;
}
