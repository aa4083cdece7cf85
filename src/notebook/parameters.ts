import type * as TypeScript from "@tslab/typescript-for-tslab";
import { InputError } from "../core/errors.js";
import { loadTypeScript } from "./load-typescript.js";
import { hasTag, type Notebook } from "./notebook.js";
import { readNotebook } from "./notebook-file.js";
import {
  admits,
  describeType,
  literalValue,
  type ParameterType,
  type ParameterValue,
  typeOfAnnotation,
  typeOfValue,
} from "./parameter-type.js";

/** A parameter that a notebook declares in its cell tagged `parameters`. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** The type as it is written. */
  readonly typeText: string;
  readonly defaultValue: ParameterValue;
  /** From the comment behind it, such as `days` in `// days, 1 to 365; how far back`; empty if there is none. */
  readonly unit: string;
  /** Smallest and largest value, from the same comment. */
  readonly range?: readonly [number, number];
  readonly meaning: string;
}

/**
 * The parameters of a notebook file, in order; none if no cell is tagged `parameters`.
 * @throws {@link InputError} as {@link readNotebook} and {@link readParameters}.
 */
export function inspectNotebook(path: string): readonly Parameter[] {
  return readParameters(readNotebook(path), path);
}

/**
 * The parameters of a notebook. Their cell may hold nothing but constants with literal values: whatever is
 * computed from a parameter in the same cell would not follow a new value.
 * @param name - What messages call the notebook.
 * @throws {@link InputError} for anything else in the cell, with the line.
 */
export function readParameters(notebook: Notebook, name: string): readonly Parameter[] {
  const position = notebook.cells.findIndex(
    (cell) => cell.cell_type === "code" && hasTag(cell, "parameters"),
  );
  const cell = notebook.cells[position];
  if (cell === undefined) return [];
  const ts = loadTypeScript();
  const source = ts.createSourceFile("parameters.ts", cell.source, ts.ScriptTarget.ES2022, true);
  const found = new Map<string, Parameter>();
  for (const statement of source.statements) {
    const refuse = (requirement: string, got: string): never => {
      const line = source.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
      throw new InputError(
        `readParameters: ${requirement}, got ${got} at ${name}, cell ${position + 1} (tagged parameters), line ${line}`,
      );
    };
    if (!ts.isVariableStatement(statement)) {
      refuse(
        "the cell must hold only declarations such as const seed: number = 7",
        statement.getText().slice(0, 40),
      );
      continue;
    }
    for (const declaration of statement.declarationList.declarations) {
      const parameter = readDeclaration(declaration, readComment(source, statement), refuse);
      if (found.has(parameter.name)) refuse("names must be unique", `${parameter.name} twice`);
      found.set(parameter.name, parameter);
    }
  }
  return [...found.values()];
}

type Refuse = (requirement: string, got: string) => never;

function readDeclaration(
  { name, type: annotation, initializer }: TypeScript.VariableDeclaration,
  comment: string,
  refuse: Refuse,
): Parameter {
  const label = name.getText();
  const defaultValue = initializer && literalValue(initializer);
  if (defaultValue === undefined) {
    return refuse(`the value of ${label} must be a literal`, initializer?.getText().slice(0, 40) ?? "none");
  }
  const type = annotation === undefined ? typeOfValue(defaultValue) : typeOfAnnotation(annotation);
  if (type === undefined) {
    const allowed = 'string, number, boolean, a list of them or a choice such as "a" | "b"';
    return refuse(`the type of ${label} must be ${allowed}`, annotation?.getText() ?? "none");
  }
  const typeText = annotation?.getText() ?? describeType(type);
  if (!admits(type, defaultValue))
    refuse(`the value of ${label} must be of type ${typeText}`, JSON.stringify(defaultValue));
  return { name: label, type, typeText, defaultValue, ...parseComment(comment) };
}

function readComment(source: TypeScript.SourceFile, statement: TypeScript.Statement): string {
  const [range] = loadTypeScript().getTrailingCommentRanges(source.text, statement.end) ?? [];
  return range === undefined
    ? ""
    : source.text
        .slice(range.pos, range.end)
        .replace(/^\/[/*]+\s*|\s*\*\/$/g, "")
        .trim();
}

/** `unit, low to high; meaning`: each part may be missing; without a semicolon the words are the meaning. */
function parseComment(comment: string): Pick<Parameter, "unit" | "range" | "meaning"> {
  const cut = comment.indexOf(";");
  const head = cut < 0 ? comment : comment.slice(0, cut);
  const meaning = cut < 0 ? comment : comment.slice(cut + 1).trim();
  const number = "-?\\d+(?:\\.\\d+)?";
  const match = new RegExp(`(${number})\\s*(?:to|…|\\.\\.)\\s*(${number})`).exec(head);
  const unit = cut < 0 ? "" : head.replace(match?.[0] ?? "", "").replace(/^[\s,]+|[\s,]+$/g, "");
  return {
    unit,
    meaning,
    ...(match === null ? {} : { range: [Number(match[1]), Number(match[2])] as const }),
  };
}
