import { latticeSteps } from "../segments/definition.js";
import type { OnnxGraph, OnnxValue } from "./onnx-graph.js";
import type { OnnxNearest } from "./onnx-nearest.js";

/** Hands out `distance`, `runner_up_index` and `margin` of a nearest centre, as assignCustomers gives them. */
export function distanceOutputs(graph: OnnxGraph, nearest: OnnxNearest, segmentCount: number): void {
  const { lattice, comparable, isUnassigned } = nearest;
  const axis = graph.constant({ type: "int64", shape: [1], values: [1] });
  const lengths = graph.node("ReduceSum", [graph.node("Mul", [lattice, lattice]), axis], { keepdims: 1 });
  const squared = graph.node("Add", [comparable, lengths]);
  const count = graph.constant({ type: "int64", shape: [1], values: [Math.min(2, segmentCount)] });
  const [values, indices] = graph.nodeOutputs("TopK", [squared, count], {
    count: 2,
    attributes: { axis: 1, largest: 0, sorted: 1 },
  });
  const roots = graph.node("Sqrt", [values!]);
  const ofPlaced = (value: OnnxValue, otherwise: OnnxValue): OnnxValue =>
    isUnassigned === null ? value : graph.node("Where", [isUnassigned, otherwise, value]);
  const ownRoot = columnAt(graph, roots, 0);
  const distance = graph.node("Div", [ownRoot, graph.double(latticeSteps)]);
  graph.output("distance", "double", ofPlaced(distance, graph.double(Number.NaN)));
  const none = graph.integer(-1);
  if (segmentCount === 1) {
    const always = (value: OnnxValue): OnnxValue =>
      graph.node("Where", [graph.node("Equal", [ownRoot, ownRoot]), value, value]);
    graph.output("runner_up_index", "int64", always(none));
    graph.output("margin", "double", ofPlaced(always(graph.double(1)), graph.double(Number.NaN)));
    return;
  }
  graph.output("runner_up_index", "int64", ofPlaced(columnAt(graph, indices!, 1), none));
  const nextRoot = columnAt(graph, roots, 1);
  const share = graph.node("Div", [graph.node("Sub", [nextRoot, ownRoot]), nextRoot]);
  // Both centres on the customer: 0 / 0 would be no number.
  const isOnBoth = graph.node("Equal", [nextRoot, graph.double(0)]);
  const margin = graph.node("Where", [isOnBoth, graph.double(0), share]);
  graph.output("margin", "double", ofPlaced(margin, graph.double(Number.NaN)));
}

/** One column of a table, shape (customers, 1). */
function columnAt(graph: OnnxGraph, table: OnnxValue, index: number): OnnxValue {
  const at = graph.constant({ type: "int64", shape: [1], values: [index] });
  return graph.node("Gather", [table, at], { axis: 1 });
}
