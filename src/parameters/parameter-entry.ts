import { didYouMean, listForMessage } from "../core/check.js";
import type { Parameter } from "./parameter.js";
import { admits } from "./parameter-problem.js";
import { readText, splitAtCommas } from "./parameter-text.js";
import { isListType, optionsOf, type ParameterMember, type ParameterType } from "./parameter-type.js";

/** What somebody gave for one name, or for a member of an object such as `limits.low`: text after `-p name=`, or a value from a file. */
export type GivenEntry = { readonly name: string } & (
  | { readonly text: string }
  | { readonly value: unknown }
);

/**
 * The values that an entry stands for, read as the declared type: several where commas, or a list in a file, part them.
 *
 * @param problems - Gets a sentence for whatever is wrong.
 */
export function readEntry(
  entry: GivenEntry,
  declared: readonly Parameter[],
  problems: string[],
): readonly unknown[] {
  const type = typeOfEntry(entry.name, declared, problems);
  const refuse = (got: string): readonly unknown[] => {
    problems.push(`parameter ${entry.name} must have a value, got ${got}`);
    return [];
  };
  // Unknown names are named all together where the values are checked; a wrong member has been named by now.
  if (type === undefined) return declares(entry.name, declared) ? [] : [null];
  if ("value" in entry) {
    const { value } = entry;
    if (!Array.isArray(value) || isOneList(type, value)) return [value];
    return value.length === 0 ? refuse("an empty list") : value;
  }
  const parts = splitAtCommas(entry.text);
  const whole = readText(entry.text, type);
  const isOne = isListType(type) && (admits(type, whole) || !parts.every((part) => part.startsWith("[")));
  if (parts.length === 1 || isOne) return [whole];
  if (parts.includes("")) return refuse('nothing between two commas. Write "" for empty text');
  return parts.map((part) => readText(part, type));
}

/** A list in a file is one value for a type of lists, unless it holds nothing but lists and they fit better. */
function isOneList(type: ParameterType, value: readonly unknown[]): boolean {
  if (!isListType(type)) return false;
  return admits(type, value) || value.length === 0 || !value.every(Array.isArray);
}

/** True if a name, or the parameter that it is a member of, is declared. */
export function declares(name: string, declared: readonly Parameter[]): boolean {
  return declared.some((parameter) => parameter.name === name.split(".")[0]);
}

/** The type of a parameter, or of a member; undefined for an unknown name, which is reported with the others. */
function typeOfEntry(
  name: string,
  declared: readonly Parameter[],
  problems: string[],
): ParameterType | undefined {
  const [head, ...members] = name.split(".");
  const whole = declared.find((parameter) => parameter.name === head);
  let type = whole?.type;
  let path = head!;
  for (const member of members) {
    if (type === undefined) return undefined;
    const inside: readonly ParameterMember[] = optionsOf(type).flatMap((option) =>
      option.kind === "object" ? option.members : [],
    );
    type = inside.find((one) => one.name === member)?.type;
    if (type === undefined) problems.push(strangeMember(path, member, inside));
    path = `${path}.${member}`;
  }
  return type;
}

function strangeMember(path: string, member: string, inside: readonly ParameterMember[]): string {
  const names = inside.map(({ name }) => name);
  const must =
    names.length === 0 ? "be an object to have members" : `have no members but ${listForMessage(names)}`;
  return `parameter ${path} must ${must}, got ${JSON.stringify(member)}${didYouMean(member, names)}`;
}
