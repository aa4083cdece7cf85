import { InputError } from "../core/errors.js";
import { checkRules } from "./check-rules.js";
import type { Definition } from "./definition.js";

/**
 * Refuses rules with a hole that nobody declared: what a target does with such customers must be meant.
 *
 * @throws InputError naming cells, unless `model.otherwise` is "fallback".
 */
export function requireTotal(caller: string, definition: Definition): void {
  const { model } = definition;
  if (model.kind !== "rules" || model.otherwise === "fallback") return;
  const { isTotal, uncovered, cells } = checkRules(definition, { examples: 3 });
  if (isTotal === true) return;
  const what =
    isTotal === null
      ? "a grid that is too large to prove it"
      : `${uncovered.all} of ${cells.all} cells without one (${uncovered.examples.map(({ cell }) => cell).join("; ")})`;
  throw new InputError(
    `${caller}: rules must take every customer, got ${what}. Add rules, or say otherwise: fallback, so that it is meant`,
  );
}
