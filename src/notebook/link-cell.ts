import type * as TypeScript from "@tslab/typescript-for-tslab";
import { applyEdits, type Edit } from "./cell-source.js";
import { loadTypeScript } from "./load-typescript.js";
import { composeFinders, type PlaceFinder, readMappings } from "./source-map.js";

/** Code that can be evaluated as the body of a function of `exports` and `require`. */
export interface LinkedCode {
  readonly code: string;
  /** From a place in the code to a place in what the compiler read; read only when it is asked. */
  readonly findPlace: PlaceFinder;
}

/** The code of a cell. */
export interface LinkedCell extends LinkedCode {
  /** The variables, functions, classes and imports that the cell declares. */
  readonly names: readonly string[];
  /** Whether it awaits outside of functions. */
  readonly isAsync: boolean;
}

const mapComment = "\n//# sourceMappingURL=data:application/json;base64,";
const added = "export ";

/** Turns what the compiler made of a file (an ES module that ends with its source map) into code that can be evaluated. */
export function linkModule(compiled: string): LinkedCode {
  const { text, map } = splitMap(compiled);
  return link(text, map, { shifted: new Set(), after: [] });
}

/**
 * Does the same for a cell, whose variables live on `exports`.
 *
 * A variable is declared by `export let`, not in a list at the end: functions of the cell then read what `exports` holds when
 * they run, also after a later cell has given the name another value. What is imported becomes a variable like the others.
 */
export function linkCell(compiled: string): LinkedCell {
  const ts = loadTypeScript();
  const { text, map } = splitMap(compiled);
  const source = ts.createSourceFile("cell.js", text, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
  const { text: exported, shifted, names } = exportInPlace(ts, source);
  const linked = link(exported, map, { shifted, after: [variablesFromImports(ts)] });
  return { ...linked, names, isAsync: awaits(ts, source) };
}

function splitMap(compiled: string): { readonly text: string; readonly map: string } {
  const end = compiled.lastIndexOf(mapComment);
  const map = Buffer.from(compiled.slice(end + mapComment.length), "base64").toString();
  return { text: compiled.slice(0, end), map };
}

interface LinkOptions {
  /** Lines that begin with `export `, which the compiler did not write. */
  readonly shifted: ReadonlySet<number>;
  readonly after: TypeScript.TransformerFactory<TypeScript.SourceFile>[];
}

function link(text: string, map: string, { shifted, after }: LinkOptions): LinkedCode {
  const ts = loadTypeScript();
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: "cell.js",
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      target: ts.ScriptTarget.ES2022,
      newLine: ts.NewLineKind.LineFeed,
      noImplicitUseStrict: true,
      sourceMap: true,
    },
    transformers: { after },
  });
  let finder: PlaceFinder | undefined;
  const read = (): PlaceFinder => {
    const compiled = mappingsOf(map);
    const unshifted: PlaceFinder = ({ line, column }) =>
      compiled({ line, column: shifted.has(line) ? Math.max(0, column - added.length) : column });
    return composeFinders(mappingsOf(sourceMapText ?? "{}"), unshifted);
  };
  return {
    code: outputText.slice(0, outputText.lastIndexOf("//# sourceMappingURL=")),
    findPlace: (place) => {
      finder ??= read();
      return finder(place);
    },
  };
}

function mappingsOf(map: string): PlaceFinder {
  return readMappings((JSON.parse(map) as { mappings?: string }).mappings ?? "");
}

interface ExportedText {
  readonly text: string;
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
