import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { InputError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import type { ParameterValue } from "../notebook/parameter-type.js";
import type { GivenParameters, ParameterText } from "../notebook/parameter-values.js";
import { inspectNotebook } from "../notebook/parameters.js";
import type { CommandInput, Surroundings } from "./command.js";
import { workbookFile } from "./workbook-paths.js";

/**
 * What a run tells its notebooks: where the workbook, the data and the output are, then `--parameters`, then `-p`, the later winning.
 *
 * @throws InputError if a `-p` is not name=value, or the file of `--parameters` is none or holds something else.
 */
export function runParameters(
  { staging, notebooks }: { readonly staging: string; readonly notebooks: readonly string[] },
  input: CommandInput,
  surroundings: Surroundings,
): GivenParameters {
  const { folder } = surroundings;
  const data = input.text("data");
  // Paths are given relative to the notebooks, so that an executed copy names no machine.
  const seen = (path: string): string => relative(dirname(notebooks[0]!), path) || ".";
  const ours = new Map<string, ParameterValue>([
    ["workbook", seen(workbookFile(input, surroundings))],
    ["outputFolder", seen(staging)],
    ["dataFolder", data === undefined ? "" : seen(resolve(folder, data))],
  ]);
  const declared = new Set(notebooks.flatMap((file) => inspectNotebook(file).map(({ name }) => name)));
  return new Map<string, ParameterValue | ParameterText>([
    ...[...ours].filter(([name]) => declared.has(name)),
    ...fileParameters(input, folder),
    ...typedParameters(input),
  ]);
}

function typedParameters(input: CommandInput): [string, ParameterText][] {
  return input.list("parameter").map((word) => {
    const cut = word.indexOf("=");
    if (cut < 1) throw new InputError(`run: -p must be name=value, got ${JSON.stringify(word)}`);
    return [word.slice(0, cut), { text: word.slice(cut + 1) }];
  });
}

function fileParameters(input: CommandInput, folder: string): [string, ParameterValue][] {
  const file = input.text("parameters");
  if (file === undefined) return [];
  const values = parseParameters(resolve(folder, file));
  if (typeof values !== "object" || values === null || Array.isArray(values))
    throw new InputError(`run: --parameters must hold name: value lines, got ${JSON.stringify(values)}`);
  return Object.entries(values) as [string, ParameterValue][];
}

function parseParameters(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"), { prettyErrors: false });
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw new InputError(`run: --parameters must be YAML, got "${error.message}" in ${path}`);
    throw fileError(error, {
      caller: "run",
      requirement: "--parameters must name a file that can be read",
      path,
    });
  }
}
