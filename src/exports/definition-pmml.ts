import type { Definition, KMeansDefinition, RulesDefinition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { clusteringModel } from "./pmml-clustering.js";
import { dayFunctions } from "./pmml-days.js";
import { dataField, miningSchema } from "./pmml-fields.js";
import { type NamedDefinition, nameModels } from "./pmml-names.js";
import { ruleSetModel } from "./pmml-rules.js";
import { modelVerification } from "./pmml-verification.js";
import { trustLines } from "./trust-lines.js";
import { element, type XmlElement, xmlText } from "./xml.js";

/**
 * A definition as a PMML 4.4 document, from raw values to the segment.
 *
 * Reads one field per input, called like the feature; answers `segment` (its key; of k-means also `affinity`, the squared distance in
 * lattice steps, and `distance` in standard deviations), with an underscore behind where a feature bears that name. The
 * definition's synthetic rows stand in it as ModelVerification, so an evaluator that checks them on loading proves itself. Same
 * definition, same text.
 *
 * @throws InputError if a feature's name holds a character that XML 1.0 does not allow.
 */
export function definitionPmml(definition: Definition): string {
  const inputs = inputsOf(definition);
  const root = element("PMML", { xmlns: "http://www.dmg.org/PMML-4_4", version: "4.4" }, [
    headerOf(definition),
    element("DataDictionary", { numberOfFields: inputs.length }, inputs.map(dataField)),
    ...(inputs.some(({ type }) => type === "date") ? [dayFunctions()] : []),
    modelOf(definition),
  ]);
  return xmlText(root);
}

/** One model, or a chain in which the definitions that are nested come first. */
function modelOf(definition: Definition): XmlElement {
  const models = nameModels(definition);
  const last = models.at(-1)!;
  if (models.length === 1) return singleModel(last);
  const segments = models.map((model, i) =>
    element("Segment", { id: i + 1 }, [element("True"), singleModel(model)]),
  );
  return element("MiningModel", { modelName: definition.id, functionName: "classification" }, [
    miningSchema(inputsOf(definition).map(({ name }) => name)),
    element("Segmentation", { multipleModelMethod: "modelChain" }, segments),
    modelVerification(definition, last.names),
  ]);
}

function singleModel({ definition, names }: NamedDefinition): XmlElement {
  return definition.model.kind === "kmeans-lattice"
    ? clusteringModel(definition as KMeansDefinition, names)
    : ruleSetModel(definition as RulesDefinition, names);
}

function headerOf(definition: Definition): XmlElement {
  const { id, version, fingerprint } = definition;
  return element("Header", { description: `Segment definition ${id}`, modelVersion: version }, [
    element("Extension", { name: "fingerprint", value: fingerprint }),
    element("Application", { name: "segbook" }),
    ...trustLines(definition).map((line) => element("Annotation", {}, [line])),
  ]);
}
