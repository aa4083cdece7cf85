import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";
import { applyEdits, type Edit } from "./cell-source.js";
import { type LinkedCode, linkCode, readCompiled } from "./link-code.js";
import type { PlaceFinder } from "./source-map.js";

/** The code of a cell. */
export interface LinkedCell extends LinkedCode {
  /** The variables, functions, classes and imports that the cell declares. */
  readonly names: readonly string[];
  /** Whether it awaits outside of functions. */
  readonly isAsync: boolean;
}

const added = "export ";

/**
 * Turns what the compiler made of a cell into code that can be evaluated; the variables of a notebook live on `exports`.
 *
 * A variable is declared by `export let`, not in a list at the end: functions of the cell then read what `exports` holds when
 * they run, also after a later cell has given the name another value. What is imported becomes a variable like the others.
 */
export function linkCell(output: string): LinkedCell {
  const ts = loadTypeScript();
  const compiled = readCompiled(output);
  const source = ts.createSourceFile(
    "cell.js",
    compiled.text,
    ts.ScriptTarget.ES2022,
    false,
    ts.ScriptKind.JS,
  );
  const { text, shifted, names } = exportInPlace(ts, source);
  const isAsync = awaits(ts, source);
  if (names.length === 0 && isPlain(ts, source))
    return { code: linkPlainCode(ts, source), findPlace: compiled.findPlace, names, isAsync };
  const findPlace: PlaceFinder = ({ line, column }) =>
    compiled.findPlace({ line, column: shifted.has(line) ? Math.max(0, column - added.length) : column });
  return { ...linkCode({ text, findPlace }, [variablesFromImports(ts)]), names, isAsync };
}

function isPlain(ts: typeof TypeScript, source: TypeScript.SourceFile): boolean {
  const isPlainStatement = (statement: TypeScript.Statement): boolean =>
    !ts.isExportAssignment(statement) &&
    !(ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined);
  return !source.text.includes("import") && source.statements.every(isPlainStatement);
}

/** Code that declares and imports nothing needs no compiler, which makes small cells twice as fast; columns stay. */
function linkPlainCode(ts: typeof TypeScript, source: TypeScript.SourceFile): string {
  const edits = source.statements.flatMap((statement): Edit[] => {
    const start = statement.getStart(source);
    if (ts.isExportDeclaration(statement)) return [{ start, end: statement.end, text: "" }];
    if (!ts.isVariableStatement(statement)) return [];
    const end = statement.declarationList.declarations[0]!.name.getStart(source);
    return [{ start, end, text: "exports.".padStart(end - start) }];
  });
  return applyEdits(source.text, edits);
}

interface ExportedText {
  readonly text: string;
  /** Lines that begin with `export `, which the compiler did not write. */
  readonly shifted: ReadonlySet<number>;
  readonly names: readonly string[];
}

/** The list of exports stays for what is not declared at the top: functions, classes, imports, variables of blocks. */
function exportInPlace(ts: typeof TypeScript, source: TypeScript.SourceFile): ExportedText {
  const { text } = source;
  const declared = new Set<string>();
  const names: string[] = [];
  const edits: Edit[] = [];
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement) && statement.modifiers === undefined) {
      for (const { name } of statement.declarationList.declarations) addNames(ts, name, declared);
      const start = statement.getStart(source);
      edits.push({ start, end: start, text: added });
    }
    // tslab writes its list behind everything that it names.
    for (const { name, pos, end } of exportedNames(ts, statement)) {
      names.push(name.text);
      if (declared.has(name.text))
        edits.push({ start: pos, end: text[end] === "," ? end + 1 : end, text: "" });
    }
  }
  const lineOf = (place: number): number => source.getLineAndCharacterOfPosition(place).line;
  const shifted = edits.filter((edit) => edit.text === added).map(({ start }) => lineOf(start));
  return { text: applyEdits(text, edits), shifted: new Set(shifted), names };
}

function awaits(ts: typeof TypeScript, node: TypeScript.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
    return true;
  return ts.forEachChild(node, (child) => awaits(ts, child)) === true;
}

function exportedNames(
  ts: typeof TypeScript,
  statement: TypeScript.Statement,
): readonly TypeScript.ExportSpecifier[] {
  if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) return [];
  return ts.isNamedExports(statement.exportClause) ? statement.exportClause.elements : [];
}

function addNames(ts: typeof TypeScript, name: TypeScript.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(name)) names.add(name.text);
  else
    for (const element of name.elements) if (ts.isBindingElement(element)) addNames(ts, element.name, names);
}

/** `Object.defineProperty(exports, "x", { get: () => module.x })` could not be given another value by a later cell. */
function variablesFromImports(ts: typeof TypeScript): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const { factory } = ts;
  const rewrite = (statement: TypeScript.Statement): TypeScript.Statement => {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return statement;
    const [target, name, description] = statement.expression.arguments;
    if (!target || !ts.isIdentifier(target) || target.text !== "exports") return statement;
    if (!name || !ts.isStringLiteral(name) || !description || !ts.isObjectLiteralExpression(description))
      return statement;
    const value = description.properties.flatMap(returnedBy)[0];
    if (value === undefined) return statement;
    const variable = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name.text);
    return factory.createExpressionStatement(factory.createAssignment(variable, value));
  };
  const returnedBy = (property: TypeScript.ObjectLiteralElementLike): TypeScript.Expression[] => {
    if (!ts.isPropertyAssignment(property) || !ts.isFunctionExpression(property.initializer)) return [];
    const [first] = property.initializer.body.statements;
    return first && ts.isReturnStatement(first) && first.expression ? [first.expression] : [];
  };
  return () => (source) => factory.updateSourceFile(source, source.statements.map(rewrite));
}
