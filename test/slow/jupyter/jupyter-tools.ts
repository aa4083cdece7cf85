import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { installKernel } from "#src/kernel/install-kernel.js";
import { scratchFolder } from "../../notebook/made-notebook.js";

const environment = process.env.SEGBOOK_VENV;
if (environment === undefined && process.env.CI === "true") throw new Error("SEGBOOK_VENV must be set");

/** Why a test of Jupyter's own tools is skipped; false where they are. */
export const withoutJupyter: string | false =
  environment === undefined ? "set SEGBOOK_VENV to a Python environment with Jupyter's tools" : false;

/** What Jupyter's tool said and how it ended. */
export interface ToolResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Jupyter with our kernel and bare tslab's, installed for one test only. */
export interface Jupyter {
  /** Where the tools run; cells find the packages of this project from here. */
  readonly folder: string;
  /** Runs one of the environment's programs, such as `python` or `jupyter`. */
  readonly run: (program: string, words: readonly string[], timeoutSeconds: number) => ToolResult;
}

/** Installs both kernels into a new folder and points Jupyter's tools at nothing else. */
export function setUpJupyter(context: { after: (end: () => void) => void }): Jupyter {
  const folder = scratchFolder(context);
  installKernel({ prefix: folder });
  const share = join(folder, "share", "jupyter");
  writeTslabKernel(join(share, "kernels", "tslab"));
  const env = { ...process.env, ...ownFolders(folder), JUPYTER_PATH: share, JUPYTER_PLATFORM_DIRS: "1" };
  return {
    folder,
    run(program, words, timeoutSeconds) {
      const path = join(environment!, "bin", program);
      const timeout = timeoutSeconds * 1000;
      const options = { cwd: folder, encoding: "utf8", env, timeout, maxBuffer: 1e9 } as const;
      const { status, stdout, stderr } = spawnSync(path, words, options);
      return { exitCode: status, output: stdout, errors: stderr };
    },
  };
}

/** Path of a Python script beside the sources of these tests. */
export function script(name: string): string {
  return resolve("test/slow/jupyter", name);
}

/** What `tslab install` writes, with absolute paths. */
function writeTslabKernel(folder: string): void {
  const tslab = resolve("node_modules/tslab/bin/tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path={connection_file}"];
  mkdirSync(folder, { recursive: true });
  const description = { argv, display_name: "TypeScript", language: "typescript" };
  writeFileSync(join(folder, "kernel.json"), JSON.stringify(description));
}

/** Nothing of the user's own settings is read, nothing is left in the user's folders. */
function ownFolders(folder: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(folder, "jupyter-config"),
    JUPYTER_DATA_DIR: join(folder, "jupyter-data"),
    JUPYTER_RUNTIME_DIR: join(folder, "jupyter-runtime"),
    IPYTHONDIR: join(folder, "ipython"),
  };
}
