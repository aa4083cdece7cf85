import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { lastFreshDay } from "../segments/staleness.js";
import { onnxColumn } from "./onnx-columns.js";
import { distanceOutputs } from "./onnx-distances.js";
import { type OnnxGraph, type OnnxValue, openOnnxGraph } from "./onnx-graph.js";
import { missingText, type OnnxInput, onnxInputs } from "./onnx-inputs.js";
import { type OnnxNearest, onnxNearest } from "./onnx-nearest.js";
import { onnxRules } from "./onnx-rules.js";
import { trustLines } from "./trust-lines.js";

/**
 * A definition as an ONNX model of operator set 17, from raw values to the segment, in double precision.
 *
 * One input per feature, shape (customers, 1): numbers as double (NaN: missing), dates as double such as 20260131, texts as string
 * (U+FFFF: missing). Outputs, shape (customers): `segment` (key, string), `segment_index` (int64, from 0; −1 in the fallback);
 * of k-means also `distance` (standard deviations), `runner_up_index` (−1: none) and `margin`, NaN in the fallback. The model's
 * metadata say which input is which feature and what the segments are called. Same definition, same bytes.
 *
 * @throws InputError if the rules mention no feature, or a text that cannot be told from a missing one.
 */
export function definitionOnnx(definition: Definition): Uint8Array {
  const graph = openOnnxGraph();
  const inputs = onnxInputs(definition);
  for (const { name, type } of inputs) graph.input(name, type === "text" ? "string" : "double");
  const byFeature = new Map(inputs.map((input) => [input.feature, input]));
  const { index, nearest } = placeNodes(definition, graph, byFeature);
  const { segments, fallback } = definition;
  const keys = [...segments.map(({ key }) => key), fallback.key];
  const keyTable = graph.constant({ type: "string", shape: [keys.length], values: keys });
  // Index −1 counts from the end: the fallback.
  graph.output("segment", "string", graph.node("Gather", [keyTable, index], { axis: 0 }));
  graph.output("segment_index", "int64", index);
  if (nearest !== null) distanceOutputs(graph, nearest, segments.length);
  return graph.bytes({
    name: definition.id,
    version: definition.version,
    description: trustLines(definition).join("\n"),
    metadata: metadataOf(definition),
  });
}

function metadataOf(definition: Definition): ReadonlyMap<string, string> {
  const { segments, fallback, fingerprint, createdFor } = definition;
  const names = [...segments, fallback].map(({ key, name }) => ({ key, name }));
  return new Map([
    ["segbook.fingerprint", fingerprint],
    ["segbook.defined_for", createdFor ?? ""],
    ["segbook.stale_after", lastFreshDay(definition) ?? ""],
    ["segbook.inputs", JSON.stringify(onnxInputs(definition))],
    ["segbook.segments", JSON.stringify(names)],
    ["segbook.missing", JSON.stringify({ number: "NaN", date: "NaN", text: missingText })],
  ]);
}

/** Where customers belong, in a graph. */
interface Placed {
  /** Index of the segment, −1 in the fallback; shape (customers, 1). */
  readonly index: OnnxValue;
  /** null for rules, which know no distances. */
  readonly nearest: OnnxNearest | null;
}

/** The segments of a definition, or of one nested in it, as nodes over the inputs of the model. */
function placeNodes(
  definition: Definition,
  graph: OnnxGraph,
  inputOf: ReadonlyMap<string, OnnxInput>,
): Placed {
  const { model, recipe, nested } = definition;
  const inputs = inputsOf(definition).map(({ name }) => inputOf.get(name)!);
  if (model.kind === "kmeans-lattice") {
    const columns = inputs.map(({ name }) => name);
    const nearest = onnxNearest(graph, { recipe, model }, columns);
    return { index: nearest.index, nearest };
  }
  const columns = new Map(inputs.map((input) => [input.feature, onnxColumn(graph, input, model)]));
  const memberships = new Map(nested.map((inner) => [inner.id, placeNodes(inner, graph, inputOf).index]));
  return { index: onnxRules(graph, definition, { columns, memberships }), nearest: null };
}
