/** A value that a parameter can have, as JSON writes it; a `Date` is the text of its day, such as `2026-03-31`. */
export type ParameterValue =
  | string
  | number
  | boolean
  | null
  | readonly ParameterValue[]
  | { readonly [member: string]: ParameterValue };

/** A declared type, as far as parameters may use types. */
export type ParameterType =
  | { readonly kind: "string" | "number" | "boolean" | "date" }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "array"; readonly item: ParameterType }
  | { readonly kind: "tuple"; readonly items: readonly ParameterType[] }
  | { readonly kind: "object"; readonly members: readonly ParameterMember[] }
  | { readonly kind: "record"; readonly item: ParameterType }
  | { readonly kind: "union"; readonly options: readonly ParameterType[] };

/** A member of an object type. */
export interface ParameterMember {
  readonly name: string;
  readonly type: ParameterType;
  readonly isOptional: boolean;
}

/** The type as TypeScript writes it, on one line. */
export function describeType(type: ParameterType): string {
  switch (type.kind) {
    case "literal":
      return JSON.stringify(type.value);
    case "array":
      return type.item.kind === "union" ? `(${describeType(type.item)})[]` : `${describeType(type.item)}[]`;
    case "tuple":
      return `[${type.items.map(describeType).join(", ")}]`;
    case "object":
      return `{ ${type.members.map(describeMember).join("; ")} }`;
    case "record":
      return `Record<string, ${describeType(type.item)}>`;
    case "union":
      return type.options.map(describeType).join(" | ");
    case "date":
      return "Date";
    default:
      return type.kind;
  }
}

function describeMember({ name, type, isOptional }: ParameterMember): string {
  return `${writeMemberName(name)}${isOptional ? "?" : ""}: ${describeType(type)}`;
}

/** A member's name as it stands in TypeScript: in quotes unless it is one word. */
export function writeMemberName(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name);
}

/** The types that a value can have: the options of a union, however deep, or the type itself. */
export function optionsOf(type: ParameterType): readonly ParameterType[] {
  return type.kind === "union" ? type.options.flatMap(optionsOf) : [type];
}

/** True if a value may be a list: then commas part its items and not several values. */
export function isListType(type: ParameterType): boolean {
  return optionsOf(type).some(({ kind }) => kind === "array" || kind === "tuple");
}

/** True if `kind` stands anywhere in the type. */
export function holdsKind(type: ParameterType, kind: ParameterType["kind"]): boolean {
  if (type.kind === kind) return true;
  switch (type.kind) {
    case "array":
    case "record":
      return holdsKind(type.item, kind);
    case "tuple":
      return type.items.some((item) => holdsKind(item, kind));
    case "object":
      return type.members.some((member) => holdsKind(member.type, kind));
    case "union":
      return type.options.some((option) => holdsKind(option, kind));
    default:
      return false;
  }
}
