import type { Parameter, RefuseDeclaration } from "./parameter.js";
import { findLimitProblem } from "./parameter-limits.js";
import type { Literal } from "./parameter-literal.js";
import { admits, findProblem, type ValueProblem } from "./parameter-problem.js";
import { describeType, optionsOf, type ParameterType, type ParameterValue } from "./parameter-type.js";

/** Refuses a default that does not fit its own declaration, or that leaves the type open. */
export function checkDefault(parameter: Parameter, literal: Literal, refuse: RefuseDeclaration): void {
  const { name, type, defaultValue, isRequired } = parameter;
  if (type === literal.type && isVague(type))
    refuse(
      `the type of ${name} must be written`,
      `none beside ${JSON.stringify(defaultValue)}`,
      `. Such as const ${name}: number[] = []`,
    );
  const isMisdated = countDays(type, defaultValue) !== countDays(literal.type, defaultValue);
  const problem =
    findProblem(type, defaultValue) ?? (isRequired ? undefined : findLimitProblem(parameter, defaultValue));
  if (problem !== undefined) refuseDefault(name, problem, refuse);
  if (isMisdated)
    refuse(
      `the value of ${name} must be of type ${describeType(type)}`,
      `${JSON.stringify(defaultValue)} as ${describeType(literal.type)}`,
    );
}

function refuseDefault(name: string, { path, must, got }: ValueProblem, refuse: RefuseDeclaration): never {
  return refuse(`the value of ${name}${path} must ${must}`, got);
}

/** True if a default does not say what may stand in its place. */
function isVague(type: ParameterType): boolean {
  if (type.kind === "literal") return true;
  if (type.kind === "object")
    return type.members.length === 0 || type.members.some((member) => isVague(member.type));
  return type.kind === "array" && (isVague(type.item) || optionsOf(type.item).length === 0);
}

/** Days among the values: the same text stands for a day and for itself. */
function countDays(type: ParameterType, value: ParameterValue): number {
  const option = optionsOf(type).find((one) => admits(one, value));
  if (option?.kind === "date") return 1;
  if (option === undefined || typeof value !== "object" || value === null) return 0;
  const typeAt = (name: string, i: number): ParameterType | undefined => {
    if (option.kind === "array" || option.kind === "record") return option.item;
    if (option.kind === "tuple") return option.items[i];
    return option.kind === "object" ? option.members.find((member) => member.name === name)?.type : undefined;
  };
  return Object.entries(value).reduce((sum, [name, part], i) => {
    const inner = typeAt(name, i);
    return sum + (inner === undefined ? 0 : countDays(inner, part));
  }, 0);
}
