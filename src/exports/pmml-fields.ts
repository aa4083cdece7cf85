import type { DefinitionInput } from "../segments/definition-inputs.js";
import { element, type XmlElement } from "./xml.js";

/** A column as the document reads it; infinities lie outside the interval of numbers. */
export function dataField({ name, type }: DefinitionInput): XmlElement {
  if (type !== "number") return element("DataField", { name, optype: "categorical", dataType: "string" });
  const margins = { leftMargin: -Number.MAX_VALUE, rightMargin: Number.MAX_VALUE };
  return element("DataField", { name, optype: "continuous", dataType: "double" }, [
    element("Interval", { closure: "closedClosed", ...margins }),
  ]);
}

/** A field that a model reads. What lies outside the interval is as good as missing. */
export function miningSchema(names: readonly string[]): XmlElement {
  const fields = names.map((name) =>
    element("MiningField", { name, usageType: "active", invalidValueTreatment: "asMissing" }),
  );
  return element("MiningSchema", {}, fields);
}
