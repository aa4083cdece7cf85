import { basename, join } from "node:path";
import { InputError } from "../core/errors.js";
import type { Notebook } from "./notebook.js";
import { readNotebook } from "./notebook-file.js";
import type { ParameterValue } from "./parameter-type.js";
import { checkParameterNames, chooseValues, type GivenParameters, injectValues } from "./parameter-values.js";
import { type Parameter, readParameters } from "./parameters.js";

/** A notebook that is ready to run. */
export interface PreparedNotebook {
  /** As given. */
  readonly file: string;
  /** Path of the executed copy. */
  readonly executed: string;
  /** With its new values in place. */
  readonly notebook: Notebook;
  /** Every parameter with the value that it will have. */
  readonly parameters: ReadonlyMap<string, ParameterValue>;
}

/** Where the copies go and which values are new. */
export interface PrepareOptions {
  /** Folder for the executed copies; made if it is not there. */
  readonly outputFolder: string;
  /** New values; each goes to every notebook that declares the name. */
  readonly parameters?: GivenParameters;
}

/**
 * Reads notebooks and puts new parameter values into those that declare them.
 * @throws {@link InputError} if a notebook cannot be read, two have the same name, or a parameter is in none of
 * them or has the wrong type.
 */
export function prepareNotebooks(paths: readonly string[], options: PrepareOptions): PreparedNotebook[] {
  const names = new Set<string>();
  const read = paths.map((file) => {
    const name = basename(file);
    if (names.has(name))
      throw new InputError(`run: notebooks must have different names, got two called ${name}`);
    names.add(name);
    const notebook = readNotebook(file);
    return { file, notebook, declared: readParameters(notebook, file) };
  });
  const given = options.parameters ?? new Map();
  checkParameterNames(
    given,
    read.flatMap(({ declared }) => declared),
  );
  return read.map(({ file, notebook, declared }) => {
    const values = chooseValues(given, declared, file);
    const parameters = new Map(
      declared.map(({ name, defaultValue }) => [name, values.has(name) ? values.get(name)! : defaultValue]),
    );
    const injected = injectValues(notebook, declared, values);
    const executed = join(options.outputFolder, basename(file));
    return { file, executed, parameters, notebook: withRunFacts(injected, { file, declared, values }) };
  });
}

interface RunFacts {
  readonly file: string;
  readonly declared: readonly Parameter[];
  readonly values: ReadonlyMap<string, ParameterValue>;
}

/** papermill's keys, so that tools which read its notebooks can read ours. */
function withRunFacts(notebook: Notebook, { file, declared, values }: RunFacts): Notebook {
  const papermill = {
    default_parameters: Object.fromEntries(declared.map(({ name, defaultValue }) => [name, defaultValue])),
    parameters: Object.fromEntries(values),
    environment_variables: {},
    input_path: basename(file),
    output_path: basename(file),
    version: "segbook",
  };
  return { ...notebook, metadata: { ...notebook.metadata, papermill } };
}
