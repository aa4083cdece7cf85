import { didYouMean, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { hasTag, type Notebook, type NotebookCell } from "./notebook.js";
import { admits, type ParameterType, type ParameterValue } from "./parameter-type.js";
import type { Parameter } from "./parameters.js";

/** A value as somebody typed it after `-p name=`: it is read as the type that the parameter declares. */
export interface ParameterText {
  readonly text: string;
}

/** New values for parameters, by name. */
export type GivenParameters = ReadonlyMap<string, ParameterValue | ParameterText>;

/**
 * Refuses a name that no notebook declares.
 * @throws {@link InputError} with the nearest name.
 */
export function checkParameterNames(given: GivenParameters, declared: readonly Parameter[]): void {
  const names = [...new Set(declared.map(({ name }) => name))];
  for (const name of given.keys()) {
    if (names.includes(name)) continue;
    const known =
      names.length === 0 ? "a parameter (these notebooks have none)" : `one of ${listForMessage(names)}`;
    throw new InputError(
      `run: parameter must be ${known}, got ${JSON.stringify(name)}${didYouMean(name, names)}`,
    );
  }
}

/**
 * The values of a notebook's own parameters that differ from how it was written.
 * @throws {@link InputError} if a value has another type than declared or is out of its range.
 */
export function chooseValues(
  given: GivenParameters,
  declared: readonly Parameter[],
  notebook: string,
): ReadonlyMap<string, ParameterValue> {
  const chosen = new Map<string, ParameterValue>();
  for (const parameter of declared) {
    const value = given.get(parameter.name);
    if (value !== undefined) chosen.set(parameter.name, checkValue(value, parameter, notebook));
  }
  return chosen;
}

function checkValue(
  given: ParameterValue | ParameterText,
  parameter: Parameter,
  notebook: string,
): ParameterValue {
  const { name, type, typeText, range } = parameter;
  const text = isText(given) ? given.text : undefined;
  const value = isText(given) ? parseText(given.text, type) : given;
  if (!admits(type, value)) {
    const got = JSON.stringify(text ?? value);
    throw new InputError(
      `run: parameter ${name} must be of type ${typeText}, got ${got} (notebook ${notebook})`,
    );
  }
  if (range !== undefined && !isWithin(value, range)) {
    throw new InputError(
      `run: parameter ${name} must be from ${range[0]} to ${range[1]}, got ${JSON.stringify(value)} (notebook ${notebook})`,
    );
  }
  return value;
}

function isWithin(value: ParameterValue, range: readonly [number, number]): boolean {
  if (typeof value === "number") return value >= range[0] && value <= range[1];
  return !Array.isArray(value) || value.every((item) => isWithin(item, range));
}

function isText(value: ParameterValue | ParameterText): value is ParameterText {
  return typeof value === "object" && value !== null && "text" in value;
}

/** Text that the type takes as it is stays text; otherwise it is read as JSON. */
function parseText(text: string, type: ParameterType): unknown {
  if (admits(type, text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The notebook with its new values in a cell of their own, right after the declared ones and with the same
 * types: a bare `const k = 6` would make the compiler refuse `if (k === 4)`. An older such cell is left out.
 */
export function injectValues(
  notebook: Notebook,
  declared: readonly Parameter[],
  values: ReadonlyMap<string, ParameterValue>,
): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  if (values.size === 0) return { ...notebook, cells };
  const lines = declared.flatMap(({ name, typeText }) => {
    const value = values.get(name);
    return value === undefined ? [] : [`const ${name}: ${typeText} = ${JSON.stringify(value)};`];
  });
  const position = cells.findIndex((cell) => cell.cell_type === "code" && hasTag(cell, "parameters"));
  const injected: NotebookCell = {
    cell_type: "code",
    id: freeId(cells),
    metadata: { tags: ["injected-parameters"] },
    source: ["// Parameters", ...lines].join("\n"),
    outputs: [],
    execution_count: null,
  };
  return { ...notebook, cells: [...cells.slice(0, position + 1), injected, ...cells.slice(position + 1)] };
}

function freeId(cells: readonly NotebookCell[]): string {
  let id = "injected-parameters";
  while (cells.some((cell) => cell.id === id)) id = `${id}-1`;
  return id;
}
