import type { TransformName } from "../core/feature.js";
import type { Recipe, RecipeStep } from "../features/recipe.js";
import { type KMeansLatticeModel, latticeSteps } from "../segments/definition.js";
import type { OnnxGraph, OnnxValue } from "./onnx-graph.js";

/** Values of the nearest centre in a graph, shape (customers, 1) unless said otherwise. */
export interface OnnxNearest {
  /** Index of the nearest centre, the first of equals; −1 where a value that must be known is missing. */
  readonly index: OnnxValue;
  /** Lattice values, shape (customers, steps). */
  readonly lattice: OnnxValue;
  /** Squared distances less the squared length of the customer's own point, shape (customers, segments). */
  readonly comparable: OnnxValue;
  /** Whether the customer goes to the fallback; null if nobody can. */
  readonly isUnassigned: OnnxValue | null;
}

/**
 * The recipe and the nearest centre as nodes over a matrix of doubles.
 *
 * Compares |c|² − 2 q·c, which is the squared distance less |q|²: one matrix product instead of a table of customers × segments ×
 * features. With at most 32 lattice values of at most 2^23 every sum on the way is a whole number of at most 2^52, so no order of
 * adding and no fused product changes a bit.
 *
 * @param columns - Raw values, one (customers, 1) column per step.
 */
export function onnxNearest(
  graph: OnnxGraph,
  { recipe, model }: { readonly recipe: Recipe; readonly model: KMeansLatticeModel },
  columns: readonly OnnxValue[],
): OnnxNearest {
  const { steps } = recipe;
  const raw = columns.length === 1 ? columns[0]! : graph.node("Concat", columns, { axis: 1 });
  const isKnown = knownValues(graph, steps, raw);
  const known = graph.node("Where", [
    isKnown,
    raw,
    rowOf(
      graph,
      steps.map((step) => step.impute),
    ),
  ]);
  const lattice = latticeValues(graph, steps, transformed(graph, steps, known));
  const comparable = comparableDistances(graph, model.centres, lattice);
  const nearest = graph.node("ArgMin", [comparable], { axis: 1, keepdims: 1, select_last_index: 0 });
  const isUnassigned = unassigned(graph, steps, isKnown);
  const index =
    isUnassigned === null ? nearest : graph.node("Where", [isUnassigned, graph.integer(-1), nearest]);
  return { index, lattice, comparable, isUnassigned };
}

/** Finite and in the range of the transform; comparisons with NaN are false. */
function knownValues(graph: OnnxGraph, steps: readonly RecipeStep[], raw: OnnxValue): OnnxValue {
  const lowest = rowOf(
    graph,
    steps.map(({ transform }) => lowestValue(transform)),
  );
  const largest = graph.double(Number.MAX_VALUE);
  return graph.node("And", [
    graph.node("GreaterOrEqual", [raw, lowest]),
    graph.node("LessOrEqual", [raw, largest]),
  ]);
}

/** The least double that a transform takes; of log1p the one above −1. */
function lowestValue(transform: TransformName): number {
  if (transform === "log1p") return -1 + 2 ** -53;
  return transform === "sqrt" ? 0 : -Number.MAX_VALUE;
}

/** Each transform over all columns, then each column's own chosen: a few nodes, whatever the number of features. */
function transformed(graph: OnnxGraph, steps: readonly RecipeStep[], known: OnnxValue): OnnxValue {
  const names = [...new Set(steps.map((step) => step.transform))];
  return names
    .map((name) => ({ name, value: transformOf(graph, name, known) }))
    .reduce((others, { name, value }) => {
      const isOwn = steps.map(({ transform }) => Number(transform === name));
      const mask = graph.constant({ type: "bool", shape: [1, steps.length], values: isOwn });
      return { name, value: graph.node("Where", [mask, value, others.value]) };
    }).value;
}

function transformOf(graph: OnnxGraph, transform: TransformName, known: OnnxValue): OnnxValue {
  switch (transform) {
    case "identity":
      return known;
    case "log1p":
      return graph.node("Log", [graph.node("Add", [graph.double(1), known])]);
    case "signedLog": {
      const logarithm = graph.node("Log", [graph.node("Add", [graph.double(1), graph.node("Abs", [known])])]);
      return graph.node("Mul", [graph.node("Sign", [known]), logarithm]);
    }
    case "sqrt":
      return graph.node("Sqrt", [known]);
  }
}

function latticeValues(graph: OnnxGraph, steps: readonly RecipeStep[], value: OnnxValue): OnnxValue {
  const centred = graph.node("Sub", [
    value,
    rowOf(
      graph,
      steps.map((step) => step.centre),
    ),
  ]);
  const scaled = graph.node("Div", [
    centred,
    rowOf(
      graph,
      steps.map((step) => step.scale),
    ),
  ]);
  const clamped = graph.node("Clip", [scaled, graph.double(-8), graph.double(8)]);
  const stretched = graph.node("Mul", [clamped, graph.double(latticeSteps)]);
  return graph.node("Floor", [graph.node("Add", [stretched, graph.double(0.5)])]);
}

function comparableDistances(
  graph: OnnxGraph,
  centres: KMeansLatticeModel["centres"],
  lattice: OnnxValue,
): OnnxValue {
  const stepCount = centres[0]!.length;
  const weights = graph.constant({
    type: "double",
    shape: [stepCount, centres.length],
    values: Array.from({ length: stepCount }, (_, j) => centres.map((centre) => -2 * centre[j]!)).flat(),
  });
  const lengths = centres.map((centre) => centre.reduce((sum, value) => sum + value * value, 0));
  return graph.node("Add", [graph.node("MatMul", [lattice, weights]), rowOf(graph, lengths)]);
}

function unassigned(graph: OnnxGraph, steps: readonly RecipeStep[], isKnown: OnnxValue): OnnxValue | null {
  const isNeeded = steps.map(({ whenMissing }) => Number(whenMissing === "fallback"));
  if (!isNeeded.includes(1)) return null;
  const needed = graph.constant({ type: "bool", shape: [1, steps.length], values: isNeeded });
  const lacking = graph.node("And", [graph.node("Not", [isKnown]), needed]);
  const most = graph.node("ReduceMax", [graph.node("Cast", [lacking], { to: 7 })], {
    axes: [1],
    keepdims: 1,
  });
  return graph.node("Cast", [most], { to: 9 });
}

function rowOf(graph: OnnxGraph, values: readonly number[]): OnnxValue {
  return graph.constant({ type: "double", shape: [1, values.length], values });
}
