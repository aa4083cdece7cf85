import { dayNumber } from "../core/calendar-day.js";
import { didYouMean, listForMessage } from "../core/check.js";
import {
  describeType,
  isListType,
  optionsOf,
  type ParameterMember,
  type ParameterType,
  type ParameterValue,
} from "./parameter-type.js";

/** Why a value cannot be taken. */
export interface ValueProblem {
  /** Behind the parameter's name: empty, `.low` or `[2]`. */
  readonly path: string;
  /** After "must". */
  readonly must: string;
  readonly got: string;
  /** A sentence with the full stop before it, or empty. */
  readonly hint: string;
}

/** The first thing that keeps a value from being of a type; undefined if it is. Numbers must be finite. */
export function findProblem(
  type: ParameterType,
  value: unknown,
  path: string = "",
): ValueProblem | undefined {
  switch (type.kind) {
    case "array":
      if (!Array.isArray(value)) return wrongType(type, value, path);
      return firstOf(value.map((item, i) => () => findProblem(type.item, item, `${path}[${i}]`)));
    case "tuple":
      return findTupleProblem(type.items, value, path);
    case "object":
      return findObjectProblem(type.members, value, path);
    case "record":
      if (!isPlainObject(value)) return wrongType(type, value, path);
      return firstOf(
        Object.entries(value).map(
          ([name, item]) =>
            () =>
              findProblem(type.item, item, `${path}.${name}`),
        ),
      );
    case "union":
      return findUnionProblem(type, value, path);
    case "literal":
      return value === type.value ? undefined : wrongType(type, value, path);
    case "date":
      if (typeof value === "string" && dayNumber(value) !== undefined) return undefined;
      return { path, must: "be a day of the calendar such as 2026-03-31", got: describeGot(value), hint: "" };
    case "number":
      return Number.isFinite(value) ? undefined : wrongType(type, value, path);
    default:
      return typeof value === type.kind ? undefined : wrongType(type, value, path);
  }
}

/** True if the type admits the value. */
export function admits(type: ParameterType, value: unknown): value is ParameterValue {
  return findProblem(type, value) === undefined;
}

/** A value in a message: as JSON, and not at length. */
export function describeGot(value: unknown): string {
  const text = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "nothing");
  if (text.length <= 60) return text;
  return typeof value === "string" ? `${text.slice(0, 60)}…"` : `${text.slice(0, 60)}…`;
}

function wrongType(type: ParameterType, value: unknown, path: string): ValueProblem {
  const isLong = typeof value === "bigint" && optionsOf(type).some(({ kind }) => kind === "number");
  const must = isLong ? "have so few digits that a number holds it" : `be of type ${describeType(type)}`;
  const wantsText = optionsOf(type).some(({ kind }) => kind === "string");
  const isBare = wantsText && ["number", "boolean", "bigint"].includes(typeof value);
  return { path, must, got: describeGot(value), hint: isBare ? ". Put it in quotes" : "" };
}

function findTupleProblem(
  items: readonly ParameterType[],
  value: unknown,
  path: string,
): ValueProblem | undefined {
  if (!Array.isArray(value)) return wrongType({ kind: "tuple", items }, value, path);
  if (value.length !== items.length)
    return { path, must: `have ${items.length} values`, got: `${value.length}`, hint: "" };
  return firstOf(items.map((item, i) => () => findProblem(item, value[i], `${path}[${i}]`)));
}

function findObjectProblem(
  members: readonly ParameterMember[],
  value: unknown,
  path: string,
): ValueProblem | undefined {
  if (!isPlainObject(value)) return wrongType({ kind: "object", members }, value, path);
  const names = members.map(({ name }) => name);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined)
    return {
      path,
      must: `have no members but ${listForMessage(names) || "none"}`,
      got: JSON.stringify(unknown),
      hint: didYouMean(unknown, names),
    };
  return firstOf(
    members.map((member) => () => {
      const at = `${path}.${member.name}`;
      if (Object.hasOwn(value, member.name)) return findProblem(member.type, value[member.name], at);
      return member.isOptional ? undefined : { path: at, must: "be given", got: "nothing", hint: "" };
    }),
  );
}

function findUnionProblem(
  type: ParameterType & { readonly kind: "union" },
  value: unknown,
  path: string,
): ValueProblem | undefined {
  const options = optionsOf(type);
  if (options.some((option) => admits(option, value))) return undefined;
  // Where only one option has the value's shape, its own complaint says more than the list of options.
  const alike = options.filter((option) =>
    Array.isArray(value)
      ? isListType(option)
      : isPlainObject(value) && (option.kind === "object" || option.kind === "record"),
  );
  if (alike.length === 1) return findProblem(alike[0]!, value, path);
  const literals = options.flatMap((option) => (option.kind === "literal" ? [option.value] : []));
  if (literals.length < options.length) return wrongType(type, value, path);
  return notAmong(literals, value, path);
}

/** The value is none of those that may be chosen. */
export function notAmong(choices: readonly ParameterValue[], value: unknown, path: string): ValueProblem {
  const words = choices.filter((choice) => typeof choice === "string");
  return {
    path,
    must: `be one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`,
    got: describeGot(value),
    hint: typeof value === "string" ? didYouMean(value, words) : "",
  };
}

function firstOf(checks: readonly (() => ValueProblem | undefined)[]): ValueProblem | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
