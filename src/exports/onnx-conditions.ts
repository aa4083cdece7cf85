import type { Comparison, Condition } from "../segments/condition.js";
import type { Definition } from "../segments/definition.js";
import type { OnnxColumn } from "./onnx-columns.js";
import type { OnnxGraph, OnnxValue } from "./onnx-graph.js";

/** What a condition refers to, in a graph. */
export interface ConditionNodes {
  readonly graph: OnnxGraph;
  /** Whose rules they are; days are written out. */
  readonly definition: Definition;
  readonly columns: ReadonlyMap<string, OnnxColumn>;
  readonly scores: ReadonlyMap<string, OnnxColumn>;
  /** Definition id → segment index, −1 in the fallback. */
  readonly memberships: ReadonlyMap<string, OnnxValue>;
  /** True for each customer. */
  readonly everybody: OnnxValue;
}

/** Whether a condition holds for each customer, shape (customers, 1). */
export function conditionNode(condition: Condition, nodes: ConditionNodes): OnnxValue {
  const { graph, everybody } = nodes;
  if ("all" in condition) {
    const parts = condition.all.map((inner) => conditionNode(inner, nodes));
    return parts.reduce((a, b) => graph.node("And", [a, b]), everybody);
  }
  if ("any" in condition) {
    const parts = condition.any.map((inner) => conditionNode(inner, nodes));
    return parts.reduce((a, b) => graph.node("Or", [a, b]), graph.node("Not", [everybody]));
  }
  if ("not" in condition) return graph.node("Not", [conditionNode(condition.not, nodes)]);
  if ("of" in condition) {
    const { segments } = nodes.definition.nested.find(({ id }) => id === condition.of)!;
    const index = segments.findIndex(({ key }) => key === condition.segment);
    return graph.node("Equal", [nodes.memberships.get(condition.of)!, graph.integer(index)]);
  }
  const column =
    "feature" in condition ? nodes.columns.get(condition.feature)! : nodes.scores.get(condition.score)!;
  if ("isMissing" in condition) return graph.node("Not", [column.isKnown]);
  const holds =
    "in" in condition
      ? memberNode(condition.in, column, nodes)
      : comparisonNode(graph, condition.is, [column.value, numberNode(condition.value, column, graph)]);
  return graph.node("And", [column.isKnown, holds]);
}

function numberNode(constant: unknown, column: OnnxColumn, graph: OnnxGraph): OnnxValue {
  return graph.double(column.numberOf(constant as number | string));
}

function memberNode(
  members: readonly (number | string)[],
  column: OnnxColumn,
  { graph, everybody }: ConditionNodes,
): OnnxValue {
  const isOne = members.map((member) =>
    graph.node("Equal", [column.value, numberNode(member, column, graph)]),
  );
  return isOne.reduce((a, b) => graph.node("Or", [a, b]), graph.node("Not", [everybody]));
}

const operators: Readonly<Record<Comparison, string>> = {
  "<": "Less",
  "<=": "LessOrEqual",
  ">": "Greater",
  ">=": "GreaterOrEqual",
  "=": "Equal",
  "!=": "Equal",
};

function comparisonNode(graph: OnnxGraph, is: Comparison, sides: readonly OnnxValue[]): OnnxValue {
  const compared = graph.node(operators[is], sides);
  return is === "!=" ? graph.node("Not", [compared]) : compared;
}
