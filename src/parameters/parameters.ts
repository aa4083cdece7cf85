import type * as TypeScript from "@tslab/typescript-for-tslab";
import { InputError } from "../core/errors.js";
import { loadTypeScript } from "../notebook/load-typescript.js";
import { hasTag, type Notebook } from "../notebook/notebook.js";
import { readNotebook } from "../notebook/notebook-file.js";
import type { Parameter } from "./parameter.js";
import { readDeclaration } from "./parameter-declaration.js";

/**
 * The parameters of a notebook file, in order; none if no cell is tagged `parameters`.
 * @throws {@link InputError} as {@link readNotebook} and {@link readParameters}.
 */
export function inspectNotebook(path: string): readonly Parameter[] {
  return readParameters(readNotebook(path), path);
}

/**
 * The parameters of a notebook. Their cell may hold nothing but declarations with literal values: whatever is
 * computed from a parameter in the same cell would not follow a new value.
 * @param name - What messages call the notebook.
 * @throws {@link InputError} for anything else in the cell, with the line and what to do.
 */
export function readParameters(notebook: Notebook, name: string): readonly Parameter[] {
  const positions = notebook.cells.flatMap((cell, i) =>
    cell.cell_type === "code" && hasTag(cell, "parameters") ? [i] : [],
  );
  const [position] = positions;
  if (position === undefined) return [];
  if (positions.length > 1)
    throw new InputError(
      `readParameters: one cell must be tagged parameters, got cells ${positions.map((i) => i + 1).join(", ")} at ${name}`,
    );
  return parseParameters(
    notebook.cells[position]!.source,
    `${name}, cell ${position + 1} (tagged parameters)`,
  );
}

function parseParameters(code: string, place: string): readonly Parameter[] {
  const ts = loadTypeScript();
  const source = ts.createSourceFile("parameters.ts", code, ts.ScriptTarget.ES2022, true);
  const refuseAt =
    (offset: number) =>
    (requirement: string, got: string, hint: string = ""): never => {
      const line = source.getLineAndCharacterOfPosition(offset).line + 1;
      const [firstLine] = got.split("\n");
      throw new InputError(
        `readParameters: ${requirement}, got ${firstLine!.slice(0, 40)} at ${place}, line ${line}${hint}`,
      );
    };
  checkSyntax(source, refuseAt);
  const found = new Map<string, Parameter>();
  for (const statement of source.statements) {
    const refuse = refuseAt(statement.getStart());
    if (!ts.isVariableStatement(statement)) return refuseStatement(statement, refuse);
    if (statement.modifiers?.length)
      refuse("a declaration must begin with const or let", statement.getText());
    for (const declaration of statement.declarationList.declarations) {
      const parameter = readDeclaration(declaration, refuseAt(declaration.getStart()));
      if (found.has(parameter.name)) refuse("names must be unique", `${parameter.name} twice`);
      found.set(parameter.name, parameter);
    }
  }
  return [...found.values()];
}

type RefuseAt = (offset: number) => (requirement: string, got: string, hint?: string) => never;

/** The parser's own findings are no part of its public types. */
function checkSyntax(source: TypeScript.SourceFile, refuseAt: RefuseAt): void {
  const { parseDiagnostics = [] } = source as {
    readonly parseDiagnostics?: readonly TypeScript.DiagnosticWithLocation[];
  };
  const [problem] = parseDiagnostics;
  if (problem === undefined) return;
  const said = loadTypeScript().flattenDiagnosticMessageText(problem.messageText, " ");
  refuseAt(problem.start)("the cell must be valid TypeScript", JSON.stringify(said.replace(/\.$/, "")));
}

function refuseStatement(
  statement: TypeScript.Statement,
  refuse: (requirement: string, got: string, hint?: string) => never,
): never {
  const ts = loadTypeScript();
  const assigns =
    ts.isExpressionStatement(statement) &&
    ts.isBinaryExpression(statement.expression) &&
    isAssignment(statement.expression.operatorToken.getText());
  const reason = assigns
    ? "a parameter must keep its value, since a new one stands in a cell behind this one"
    : "the cell must hold only declarations such as const seed: number = 7";
  return refuse(reason, statement.getText(), ". Move it to the next cell");
}

function isAssignment(operator: string): boolean {
  return operator.endsWith("=") && !/^[!=<>]=/.test(operator);
}
