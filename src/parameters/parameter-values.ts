import { basename } from "node:path";
import { didYouMean, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Parameter } from "./parameter.js";
import { findLimitProblem } from "./parameter-limits.js";
import { findProblem } from "./parameter-problem.js";
import type { ParameterValue } from "./parameter-type.js";

/** New values for parameters, by name; checked by {@link findParameterProblems}. */
export type GivenParameters = ReadonlyMap<string, unknown>;

/** What one notebook declares. */
export interface DeclaredParameters {
  /** Path of the notebook. */
  readonly file: string;
  readonly declared: readonly Parameter[];
}

/** Environment variable → value, for parameters that are secret. */
export type Secrets = ReadonlyMap<string, string>;

/** A shorter secret would be found, and masked, in half of what a notebook prints. */
const shortestSecret = 4;

/** Everything that is wrong with the values for some notebooks, one sentence each without a full stop; no secret is in any of them. */
export function findParameterProblems(
  given: GivenParameters,
  notebooks: readonly DeclaredParameters[],
  secrets: Secrets = new Map(),
): string[] {
  const names = [...new Set(notebooks.flatMap(({ declared }) => declared.map(({ name }) => name)))];
  const unknown = [...given.keys()].filter((name) => !names.includes(name));
  const known =
    names.length === 0 ? "a parameter (these notebooks have none)" : `one of ${listForMessage(names)}`;
  const problems = unknown.map(
    (name) => `parameter must be ${known}, got ${JSON.stringify(name)}${didYouMean(name, names)}`,
  );
  for (const name of names) problems.push(...problemsOf(name, { given, notebooks, secrets }));
  return problems;
}

interface Call {
  readonly given: GivenParameters;
  readonly notebooks: readonly DeclaredParameters[];
  readonly secrets: Secrets;
}

/** The problems of one name; where notebooks declare it differently, each problem says for which it holds. */
function problemsOf(name: string, { given, notebooks, secrets }: Call): string[] {
  const found = new Map<string, { hint: string; files: string[] }>();
  const declaring = notebooks.flatMap(({ file, declared }) => {
    const parameter = declared.find((one) => one.name === name);
    return parameter === undefined ? [] : [{ file, parameter }];
  });
  for (const { file, parameter } of declaring) {
    const problem =
      parameter.secretFrom === undefined
        ? findValueProblem(parameter, given)
        : findSecretProblem(parameter.secretFrom, parameter, { given, secrets });
    if (problem === undefined) continue;
    const [sentence, hint] = problem;
    const entry = found.get(sentence) ?? { hint, files: [] };
    entry.files.push(basename(file, ".ipynb"));
    found.set(sentence, entry);
  }
  return [...found].map(([sentence, { hint, files }]) => {
    const where = files.length < declaring.length ? ` (notebook ${files.join(", ")})` : "";
    return `parameter ${name}${sentence}${where}${hint}`;
  });
}

type Problem = readonly [sentence: string, hint: string];

function findValueProblem(parameter: Parameter, given: GivenParameters): Problem | undefined {
  const { name, type, meaning, isRequired } = parameter;
  if (!given.has(name))
    return isRequired ? [` must be given${meaning && ` (${meaning})`}, got nothing`, ""] : undefined;
  const value = given.get(name);
  const problem = findProblem(type, value) ?? findLimitProblem(parameter, value as ParameterValue);
  return problem && [`${problem.path} must ${problem.must}, got ${problem.got}`, problem.hint];
}

function findSecretProblem(
  variable: string,
  { name, isRequired }: Parameter,
  { given, secrets }: Pick<Call, "given" | "secrets">,
): Problem | undefined {
  const source = `come from the environment variable ${variable}`;
  if (given.has(name)) return [` must ${source} because it is secret, got it another way`, ""];
  const secret = secrets.get(variable);
  if (secret === undefined) return isRequired ? [` must ${source}, got nothing`, ""] : undefined;
  return secret.length < shortestSecret
    ? [` must have at least ${shortestSecret} characters to be masked, got fewer`, ""]
    : undefined;
}

/** Throws if there is a problem, naming them all. @throws {@link InputError} */
export function refuseProblems(problems: readonly string[]): void {
  const [first] = problems;
  if (first === undefined) return;
  if (problems.length === 1) throw new InputError(`run: ${first}`);
  throw new InputError(
    `run: parameters must be as the notebooks declare them, got ${problems.length} problems:\n  ${problems.join("\n  ")}`,
  );
}
