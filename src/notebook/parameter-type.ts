import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "./load-typescript.js";

/** A value that a parameter can have. */
export type ParameterValue = string | number | boolean | null | readonly ParameterValue[];

/** A declared type, as far as parameters may use types. */
export type ParameterType =
  | { readonly kind: "string" | "number" | "boolean" }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "array"; readonly item: ParameterType }
  | { readonly kind: "tuple"; readonly items: readonly ParameterType[] }
  | { readonly kind: "union"; readonly options: readonly ParameterType[] };

/** The type that an annotation names, or undefined if parameters cannot have it. */
export function typeOfAnnotation(node: TypeScript.TypeNode): ParameterType | undefined {
  const ts = loadTypeScript();
  if (ts.isParenthesizedTypeNode(node)) return typeOfAnnotation(node.type);
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword)
    return typeOfAnnotation(node.type);
  if (ts.isArrayTypeNode(node)) {
    const item = typeOfAnnotation(node.elementType);
    return item && { kind: "array", item };
  }
  if (ts.isTupleTypeNode(node)) {
    const items = node.elements.map((element) =>
      typeOfAnnotation(ts.isNamedTupleMember(element) ? element.type : element),
    );
    return items.every(isKnown) ? { kind: "tuple", items } : undefined;
  }
  if (ts.isUnionTypeNode(node)) {
    const options = node.types.map(typeOfAnnotation);
    return options.every(isKnown) ? { kind: "union", options } : undefined;
  }
  if (ts.isLiteralTypeNode(node)) {
    const value = literalValue(node.literal);
    return value === undefined || Array.isArray(value)
      ? undefined
      : { kind: "literal", value: value as string };
  }
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { kind: "string" };
    case ts.SyntaxKind.NumberKeyword:
      return { kind: "number" };
    case ts.SyntaxKind.BooleanKeyword:
      return { kind: "boolean" };
    default:
      return undefined;
  }
}

/** The type of a default without an annotation: a mixed list takes what is in it. */
export function typeOfValue(value: ParameterValue): ParameterType {
  if (value === null) return { kind: "literal", value };
  if (typeof value === "string") return { kind: "string" };
  if (typeof value === "number") return { kind: "number" };
  if (typeof value === "boolean") return { kind: "boolean" };
  const items = new Map(value.map((item) => [describeType(typeOfValue(item)), typeOfValue(item)]));
  const options = [...items.values()];
  return { kind: "array", item: options.length === 1 ? options[0]! : { kind: "union", options } };
}

/** The value of a literal expression, or undefined for anything that has to be computed. */
export function literalValue(node: TypeScript.Expression): ParameterValue | undefined {
  const ts = loadTypeScript();
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)) {
    if (node.operator === ts.SyntaxKind.MinusToken) return -Number(node.operand.text);
    if (node.operator === ts.SyntaxKind.PlusToken) return Number(node.operand.text);
  }
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.map(literalValue);
    return items.every(isKnown) ? items : undefined;
  }
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return literalValue(node.expression);
  return undefined;
}

/** True if the type admits the value. Numbers must be finite. */
export function admits(type: ParameterType, value: unknown): value is ParameterValue {
  switch (type.kind) {
    case "literal":
      return value === type.value;
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "array":
      return Array.isArray(value) && value.every((item) => admits(type.item, item));
    case "tuple":
      return (
        Array.isArray(value) &&
        value.length === type.items.length &&
        type.items.every((item, i) => admits(item, value[i]))
      );
    case "union":
      return type.options.some((option) => admits(option, value));
    default:
      return typeof value === type.kind;
  }
}

/** The type as TypeScript writes it. */
export function describeType(type: ParameterType): string {
  switch (type.kind) {
    case "literal":
      return JSON.stringify(type.value);
    case "array":
      return type.item.kind === "union" ? `(${describeType(type.item)})[]` : `${describeType(type.item)}[]`;
    case "tuple":
      return `[${type.items.map(describeType).join(", ")}]`;
    case "union":
      return type.options.length === 0 ? "never" : type.options.map(describeType).join(" | ");
    default:
      return type.kind;
  }
}

function isKnown<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
