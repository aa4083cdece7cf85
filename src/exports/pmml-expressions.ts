import { element, type XmlElement } from "./xml.js";

/** A built-in function of PMML over expressions. */
export function apply(name: string, ...parts: readonly XmlElement[]): XmlElement {
  return element("Apply", { function: name }, parts);
}

/** A choice; evaluators do not look at the branch not taken. */
export function ifElse(condition: XmlElement, value: XmlElement, otherwise: XmlElement): XmlElement {
  return apply("if", condition, value, otherwise);
}

/** The value of a field. */
export function fieldRef(field: string): XmlElement {
  return element("FieldRef", { field });
}

/** A constant number. */
export function numberConstant(value: number): XmlElement {
  return element("Constant", { dataType: "double" }, [String(value)]);
}

/** A constant whole number, where a function wants one. */
export function integerConstant(value: number): XmlElement {
  return element("Constant", { dataType: "integer" }, [String(value)]);
}

/** A constant text. */
export function textConstant(value: string): XmlElement {
  return element("Constant", { dataType: "string" }, [value]);
}

/** A field computed from others, a number. */
export function derivedNumber(name: string, expression: XmlElement): XmlElement {
  return element("DerivedField", { name, optype: "continuous", dataType: "double" }, [expression]);
}

/** The answer of a model under a name. */
export function segmentOutput(name: string): XmlElement {
  return element("OutputField", {
    name,
    optype: "categorical",
    dataType: "string",
    feature: "predictedValue",
  });
}
