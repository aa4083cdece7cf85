import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";

/** What code names that is not its own. */
export interface NamedInCode {
  /** What it imports or requires, as written. */
  readonly imports: readonly string[];
  /** Whether it imports under a name that is made up while it runs. */
  readonly importsUnknown: boolean;
  /** Its texts; one that is put together while it runs as it is written. */
  readonly texts: readonly string[];
  /** Names that are used as values; `Date` and `Math` only where they may read the clock or draw at random, the latter as `Math.random`. */
  readonly outer: ReadonlySet<string>;
}

interface Found {
  readonly imports: string[];
  importsUnknown: boolean;
  readonly texts: string[];
  readonly outer: Set<string>;
}

/** Reads the names in TypeScript or JavaScript; comments count for nothing. Code that does not compile is read as far as it goes. */
export function readCodeNames(code: string): NamedInCode {
  const ts = loadTypeScript();
  const source = ts.createSourceFile("code.ts", code, ts.ScriptTarget.Latest, true);
  const found: Found = { imports: [], importsUnknown: false, texts: [], outer: new Set() };
  const visit = (node: TypeScript.Node): void => {
    readNode(node, found);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function readNode(node: TypeScript.Node, found: Found): void {
  const ts = loadTypeScript();
  if (ts.isStringLiteralLike(node)) (isImported(node) ? found.imports : found.texts).push(node.text);
  else if (ts.isTemplateExpression(node)) found.texts.push(node.getText());
  else if (isImport(node) && !ts.isStringLiteralLike(node.arguments[0] ?? node)) found.importsUnknown = true;
  else if (ts.isIdentifier(node)) readName(node, found);
}

/** The text of an import, not of an argument beside it. */
function isImported(text: TypeScript.Node): boolean {
  const ts = loadTypeScript();
  const { parent } = text;
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isExternalModuleReference(parent) ||
    (isImport(parent) && parent.arguments[0] === text)
  );
}

function isImport(node: TypeScript.Node): node is TypeScript.CallExpression {
  const ts = loadTypeScript();
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === "require")
  );
}

function readName(name: TypeScript.Identifier, { outer }: Found): void {
  const ts = loadTypeScript();
  const { parent, text } = name;
  if (isMemberName(name) || ts.isTypeReferenceNode(parent)) return;
  if (text === "Date" && isGivenDate(parent)) return;
  if (text === "Math" && ts.isPropertyAccessExpression(parent) && parent.name.text !== "random") return;
  if (text === "require") {
    if (!isImport(parent)) outer.add("module");
  } else outer.add(text === "Math" ? "Math.random" : text);
}

/** Names a member of an object, a type or a class, whatever else has that name. */
function isMemberName(name: TypeScript.Identifier): boolean {
  const ts = loadTypeScript();
  const { parent } = name;
  const isMember =
    ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent);
  return isMember && parent.name === name;
}

/** A day that the code itself tells: `new Date("2026-03-31")`, `Date.UTC(2026, 2, 31)`. */
function isGivenDate(parent: TypeScript.Node): boolean {
  const ts = loadTypeScript();
  if (ts.isNewExpression(parent)) return (parent.arguments?.length ?? 0) > 0;
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text !== "now";
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
}
