import type { Definition, KMeansDefinition, VerificationRow } from "./definition.js";
import { ruleVerificationInputs } from "./rule-verification.js";
import { verificationInputs } from "./verification.js";
import { verifyRows } from "./verify-rows.js";

/**
 * The member of a definition that was changed by hand, as far as its verification rows give it away: they were made from the
 * constants of the model, so constants that no longer give the same rows are not those that were written.
 *
 * @returns "model.centres.0.1", "recipe.steps.2", "model", "verification"; or a member that places nobody.
 */
export function locateChange(definition: Definition): string {
  const { model, verification } = definition;
  const made =
    model.kind === "rules"
      ? ruleVerificationInputs({ ...definition, model })
      : verificationInputs(definition.recipe, model.centres);
  const written = verification.map(({ inputs }) => inputs);
  if (!isSame(made, written))
    return model.kind === "rules" ? "model" : centreOrStep({ ...definition, model }, made);
  if (!isSame(verifyRows(definition, written), verification)) return "verification";
  return "a member that places nobody, such as a name";
}

/** The first rows are the centres themselves: a centre shows in one of them, a step of the recipe in all. */
function centreOrStep(
  { recipe, model, verification }: KMeansDefinition,
  made: readonly VerificationRow["inputs"][],
): string {
  const changed = model.centres.map((_, i) =>
    recipe.steps.flatMap((_, j) => (made[i]?.[j] === verification[i]?.inputs[j] ? [] : [j])),
  );
  const step = changed[0]!.find((j) => changed.length > 1 && changed.every((own) => own.includes(j)));
  if (step !== undefined) return `recipe.steps.${step}`;
  const centre = changed.findIndex((own) => own.length > 0);
  return centre < 0 ? "recipe or verification" : `model.centres.${centre}.${changed[centre]![0]}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
