import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";

/** The part of `declarations` that declares names which `keeps` says yes to; types stay as they are asked for, too. */
export function filterDeclarations(declarations: string, keeps: (name: string) => boolean): string {
  const ts = loadTypeScript();
  const source = parseDeclarations(declarations);
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  const print = (node: TypeScript.Statement): string =>
    printer.printNode(ts.EmitHint.Unspecified, node, source);
  return source.statements
    .flatMap((statement) => filterStatement(ts, statement, keeps))
    .map((statement) => `${print(statement)}\n`)
    .join("");
}

/** Names of variables that may well hold undefined although they were reached. */
export function namesThatMayBeUndefined(declarations: string): ReadonlySet<string> {
  const ts = loadTypeScript();
  const names = new Set<string>();
  for (const statement of parseDeclarations(declarations).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, type } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && admitsUndefined(ts, type)) names.add(name.text);
  }
  return names;
}

function parseDeclarations(declarations: string): TypeScript.SourceFile {
  const ts = loadTypeScript();
  return ts.createSourceFile("declarations.d.ts", declarations, ts.ScriptTarget.ES2022, true);
}

function filterStatement(
  ts: typeof TypeScript,
  statement: TypeScript.Statement,
  keeps: (name: string) => boolean,
): TypeScript.Statement[] {
  const { factory } = ts;
  if (ts.isVariableStatement(statement)) {
    const { declarationList: list, modifiers } = statement;
    const kept = list.declarations.filter(({ name }) => !ts.isIdentifier(name) || keeps(name.text));
    if (kept.length === 0) return [];
    const declarations = factory.updateVariableDeclarationList(list, kept);
    return [factory.updateVariableStatement(statement, modifiers, declarations)];
  }
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause && filterImport(ts, statement.importClause, keeps);
    if (clause === undefined) return [];
    const { modifiers, moduleSpecifier, assertClause } = statement;
    return [factory.updateImportDeclaration(statement, modifiers, clause, moduleSpecifier, assertClause)];
  }
  const named = statement as TypeScript.Statement & { readonly name?: TypeScript.Node };
  return named.name === undefined || !ts.isIdentifier(named.name) || keeps(named.name.text)
    ? [statement]
    : [];
}

function filterImport(
  ts: typeof TypeScript,
  clause: TypeScript.ImportClause,
  keeps: (name: string) => boolean,
): TypeScript.ImportClause | undefined {
  const { factory } = ts;
  const name = clause.name && keeps(clause.name.text) ? clause.name : undefined;
  let bindings = clause.namedBindings;
  if (bindings && ts.isNamedImports(bindings)) {
    const kept = bindings.elements.filter((element) => keeps(element.name.text));
    bindings = kept.length === 0 ? undefined : factory.updateNamedImports(bindings, kept);
  } else if (bindings && !keeps(bindings.name.text)) bindings = undefined;
  if (name === undefined && bindings === undefined) return undefined;
  return factory.updateImportClause(clause, clause.isTypeOnly, name, bindings);
}

function admitsUndefined(ts: typeof TypeScript, type: TypeScript.TypeNode | undefined): boolean {
  if (type === undefined) return false;
  if (ts.isUnionTypeNode(type)) return type.types.some((option) => admitsUndefined(ts, option));
  const { AnyKeyword, UnknownKeyword, UndefinedKeyword, VoidKeyword } = ts.SyntaxKind;
  return [AnyKeyword, UnknownKeyword, UndefinedKeyword, VoidKeyword].includes(type.kind);
}
