import { hasTag, type Notebook, type NotebookCell } from "../notebook/notebook.js";
import type { Parameter } from "./parameter.js";
import { admits } from "./parameter-problem.js";
import { optionsOf, type ParameterType, type ParameterValue, writeMemberName } from "./parameter-type.js";
import type { Secrets } from "./parameter-values.js";

/** What a notebook's parameters are set to. */
export interface NewValues {
  readonly values: ReadonlyMap<string, ParameterValue>;
  /** Those that are there; their values stay outside the notebook. */
  readonly secrets: Secrets;
}

/**
 * The notebook with its new values in a cell of their own, right after the declared ones and with the same
 * types: a bare `const k = 6` would make the compiler refuse `if (k === 4)`. A secret is read from the environment when the cell
 * runs. An older such cell is left out.
 */
export function injectValues(
  notebook: Notebook,
  declared: readonly Parameter[],
  { values, secrets }: NewValues,
): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  const lines = declared.flatMap((parameter) => {
    const { name, keyword, type, typeText, secretFrom } = parameter;
    const value = values.get(name);
    const isSecret = secretFrom !== undefined && secrets.has(secretFrom);
    if (isSecret) return [`${keyword} ${name}: ${typeText} = process.env.${secretFrom} ?? "";`];
    return value === undefined ? [] : [`${keyword} ${name}: ${typeText} = ${writeLiteral(type, value)};`];
  });
  if (lines.length === 0) return { ...notebook, cells };
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

/** A value as TypeScript writes it. */
export function writeLiteral(type: ParameterType, value: ParameterValue): string {
  const option = optionsOf(type).find((one) => admits(one, value));
  if (option?.kind === "date") return `new Date(${JSON.stringify(value)})`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const itemAt = (i: number): ParameterType =>
      (option?.kind === "tuple" ? option.items[i] : itemOf(option)) ?? anything;
    return `[${value.map((item, i) => writeLiteral(itemAt(i), item)).join(", ")}]`;
  }
  const members = Object.entries(value).map(([name, member]) => {
    const declared = option?.kind === "object" ? option.members.find((one) => one.name === name) : undefined;
    // Written plainly, this one name would set the prototype.
    const key = name === "__proto__" ? '["__proto__"]' : writeMemberName(name);
    return `${key}: ${writeLiteral(declared?.type ?? itemOf(option) ?? anything, member)}`;
  });
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** No option: the value is written as JSON writes it. */
const anything: ParameterType = { kind: "union", options: [] };

function itemOf(type: ParameterType | undefined): ParameterType | undefined {
  return type?.kind === "array" || type?.kind === "record" ? type.item : undefined;
}

function freeId(cells: readonly NotebookCell[]): string {
  let id = "injected-parameters";
  while (cells.some((cell) => cell.id === id)) id = `${id}-1`;
  return id;
}
