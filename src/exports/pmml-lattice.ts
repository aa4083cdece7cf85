import type { RecipeStep } from "../features/recipe.js";
import { latticeSteps } from "../segments/definition.js";
import { apply, derivedNumber, fieldRef, ifElse, numberConstant } from "./pmml-expressions.js";
import type { PmmlNames } from "./pmml-names.js";
import type { XmlElement } from "./xml.js";

/** Farther than any two points of the lattice are apart: at most 2^26.5 with 32 features. */
export const outOfReach: number = 2 ** 27;

/**
 * Of a feature the known value and the lattice value: `Apply`, not `NormContinuous`, whose formula rounds differently.
 *
 * Missing values are imputed before everything else: `min` and `max` skip them, and a model of centres would weigh the other
 * features anew. `mapMissingTo` is not used, since evaluators differ in it.
 */
export function latticeFields(step: RecipeStep, index: number, names: PmmlNames): readonly XmlElement[] {
  const known = names.own(`known_${index + 1}`);
  return [
    derivedNumber(known, orElse(step, fieldRef(step.feature), numberConstant(step.impute))),
    derivedNumber(names.own(`lattice_${index + 1}`), latticeValue(step, fieldRef(known))),
  ];
}

/** The axis off which only the fallback lies: far out where a value that must be known is missing, else 0. */
export function missingAxis(needed: readonly RecipeStep[], names: PmmlNames): XmlElement {
  const far = numberConstant(outOfReach);
  return derivedNumber(
    names.own("is_missing"),
    needed.reduceRight((value, step) => orElse(step, value, far), numberConstant(0)),
  );
}

/** `value` where the feature's is known, else the other: also where the transform cannot take it. */
function orElse({ feature, transform }: RecipeStep, value: XmlElement, otherwise: XmlElement): XmlElement {
  const raw = fieldRef(feature);
  const usable =
    transform === "log1p"
      ? ifElse(apply("greaterThan", raw, numberConstant(-1)), value, otherwise)
      : transform === "sqrt"
        ? ifElse(apply("greaterOrEqual", raw, numberConstant(0)), value, otherwise)
        : value;
  return ifElse(apply("isMissing", raw), otherwise, usable);
}

function latticeValue(step: RecipeStep, known: XmlElement): XmlElement {
  const centred = apply("-", transformed(step, known), numberConstant(step.centre));
  const scaled = apply("/", centred, numberConstant(step.scale));
  const clamped = apply("max", apply("min", scaled, numberConstant(8)), numberConstant(-8));
  const stretched = apply("*", clamped, numberConstant(latticeSteps));
  return apply("floor", apply("+", stretched, numberConstant(0.5)));
}

function transformed({ transform }: RecipeStep, known: XmlElement): XmlElement {
  const one = numberConstant(1);
  switch (transform) {
    case "identity":
      return known;
    case "log1p":
      return apply("ln", apply("+", one, known));
    case "signedLog": {
      const below = apply("-", numberConstant(0), apply("ln", apply("-", one, known)));
      const above = apply("ln", apply("+", one, known));
      return ifElse(apply("lessThan", known, numberConstant(0)), below, above);
    }
    case "sqrt":
      return apply("sqrt", known);
  }
}
