import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { InputError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import type { GivenEntry } from "../parameters/parameter-entry.js";
import { type Combination, expandGrid } from "../parameters/parameter-grid.js";
import { secretsIn } from "../parameters/parameter-secrets.js";
import { findParameterProblems, refuseProblems, type Secrets } from "../parameters/parameter-values.js";
import { readYaml } from "../parameters/parameter-yaml.js";
import type { ReadNotebook } from "../runner/prepare-notebooks.js";
import type { CommandInput, Surroundings } from "./command.js";
import { workbookFile } from "./workbook-paths.js";

/** What a run tells its notebooks. */
export interface RunPlan {
  /** One, or as many as a grid has. */
  readonly combinations: readonly Combination[];
  readonly secrets: Secrets;
}

/** Parameters that the run itself sets, with the option that people use instead. */
const ours: ReadonlyMap<string, string> = new Map([
  ["workbook", "--workbook"],
  ["dataFolder", "--data"],
  ["outputFolder", "--output"],
]);

/**
 * Reads the file of `--parameters`, then every `-p`, the later winning, and checks each value against what the notebooks declare.
 *
 * @throws InputError naming all that is wrong; before any kernel starts.
 */
export function planRuns(
  notebooks: readonly ReadNotebook[],
  input: CommandInput,
  { folder, environment }: Surroundings,
): RunPlan {
  const declared = notebooks.flatMap((notebook) => notebook.declared);
  const entries = [...fileEntries(input, folder), ...typedEntries(input)];
  const secrets = secretsIn(environment, declared);
  const { combinations, problems } = expandGrid(
    entries.filter(({ name }) => !ours.has(name)),
    declared,
  );
  const reserved = entries.flatMap(({ name }) => {
    const option = ours.get(name);
    return option === undefined
      ? []
      : [`parameter ${name} must be set with ${option}, got it as a parameter`];
  });
  const found = combinations.flatMap(({ parameters }) =>
    findParameterProblems(parameters, notebooks, secrets),
  );
  refuseProblems([...new Set([...reserved, ...problems, ...found])]);
  return { combinations, secrets };
}

/**
 * Where the workbook, the data and the output are, for notebooks that ask. Paths are relative to the notebooks if these lie in one
 * folder, so that an executed copy names no machine.
 */
export function placeParameters(
  { output, notebooks }: { readonly output: string; readonly notebooks: readonly ReadNotebook[] },
  input: CommandInput,
  surroundings: Surroundings,
): ReadonlyMap<string, string> {
  const data = input.text("data");
  const [home, ...others] = [...new Set(notebooks.map(({ file }) => dirname(file)))];
  const seen = (path: string): string => (others.length > 0 ? path : relative(home!, path) || ".");
  const places = new Map([
    ["workbook", seen(workbookFile(input, surroundings))],
    ["outputFolder", seen(output)],
    ["dataFolder", data === undefined ? "" : seen(resolve(surroundings.folder, data))],
  ]);
  const declared = new Set(notebooks.flatMap((notebook) => notebook.declared.map(({ name }) => name)));
  return new Map([...places].filter(([name]) => declared.has(name)));
}

function typedEntries(input: CommandInput): GivenEntry[] {
  const taken = new Set<string>();
  return input.list("parameter").map((word) => {
    const cut = word.indexOf("=");
    // Whatever stands behind the name may be a secret in the wrong place.
    if (cut < 1) throw new InputError("run: -p must be name=value, got no name or no value");
    const name = word.slice(0, cut);
    if (taken.has(name))
      throw new InputError(
        `run: -p ${name} must be given once, got it twice. For two runs write ${name}=a,b`,
      );
    taken.add(name);
    return { name, text: word.slice(cut + 1) };
  });
}

function fileEntries(input: CommandInput, folder: string): GivenEntry[] {
  const file = input.text("parameters");
  if (file === undefined) return [];
  const read = readYaml(readText(resolve(folder, file), file));
  if ("problem" in read)
    throw new InputError(
      `run: --parameters must be YAML or JSON, got "${read.problem}" at ${file}, line ${read.line}`,
    );
  const { value } = read;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InputError(`run: --parameters must hold name: value lines, got something else at ${file}`);
  return Object.entries(value).map(([name, one]) => ({ name, value: one }));
}

function readText(path: string, asGiven: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError)
      throw new InputError(`run: --parameters must be UTF-8 text, got other bytes at ${asGiven}`);
    const requirement = "--parameters must name a file that can be read";
    throw fileError(error, { caller: "run", requirement, path: asGiven });
  }
}
