import { basename, join } from "node:path";
import { InputError } from "../core/errors.js";
import { describeKernel } from "../kernel/kernel-info.js";
import { isObject, type Notebook } from "../notebook/notebook.js";
import { readNotebook } from "../notebook/notebook-file.js";
import type { Parameter } from "../parameters/parameter.js";
import { injectValues } from "../parameters/parameter-cell.js";
import type { ParameterValue } from "../parameters/parameter-type.js";
import {
  findParameterProblems,
  type GivenParameters,
  refuseProblems,
  type Secrets,
} from "../parameters/parameter-values.js";
import { readParameters } from "../parameters/parameters.js";

/** A notebook that is ready to run. */
export interface PreparedNotebook {
  /** As given. */
  readonly file: string;
  /** Path of the executed copy. */
  readonly executed: string;
  /** With its new values in place. */
  readonly notebook: Notebook;
  /** Every parameter with the value that it will have, apart from secrets. */
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  /** Whether one of its parameters is a secret. */
  readonly hasSecrets: boolean;
  /** Whether it asks for the folder that files go to. */
  readonly writesFiles: boolean;
  /** Names of the notebooks that it waits for; absent: all before it. */
  readonly after?: readonly string[];
}

/** Where the copies go and which values are new. */
export interface PrepareOptions {
  /** Folder for the executed copies; made if it is not there. */
  readonly outputFolder: string;
  /** New values; each goes to every notebook that declares the name. */
  readonly parameters?: GivenParameters;
  /** Environment variable → value, for parameters that are secret: read by the cell, never written. */
  readonly secrets?: Secrets;
}

/** A notebook file with what it declares. */
export interface ReadNotebook {
  readonly file: string;
  readonly notebook: Notebook;
  readonly declared: readonly Parameter[];
  readonly after?: readonly string[];
}

/**
 * Reads notebooks that are to run together.
 * @throws {@link InputError} if one cannot be read, two have the same name, or a parameters cell is not as it must be.
 */
export function readNotebooks(paths: readonly string[]): ReadNotebook[] {
  const names = new Set<string>();
  return paths.map((file) => {
    const name = basename(file);
    if (names.has(name))
      throw new InputError(`run: notebooks must have different names, got two called ${name}`);
    names.add(name);
    const notebook = readNotebook(file);
    const after = readAfter(notebook, file);
    return { file, notebook, declared: readParameters(notebook, file), ...(after && { after }) };
  });
}

/**
 * Reads notebooks and puts new parameter values into those that declare them.
 * @throws {@link InputError} as {@link readNotebooks}, and naming every parameter that no notebook has, that has the wrong type, is
 * out of its range, no choice of it, or required and not given.
 */
export function prepareNotebooks(paths: readonly string[], options: PrepareOptions): PreparedNotebook[] {
  const read = readNotebooks(paths);
  const { parameters: given = new Map(), secrets = new Map() } = options;
  refuseProblems(findParameterProblems(given, read, secrets));
  return read.map((one) => prepare(one, { ...options, parameters: given, secrets }));
}

function prepare(
  { file, notebook, declared, after }: ReadNotebook,
  { outputFolder, parameters: given, secrets }: Required<PrepareOptions>,
): PreparedNotebook {
  const open = declared.filter(({ secretFrom }) => secretFrom === undefined);
  const chosen = open.filter(({ name }) => given.has(name));
  const values = new Map(chosen.map(({ name }) => [name, given.get(name) as ParameterValue]));
  return {
    file,
    executed: join(outputFolder, basename(file)),
    parameters: new Map(
      open.map(({ name, defaultValue }) => [name, values.has(name) ? values.get(name)! : defaultValue]),
    ),
    hasSecrets: open.length < declared.length,
    writesFiles: declared.some(({ name }) => name === "outputFolder"),
    notebook: withRunFacts(injectValues(notebook, declared, { values, secrets }), { file, open, values }),
    ...(after && { after }),
  };
}

/** `"segbook": { "after": ["01-load-and-check"] }` in a notebook's metadata: it need not wait for others. */
function readAfter({ metadata }: Notebook, file: string): readonly string[] | undefined {
  const after = isObject(metadata.segbook) ? metadata.segbook.after : undefined;
  if (after === undefined) return undefined;
  if (Array.isArray(after) && after.every((name) => typeof name === "string")) return after;
  throw new InputError(
    `readNotebook: metadata.segbook.after must be a list of notebook names, got ${JSON.stringify(after)} at ${file}`,
  );
}

interface RunFacts {
  readonly file: string;
  readonly open: readonly Parameter[];
  readonly values: ReadonlyMap<string, ParameterValue>;
}

/** papermill's keys, so that tools which read its notebooks can read ours; the kernel's words on itself, lest JupyterLab add them and ask to save. */
function withRunFacts(notebook: Notebook, { file, open, values }: RunFacts): Notebook {
  const papermill = {
    default_parameters: Object.fromEntries(open.map(({ name, defaultValue }) => [name, defaultValue])),
    parameters: Object.fromEntries(values),
    environment_variables: {},
    input_path: basename(file),
    output_path: basename(file),
    version: "segbook",
  };
  const { language_info } = describeKernel();
  return { ...notebook, metadata: { ...notebook.metadata, language_info, papermill } };
}
