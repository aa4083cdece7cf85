import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";
import { optionsOf, type ParameterMember, type ParameterType } from "./parameter-type.js";

/** Called with the part of an annotation that parameters cannot have. Throws. */
export type RefuseType = (part: string) => never;

/** The type that an annotation names. What is declared elsewhere, under a name, cannot be used. */
export function typeOfAnnotation(node: TypeScript.TypeNode, refuse: RefuseType): ParameterType {
  const ts = loadTypeScript();
  const again = (inner: TypeScript.TypeNode): ParameterType => typeOfAnnotation(inner, refuse);
  if (ts.isParenthesizedTypeNode(node)) return again(node.type);
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return again(node.type);
  if (ts.isArrayTypeNode(node)) return { kind: "array", item: again(node.elementType) };
  if (ts.isTupleTypeNode(node)) {
    const items = node.elements.map((element) =>
      again(ts.isNamedTupleMember(element) && !element.questionToken ? element.type : element),
    );
    return { kind: "tuple", items };
  }
  if (ts.isUnionTypeNode(node)) return typeOfUnion(node, refuse);
  if (ts.isLiteralTypeNode(node)) return typeOfLiteral(node, refuse);
  if (ts.isTypeLiteralNode(node))
    return { kind: "object", members: node.members.map((member) => memberOf(member, refuse)) };
  if (ts.isTypeReferenceNode(node)) return typeOfReference(node, refuse);
  if (node.kind === ts.SyntaxKind.StringKeyword) return { kind: "string" };
  if (node.kind === ts.SyntaxKind.NumberKeyword) return { kind: "number" };
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return { kind: "boolean" };
  return refuse(node.getText());
}

/** A day is given as text, so nothing could tell it from text. */
function typeOfUnion(node: TypeScript.UnionTypeNode, refuse: RefuseType): ParameterType {
  const type: ParameterType = {
    kind: "union",
    options: node.types.map((option) => typeOfAnnotation(option, refuse)),
  };
  const options = optionsOf(type);
  const isText = options.some(
    (option) => option.kind === "string" || (option.kind === "literal" && typeof option.value === "string"),
  );
  return isText && options.some(({ kind }) => kind === "date") ? refuse(node.getText()) : type;
}

function typeOfLiteral(node: TypeScript.LiteralTypeNode, refuse: RefuseType): ParameterType {
  const ts = loadTypeScript();
  const { literal } = node;
  if (ts.isStringLiteralLike(literal)) return { kind: "literal", value: literal.text };
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return { kind: "literal", value: true };
  if (literal.kind === ts.SyntaxKind.FalseKeyword) return { kind: "literal", value: false };
  if (literal.kind === ts.SyntaxKind.NullKeyword) return { kind: "literal", value: null };
  const number = Number(literal.getText().replaceAll("_", ""));
  return Number.isFinite(number) ? { kind: "literal", value: number } : refuse(node.getText());
}

function memberOf(member: TypeScript.TypeElement, refuse: RefuseType): ParameterMember {
  const ts = loadTypeScript();
  if (!ts.isPropertySignature(member) || member.type === undefined) return refuse(member.getText());
  if (!ts.isIdentifier(member.name) && !ts.isStringLiteral(member.name)) return refuse(member.getText());
  return {
    name: member.name.text,
    type: typeOfAnnotation(member.type, refuse),
    isOptional: member.questionToken !== undefined,
  };
}

/** `Date`, `Array<T>`, `ReadonlyArray<T>`, `Readonly<T>` and `Record<string, T>`. */
function typeOfReference(node: TypeScript.TypeReferenceNode, refuse: RefuseType): ParameterType {
  const name = node.typeName.getText();
  const [first, second] = node.typeArguments ?? [];
  if (first === undefined) return name === "Date" ? { kind: "date" } : refuse(node.getText());
  if (name === "Array" || name === "ReadonlyArray")
    return { kind: "array", item: typeOfAnnotation(first, refuse) };
  if (name === "Readonly") return typeOfAnnotation(first, refuse);
  if (name === "Record" && second !== undefined && first.getText() === "string")
    return { kind: "record", item: typeOfAnnotation(second, refuse) };
  return refuse(node.getText());
}
