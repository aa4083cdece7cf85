import { matrixOfColumns } from "../core/matrix.js";
import { applyRecipe } from "../features/recipe.js";
import { type KMeansDefinition, latticeSteps } from "../segments/definition.js";
import { apply, fieldRef, numberConstant, segmentOutput, textConstant } from "./pmml-expressions.js";
import { miningSchema } from "./pmml-fields.js";
import { latticeFields, missingAxis, outOfReach } from "./pmml-lattice.js";
import type { PmmlNames } from "./pmml-names.js";
import { modelVerification } from "./pmml-verification.js";
import { element, type XmlElement } from "./xml.js";

/**
 * A ClusteringModel: integer centres over derived fields that hold lattice values.
 *
 * Who lacks a value that must be known lies far out on an axis of its own, where only the cluster `unassigned` is, so that an
 * evaluator that knows nothing but nearest centres gives the fallback too.
 */
export function clusteringModel(definition: KMeansDefinition, names: PmmlNames): XmlElement {
  const { steps } = definition.recipe;
  const needed = steps.filter(({ whenMissing }) => whenMissing === "fallback");
  const derived = [
    ...steps.flatMap((step, j) => latticeFields(step, j, names)),
    ...(needed.length === 0 ? [] : [missingAxis(needed, names)]),
  ];
  const axes = [
    ...steps.map((_, j) => names.own(`lattice_${j + 1}`)),
    ...(needed.length === 0 ? [] : [names.own("is_missing")]),
  ];
  const clusters = clusterElements(definition, axes.length);
  const attributes = {
    modelName: definition.id,
    functionName: "clustering",
    modelClass: "centerBased",
    numberOfClusters: clusters.length,
  };
  return element("ClusteringModel", attributes, [
    miningSchema(steps.map(({ feature }) => feature)),
    element("Output", {}, outputFields(definition, names)),
    element("LocalTransformations", {}, derived),
    element("ComparisonMeasure", { kind: "distance", compareFunction: "absDiff" }, [
      element("squaredEuclidean"),
    ]),
    ...axes.map((field) => element("ClusteringField", { field, compareFunction: "absDiff" })),
    ...clusters,
    ...(names.isInner
      ? []
      : [
          modelVerification(definition, names, {
            field: names.affinity,
            values: verifiedAffinities(definition),
          }),
        ]),
  ]);
}

/** The segments in their order, because the first of equally near clusters wins; then the fallback if it has an axis. */
function clusterElements(
  { segments, fallback, recipe, model }: KMeansDefinition,
  axisCount: number,
): XmlElement[] {
  const offAxis = recipe.steps.length === axisCount ? [] : [0];
  const own = segments.map(({ key, name, size }, s) =>
    clusterElement({ id: key, name, size }, [...model.centres[s]!, ...offAxis]),
  );
  if (offAxis.length === 0) return own;
  const { key: id, name } = fallback;
  return [...own, clusterElement({ id, name }, [...recipe.steps.map(() => 0), outOfReach])];
}

function clusterElement(attributes: XmlElement["attributes"], centre: readonly number[]): XmlElement {
  return element("Cluster", attributes, [
    element("Array", { n: centre.length, type: "real" }, [centre.join(" ")]),
  ]);
}

/**
 * The segment; the squared distance in lattice steps, an exact whole number by which the verification rows notice any change of a
 * centre; and the distance in standard deviations, missing in the fallback.
 */
function outputFields({ fallback }: KMeansDefinition, names: PmmlNames): XmlElement[] {
  const { segment, affinity, distance, isInner } = names;
  if (isInner) return [segmentOutput(segment)];
  const isPlaced = apply("notEqual", fieldRef(segment), textConstant(fallback.key));
  const root = apply("/", apply("sqrt", fieldRef(affinity)), numberConstant(latticeSteps));
  const number = { optype: "continuous", dataType: "double" };
  return [
    segmentOutput(segment),
    element("OutputField", { name: affinity, ...number, feature: "affinity" }),
    element("OutputField", { name: distance, ...number, feature: "transformedValue" }, [
      apply("if", isPlaced, root),
    ]),
  ];
}

/** Of each verification row the squared distance to its centre in lattice steps; to the middle of the lattice in the fallback. */
function verifiedAffinities({ recipe, segments, verification, model }: KMeansDefinition): number[] {
  const { steps } = recipe;
  const raw = steps.map((_, j) => verification.map(({ inputs }) => (inputs[j] ?? Number.NaN) as number));
  const lattice = applyRecipe(
    recipe,
    matrixOfColumns(
      steps.map(({ feature }) => feature),
      raw,
    ),
  );
  const centreOf = new Map(segments.map(({ key }, label) => [key, model.centres[label]!]));
  return verification.map(({ segment }, i) => {
    const centre = centreOf.get(segment) ?? steps.map(() => 0);
    const differences = centre.map(
      (value, j) => lattice.values[i * steps.length + j]! * latticeSteps - value,
    );
    return differences.reduce((sum, difference) => sum + difference ** 2, 0);
  });
}
