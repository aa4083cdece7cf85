import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { dayNumber } from "../core/calendar-day.js";
import { describeValue } from "../core/check.js";
import { checkRulesConfig } from "./check-rules.js";
import { refuseFirst, workbookSchema } from "./check-schema.js";
import { refuse } from "./refuse.js";
import type { RulesConfig } from "./rules-config.js";
import { readWorkbookDocument } from "./workbook-document.js";

/** A file of rules for customers in a file of their own. */
export interface RulesFile {
  /** Title of the segmentation. */
  readonly name?: string;
  /** The day, `YYYY-MM-DD`, from which rules count days. */
  readonly asOf?: string;
  readonly rules: RulesConfig;
}

let compiled: ValidateFunction | undefined;

/** The rules of a workbook, and what else they need without one. */
function compileSchema(): ValidateFunction {
  const checker = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, verbose: true });
  const workbook = workbookSchema();
  checker.addSchema(workbook);
  return checker.compile({
    type: "object",
    properties: {
      name: { type: "string", minLength: 1, maxLength: 80 },
      asOf: { type: "string" },
      rules: { $ref: `${workbook.$id}#/$defs/rules` },
    },
    required: ["rules"],
    additionalProperties: false,
  });
}

/**
 * Reads a YAML file with the key `rules`, as in a workbook, and if need be `name` and `asOf`.
 *
 * @throws InputError for the first thing that is wrong, with key path, line and column.
 */
export function readRules(file: string): RulesFile {
  const document = readWorkbookDocument(file);
  compiled ??= compileSchema();
  refuseFirst(compiled, document);
  const written = document.value as RulesFile;
  if (written.asOf !== undefined && dayNumber(written.asOf) === undefined)
    refuse(document, ["asOf"], { must: "be a day of the calendar", got: describeValue(written.asOf) });
  checkRulesConfig(written.rules, document);
  if (written.asOf === undefined && JSON.stringify(written.rules).includes('"daysBeforeAsOf":'))
    refuse(document, ["rules"], {
      must: "come with the key asOf where a condition counts days before it",
      got: "no asOf",
    });
  return written;
}
