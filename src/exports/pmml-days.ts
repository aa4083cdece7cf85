import {
  apply,
  derivedNumber,
  fieldRef,
  ifElse,
  integerConstant,
  numberConstant,
  textConstant,
} from "./pmml-expressions.js";
import { element, type XmlElement } from "./xml.js";

/** Name of the document's own function from a character to its digit. */
const digit = "digit";

/** A day as a number that sorts as its text does: 20260131 for 2026-01-31. */
export function dayNumberOf(text: string): number {
  return Number(text.replaceAll("-", ""));
}

/**
 * A date as a number such as 20260131, missing where its text has another form.
 *
 * Taken apart digit by digit, because evaluators differ in the order of texts, and a calendar would refuse days that our rules
 * compare as they stand, such as 2026-02-31. Zeros behind the text, because some take both branches of an `if` and no character
 * may be wanting.
 */
export function dayField(name: string, feature: string): XmlElement {
  const value = fieldRef(feature);
  const isKnown = apply("isNotMissing", value);
  const text = ifElse(isKnown, value, textConstant("none"));
  const padded = apply("concat", text, textConstant("0000000000"));
  const isLong = apply("equal", apply("stringLength", text), integerConstant(10));
  const isDay = apply("matches", padded, textConstant("^[0-9]{4}-[0-9]{2}-[0-9]{2}"));
  const digits = [1, 2, 3, 4, 6, 7, 9, 10].map((place, i) => {
    const character = apply("substring", padded, integerConstant(place), integerConstant(1));
    return apply("*", numberConstant(10 ** (7 - i)), apply(digit, character));
  });
  return derivedNumber(name, apply("if", isLong, apply("if", isDay, apply("sum", ...digits))));
}

/** The functions that days need. */
export function dayFunctions(): XmlElement {
  const rows = Array.from({ length: 10 }, (_, value) =>
    element("row", {}, [element("character", {}, [String(value)]), element("value", {}, [String(value)])]),
  );
  const mapped = element("MapValues", { outputColumn: "value", dataType: "double" }, [
    element("FieldColumnPair", { field: "character", column: "character" }),
    element("InlineTable", {}, rows),
  ]);
  const parameter = element("ParameterField", {
    name: "character",
    optype: "categorical",
    dataType: "string",
  });
  const attributes = { name: digit, optype: "continuous", dataType: "double" };
  return element("TransformationDictionary", {}, [
    element("DefineFunction", attributes, [parameter, mapped]),
  ]);
}
