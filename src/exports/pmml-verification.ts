import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import type { PmmlNames } from "./pmml-names.js";
import { element, type XmlElement } from "./xml.js";

/** A number that an evaluator must answer besides the segment. */
export interface VerifiedNumber {
  readonly field: string;
  /** One per verification row, exact. */
  readonly values: readonly number[];
}

/** The synthetic customers of a definition with their segments, which an evaluator checks when it loads the document. */
export function modelVerification(
  definition: Definition,
  { segment }: PmmlNames,
  number?: VerifiedNumber,
): XmlElement {
  const { verification } = definition;
  const answers = [
    { field: segment, column: "segment" },
    ...(number === undefined ? [] : [{ field: number.field, column: "number", precision: "1E-15" }]),
  ];
  const inputs = inputsOf(definition).map(({ name }, j) => ({ field: name, column: `x${j + 1}` }));
  const fields = [...inputs, ...answers].map((field) => element("VerificationField", field));
  const rows = verification.map((row, i) =>
    element("row", {}, [
      // PMML wants two cells or more in a row, also in one without any known value.
      cell("id", i + 1),
      ...row.inputs.flatMap((value, j) => (value === null ? [] : [cell(`x${j + 1}`, value)])),
      cell("segment", row.segment),
      // With an exponent: sixteen digits in a row look like the number of a card to who scans for such.
      ...(number === undefined ? [] : [cell("number", number.values[i]!.toExponential())]),
    ]),
  );
  return element("ModelVerification", { recordCount: rows.length, fieldCount: fields.length }, [
    element("VerificationFields", {}, fields),
    element("InlineTable", {}, rows),
  ]);
}

function cell(column: string, value: number | string): XmlElement {
  return element(column, {}, [String(value)]);
}
