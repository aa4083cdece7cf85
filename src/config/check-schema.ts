import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { describeValue, didYouMean, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { packageFile } from "../core/package-root.js";
import { formatKeyPath, type KeyPath, type WorkbookDocument } from "./workbook-document.js";

/** Compiling takes longer than all the rest of reading a workbook, so it is done once; making the code tidier would take as long again. */
let compiled: ValidateFunction | undefined;

function compileSchema(): ValidateFunction {
  return new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    code: { optimize: false },
  }).compile(workbookSchema());
}

/** schema/workbook.schema.json. */
export function workbookSchema(): { readonly $id: string } {
  return JSON.parse(readFileSync(packageFile("schema", "workbook.schema.json"), "utf8"));
}

/**
 * Throws unless a workbook fits schema/workbook.schema.json.
 *
 * @throws InputError with the key path, what it must be, the place, and the nearest valid key.
 */
export function checkWorkbookSchema(document: WorkbookDocument): void {
  compiled ??= compileSchema();
  refuseFirst(compiled, document);
}

/** Throws the first thing in which a YAML file does not fit a schema. */
export function refuseFirst(validate: ValidateFunction, document: WorkbookDocument): void {
  if (validate(document.value)) return;
  const errors = (validate.errors ?? []).filter(
    ({ keyword }) => keyword !== "if" && keyword !== "propertyNames",
  );
  // A misspelt key is also a missing key: say the slip, not its consequence.
  const error = errors.find(({ keyword }) => keyword === "additionalProperties") ?? errors[0];
  if (error !== undefined) throw new InputError(explain(error, document));
}

function explain(error: ErrorObject, document: WorkbookDocument): string {
  const parent = pathOf(error.instancePath);
  const key: string | undefined = error.propertyName ?? error.params.additionalProperty;
  if (key !== undefined) {
    const path = [...parent, key];
    const valid = Object.keys(error.parentSchema?.properties ?? {});
    const requirement = error.propertyName === undefined ? unknownKey(parent, valid) : requirementOf(error);
    const hint =
      key === "password"
        ? ". Write passwordFrom: and the name of an environment variable that holds it"
        : didYouMean(key, valid);
    return sentence(path, requirement, `${describeValue(key)} at ${document.place(path, "key")}${hint}`);
  }
  return sentence(
    parent,
    requirementOf(error),
    `${gotOf(error)} at ${document.place(parent)}${hintOf(error)}`,
  );
}

function sentence(path: KeyPath, requirement: string, got: string): string {
  return `readWorkbook: ${formatKeyPath(path) || "the file"} must ${requirement}, got ${got}`;
}

function unknownKey(parent: KeyPath, valid: readonly string[]): string {
  return `be one of the keys of ${formatKeyPath(parent) || "a workbook"} (${valid.join(", ")})`;
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["integer", "a whole number"],
  ["number", "a number"],
  ["array", "a list"],
  ["object", "a group of keys"],
]);

function requirementOf(error: ErrorObject): string {
  const { keyword, params, parentSchema } = error;
  switch (keyword) {
    case "required":
      return `have the key "${params.missingProperty}"`;
    case "type":
      return `be ${[params.type]
        .flat()
        .map((type: string) => typeWords.get(type) ?? type)
        .join(" or ")}`;
    case "enum":
      return `be one of ${params.allowedValues.join(", ")}`;
    case "pattern":
      return `be ${parentSchema?.title ?? `text like ${params.pattern}`}`;
    case "uniqueItems":
      return "not repeat an item";
    case "minItems":
    case "minProperties":
      return `hold at least ${params.limit}`;
    case "maxItems":
      return `hold at most ${params.limit}`;
    case "minLength":
      return "not be empty";
    case "maxLength":
      return `be at most ${params.limit} characters long`;
    case "minimum":
      return `be at least ${params.limit}`;
    case "exclusiveMinimum":
      return `be above ${params.limit}`;
    case "maximum":
      return `be at most ${params.limit}`;
    default:
      return `be valid (${error.message})`;
  }
}

function gotOf({ keyword, params, data }: ErrorObject): string {
  if (keyword === "uniqueItems") return `${describeValue((data as unknown[])[params.i])} twice`;
  if (keyword === "minItems" || keyword === "maxItems") return String((data as unknown[]).length);
  if (data === null) return "nothing";
  if (typeof data !== "object" || Array.isArray(data)) return describeValue(data);
  return listForMessage(Object.keys(data)) || "no key";
}

function hintOf({ keyword, params, data, parentSchema }: ErrorObject): string {
  if (keyword === "enum" && typeof data === "string") return didYouMean(data, params.allowedValues);
  const wantsText = keyword === "type" && parentSchema?.type === "string";
  return wantsText && (typeof data === "number" || typeof data === "boolean") ? ". Put it in quotes" : "";
}

function pathOf(instancePath: string): KeyPath {
  return instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
