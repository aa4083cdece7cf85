import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Condition } from "../segments/condition.js";
import type { RulesModel } from "../segments/rules-model.js";
import type { OnnxGraph, OnnxValue } from "./onnx-graph.js";
import { missingText, type OnnxInput } from "./onnx-inputs.js";

/** A column that conditions compare: doubles, and whether each is known; shape (customers, 1). */
export interface OnnxColumn {
  readonly value: OnnxValue;
  readonly isKnown: OnnxValue;
  /** The number that stands for a constant of a condition. */
  numberOf(constant: number | string): number;
}

/**
 * A column of the caller as rules see it. Texts become the number of the text in the rules: operator set 17 compares no strings.
 *
 * @throws InputError if a rule mentions the text that stands for a missing one.
 */
export function onnxColumn(graph: OnnxGraph, input: OnnxInput, model: RulesModel): OnnxColumn {
  if (input.type === "text") return textColumn(graph, input, model);
  const isKnown = graph.node("And", [
    graph.node("GreaterOrEqual", [input.name, graph.double(-Number.MAX_VALUE)]),
    graph.node("LessOrEqual", [input.name, graph.double(Number.MAX_VALUE)]),
  ]);
  const numberOf = (constant: number | string): number => Number(String(constant).replaceAll(/\b-\b/g, ""));
  return { value: input.name, isKnown, numberOf: input.type === "date" ? numberOf : Number };
}

/** Missing −1, a text that no rule mentions 0, the others from 1 on. */
function textColumn(graph: OnnxGraph, { name, feature }: OnnxInput, { rules }: RulesModel): OnnxColumn {
  const texts = [...new Set(rules.flatMap(({ when }) => textsIn(when, feature)))];
  if (texts.includes(missingText))
    throw new InputError(
      `definitionOnnx: rules must not mention the text U+FFFF, which stands for a missing one, got it for ${describeValue(feature)}`,
    );
  const encoded = graph.node("LabelEncoder", [name], {
    keys_strings: [missingText, ...texts],
    values_int64s: [-1, ...texts.map((_, i) => i + 1)],
    default_int64: 0,
  });
  const value = graph.node("Cast", [encoded], { to: 11 });
  const isKnown = graph.node("GreaterOrEqual", [value, graph.double(0)]);
  return { value, isKnown, numberOf: (constant) => texts.indexOf(String(constant)) + 1 };
}

/** The texts with which a condition compares a feature, repeats included. */
function textsIn(condition: Condition, feature: string): readonly string[] {
  if ("all" in condition) return condition.all.flatMap((inner) => textsIn(inner, feature));
  if ("any" in condition) return condition.any.flatMap((inner) => textsIn(inner, feature));
  if ("not" in condition) return textsIn(condition.not, feature);
  if (!("feature" in condition) || condition.feature !== feature) return [];
  if ("in" in condition) return condition.in.map(String);
  return "is" in condition ? [String(condition.value)] : [];
}
