import { InputError } from "../core/errors.js";
import type { Definition } from "../segments/definition.js";
import { rulesAsOf } from "../segments/rules-as-of.js";
import type { Score } from "../segments/rules-model.js";
import type { OnnxColumn } from "./onnx-columns.js";
import { type ConditionNodes, conditionNode } from "./onnx-conditions.js";
import type { OnnxGraph, OnnxValue } from "./onnx-graph.js";

/** What the rules of a definition may refer to. */
export interface OnnxRuleSources {
  /** Feature → column. */
  readonly columns: ReadonlyMap<string, OnnxColumn>;
  /** Definition id → segment index, −1 in the fallback, shape (customers, 1). */
  readonly memberships: ReadonlyMap<string, OnnxValue>;
}

/** The index of the segment of the first rule that holds as nodes; −1 where none does. Shape (customers, 1). */
export function onnxRules(graph: OnnxGraph, definition: Definition, sources: OnnxRuleSources): OnnxValue {
  const { scores, rules } = rulesAsOf(definition);
  const scoreColumns = new Map<string, OnnxColumn>();
  for (const score of scores)
    scoreColumns.set(score.name, scoreColumn(graph, score, { ...sources, scores: scoreColumns }));
  const nodes: ConditionNodes = {
    ...sources,
    graph,
    definition,
    scores: scoreColumns,
    everybody: everybodyIn(graph, sources),
  };
  const indexOf = new Map(definition.segments.map(({ key }, index) => [key, index]));
  const nobodys = graph.node("Where", [nodes.everybody, graph.integer(-1), graph.integer(-1)]);
  return rules.reduceRight(
    (otherwise, { segment, when }) =>
      graph.node("Where", [conditionNode(when, nodes), graph.integer(indexOf.get(segment)!), otherwise]),
    nobodys,
  );
}

/** True as often as there are customers: some column is known or not. */
function everybodyIn(graph: OnnxGraph, { columns, memberships }: OnnxRuleSources): OnnxValue {
  const [column] = columns.values();
  const [membership] = memberships.values();
  if (column !== undefined) return graph.node("Or", [column.isKnown, graph.node("Not", [column.isKnown])]);
  if (membership !== undefined) return graph.node("Equal", [membership, membership]);
  throw new InputError(
    "definitionOnnx: rules must mention a feature, got none, so that a model would have no input",
  );
}

interface ScoreSources extends OnnxRuleSources {
  /** The scores before it. */
  readonly scores: ReadonlyMap<string, OnnxColumn>;
}

function scoreColumn(graph: OnnxGraph, score: Score, { columns, scores }: ScoreSources): OnnxColumn {
  const { value, isKnown } = columns.get(score.feature)!;
  const { within, whenMissing } = score;
  const cells = within?.cells ?? [];
  // From the last cell to the first, as the first that fits decides.
  const counted = cells.reduceRight(
    (otherwise, { at, cuts }) => {
      const isHere = at.map((outer, i) => equals(graph, scores.get(within!.scores[i]!)!, outer));
      const here = isHere.reduce((a, b) => graph.node("And", [a, b]));
      return graph.node("Where", [here, scoreNode(graph, { ...score, cuts }, value), otherwise]);
    },
    scoreNode(graph, score, value),
  );
  const own = (constant: number | string): number => Number(constant);
  if (whenMissing === null) return { value: counted, isKnown, numberOf: own };
  const filled = graph.node("Where", [isKnown, counted, graph.double(whenMissing)]);
  return { value: filled, isKnown: graph.node("Equal", [filled, filled]), numberOf: own };
}

/** 1 + the count of cuts that the value exceeds, or the other way round. */
function scoreNode(graph: OnnxGraph, { cuts, highIsGood }: Score, value: OnnxValue): OnnxValue {
  const cutsRow = graph.constant({ type: "double", shape: [1, cuts.length], values: cuts });
  const exceeded = graph.node("Cast", [graph.node("Greater", [value, cutsRow])], { to: 11 });
  const axis = graph.constant({ type: "int64", shape: [1], values: [1] });
  const count = graph.node("ReduceSum", [exceeded, axis], { keepdims: 1 });
  return highIsGood
    ? graph.node("Add", [count, graph.double(1)])
    : graph.node("Sub", [graph.double(cuts.length + 1), count]);
}

function equals(graph: OnnxGraph, { value, isKnown }: OnnxColumn, constant: number): OnnxValue {
  return graph.node("And", [isKnown, graph.node("Equal", [value, graph.double(constant)])]);
}
