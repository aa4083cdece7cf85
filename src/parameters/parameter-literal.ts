import type * as TypeScript from "@tslab/typescript-for-tslab";
import { dayNumber } from "../core/calendar-day.js";
import { loadTypeScript } from "../notebook/load-typescript.js";
import { describeType, type ParameterType, type ParameterValue } from "./parameter-type.js";

/** A value that stands in a cell, with the type that it has by itself. */
export interface Literal {
  readonly value: ParameterValue;
  readonly type: ParameterType;
}

/** Called with the expression that is no literal, and what is wrong with it. Throws. */
export type RefuseLiteral = (reason: string, got: string) => never;

/**
 * The value of an expression that is written out: text, number, true, false, null, `new Date("2026-03-31")`, and lists and
 * objects of them. Anything that has to be computed is refused: it would not follow a new value.
 */
export function readLiteral(node: TypeScript.Expression, refuse: RefuseLiteral): Literal {
  const ts = loadTypeScript();
  if (ts.isParenthesizedExpression(node)) return readLiteral(node.expression, refuse);
  if (ts.isAsExpression(node) && node.type.getText() === "const") return readLiteral(node.expression, refuse);
  if (ts.isStringLiteralLike(node)) return { value: node.text, type: { kind: "string" } };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true, type: { kind: "boolean" } };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false, type: { kind: "boolean" } };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null, type: { kind: "literal", value: null } };
  if (ts.isNewExpression(node)) return readDate(node, refuse);
  if (ts.isArrayLiteralExpression(node)) return readList(node, refuse);
  if (ts.isObjectLiteralExpression(node)) return readObject(node, refuse);
  return readNumber(node, refuse);
}

function readNumber(node: TypeScript.Expression, refuse: RefuseLiteral): Literal {
  const ts = loadTypeScript();
  const isSigned = ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand);
  const sign = isSigned && node.operator === ts.SyntaxKind.MinusToken ? -1 : 1;
  const isPlain = isSigned && (sign === -1 || node.operator === ts.SyntaxKind.PlusToken);
  const digits = isPlain ? node.operand : node;
  if (!ts.isNumericLiteral(digits)) return refuse(reasonAgainst(node), node.getText());
  const value = sign * Number(digits.text);
  if (!Number.isFinite(value)) return refuse("must be a finite number", node.getText());
  return { value, type: { kind: "number" } };
}

function readDate(node: TypeScript.NewExpression, refuse: RefuseLiteral): Literal {
  const [day, ...more] = node.arguments ?? [];
  const isDay = day !== undefined && loadTypeScript().isStringLiteralLike(day) && more.length === 0;
  if (node.expression.getText() !== "Date" || !isDay || dayNumber(day.text) === undefined)
    return refuse('must be a day of the calendar such as new Date("2026-03-31")', node.getText());
  return { value: day.text, type: { kind: "date" } };
}

function readList(node: TypeScript.ArrayLiteralExpression, refuse: RefuseLiteral): Literal {
  const literals = node.elements.map((element) => readLiteral(element, refuse));
  const kinds = new Map(literals.map(({ type }) => [describeType(type), type]));
  const options = [...kinds.values()];
  const item: ParameterType = options.length === 1 ? options[0]! : { kind: "union", options };
  return { value: literals.map(({ value }) => value), type: { kind: "array", item } };
}

function readObject(node: TypeScript.ObjectLiteralExpression, refuse: RefuseLiteral): Literal {
  const ts = loadTypeScript();
  const members = node.properties.map((property) => {
    const { name } = property;
    if (name === undefined || !ts.isPropertyAssignment(property))
      return refuse("must be a literal with every member written as name: value", property.getText());
    if (!ts.isIdentifier(name) && !ts.isStringLiteral(name))
      return refuse("must be a literal with plain member names", name.getText());
    return { name: name.text, ...readLiteral(property.initializer, refuse) };
  });
  return {
    value: Object.fromEntries(members.map(({ name, value }) => [name, value])),
    type: {
      kind: "object",
      members: members.map(({ name, type }) => ({ name, type, isOptional: false })),
    },
  };
}

function reasonAgainst(node: TypeScript.Expression): string {
  const ts = loadTypeScript();
  if (ts.isSpreadElement(node)) return "must be a literal with every item written out";
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return "must be a literal with its type behind the name";
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return "must be a literal, not a function";
  if (ts.isBigIntLiteral(node)) return "must be a number without n";
  return "must be a literal, since what is computed here does not follow a new value";
}
