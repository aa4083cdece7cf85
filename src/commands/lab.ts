import { existsSync, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import { InputError, RunError } from "../core/errors.js";
import { installKernel } from "../kernel/install-kernel.js";
import type { Command, CommandInput, Surroundings } from "./command.js";
import { runInForeground } from "./run-in-foreground.js";

/** `segbook lab`: the user's own JupyterLab, with our kernel in it. */
export const lab: Command = {
  name: "lab",
  usage: "segbook lab [NOTEBOOK] [--port N] [--no-browser] [-- OPTIONS OF JUPYTERLAB]",
  example: "segbook lab notebooks/03-find-segments.ipynb",
  options: {
    port: { type: "string", help: "port of the server (default: JupyterLab chooses)" },
    "no-browser": { type: "boolean", help: "start the server only" },
  },
  positionals: [0, Number.MAX_SAFE_INTEGER],
  async run(input, surroundings) {
    const options = labOptions(input, surroundings);
    const program = findJupyterLab(surroundings);
    const prefix = environmentOf(program);
    const written = installKernel(prefix === undefined ? {} : { prefix });
    surroundings.progress(`kernel: ${written.kernel}`);
    const ended = await runInForeground(program, options, { folder: surroundings.folder });
    if (ended !== 0) throw new RunError(`lab: JupyterLab must end well, got exit code ${ended}`);
    return { document: { program, ...written }, text: "JupyterLab has ended.", exitCode: 0 };
  },
};

function labOptions(input: CommandInput, { folder }: Surroundings): string[] {
  const port = input.count("port", 1);
  const notebooks = input.positionals.filter((word) => !word.startsWith("-"));
  const passedOn = input.positionals.filter((word) => word.startsWith("-"));
  if (notebooks.length > 1)
    throw new InputError(`lab: NOTEBOOK must be one file, got ${notebooks.length} words`);
  const given = notebooks.map((file) => {
    const path = resolve(folder, file);
    if (!existsSync(path)) throw new InputError(`lab: notebook must exist, got ${JSON.stringify(file)}`);
    return path;
  });
  // The server's root is here, not the notebook's folder: reports and data beside it can be opened too.
  const isBelow = given.every((path) => !relative(folder, path).startsWith(".."));
  return [
    ...given,
    ...(isBelow ? [`--ServerApp.root_dir=${folder}`] : []),
    ...(port === undefined ? [] : [`--port=${port}`]),
    ...(input.flag("no-browser") ? ["--no-browser"] : []),
    ...passedOn,
  ];
}

/** The first `jupyter-lab` in a Python environment here, else on PATH. */
function findJupyterLab({ folder, environment }: Surroundings): string {
  const own = [".venv", "venv"].flatMap((name) => ["bin", "Scripts"].map((part) => join(folder, name, part)));
  const onPath = (environment.PATH ?? environment.Path ?? "")
    .split(delimiter)
    .filter((entry) => entry !== "");
  const files = [...own, ...onPath].flatMap((place) =>
    ["jupyter-lab", "jupyter-lab.exe"].map((name) => join(place, name)),
  );
  const found = files.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  if (found !== undefined) return found;
  const commands = "  python3 -m venv .venv\n  .venv/bin/pip install jupyterlab";
  throw new InputError(`lab: jupyter-lab must be on PATH or in .venv, got neither. To get it:\n${commands}`);
}

/** The Python environment that a program belongs to: there the kernel is installed. Elsewhere it is installed for the user. */
function environmentOf(program: string): string | undefined {
  const prefix = dirname(dirname(realpathSync(program)));
  const isEnvironment = ["pyvenv.cfg", "conda-meta"].some((mark) => existsSync(join(prefix, mark)));
  return isEnvironment ? prefix : undefined;
}
