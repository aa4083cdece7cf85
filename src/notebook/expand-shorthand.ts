import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * Writes `{ name }` as `{ name: name }` in a cell.
 *
 * tslab finds variables of earlier cells by rewriting identifiers, and forgets those that are a property's name and value at
 * once: `{ name }` compiles and then fails with "name is not defined". Lines stay where they are.
 */
export function expandShorthand(ts: typeof TypeScript, code: string): string {
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  const names: TypeScript.Identifier[] = [];
  const collect = (node: TypeScript.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) names.push(node.name);
    ts.forEachChild(node, collect);
  };
  collect(source);
  return names.reduceRight(
    (text, name) => `${text.slice(0, name.end)}: ${name.text}${text.slice(name.end)}`,
    code,
  );
}
