import type { Definition } from "../segments/definition.js";
import { type DefinitionInput, inputsOf } from "../segments/definition-inputs.js";

/** How a column of customers enters an ONNX model. */
export interface OnnxInput {
  /** Name of the model's input: the feature's own where it is a plain identifier. */
  readonly name: string;
  readonly feature: string;
  /** number: double, NaN where missing. date: double such as 20260131, NaN where missing. text: string, U+FFFF where missing. */
  readonly type: DefinitionInput["type"];
}

/** Stands for a missing text: strings of ONNX know no null, and Unicode keeps this code point out of every text. */
export const missingText = "\uffff";

/** Names that the model's outputs bear. */
const outputNames: readonly string[] = ["segment", "segment_index", "distance", "runner_up_index", "margin"];

/** The inputs of a definition's ONNX model, in the order of `inputsOf`. */
export function onnxInputs(definition: Definition): readonly OnnxInput[] {
  return inputsOf(definition).map(({ name, type }, j) => ({
    name: isPlain(name) ? name : `input_${j + 1}`,
    feature: name,
    type,
  }));
}

/** ONNX wants the names of C, and our own inner names must stay free. */
function isPlain(name: string): boolean {
  return /^[A-Za-z]\w{0,99}$/.test(name) && !/^(input|segbook)_/.test(name) && !outputNames.includes(name);
}
