import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { installKernel } from "#src/kernel/install-kernel.js";

/** Why the suite cannot run here; false if it can. On the build machine a missing part is a failure. */
export const skip: string | false = missingPart();

/** The Python environment that holds JupyterLab 4 and Notebook 7. */
const environment = process.env.SEGBOOK_VENV ?? "";

function missingPart(): string | false {
  const venv = process.env.SEGBOOK_VENV;
  const found = ["jupyter-lab", "jupyter-notebook"].every((name) =>
    existsSync(join(venv ?? "", "bin", name)),
  );
  if (venv !== undefined && found) return false;
  if (process.env.CI === "true") throw new Error("SEGBOOK_VENV must hold jupyterlab 4 and notebook 7");
  return "set SEGBOOK_VENV to a Python environment with jupyterlab 4 and notebook 7";
}

/** A running Jupyter server that shares nothing with this user's own. */
export interface Jupyter {
  readonly address: string;
  readonly program: "lab" | "notebook";
  /** Where the page of a notebook is. In JupyterLab each time a new workspace, lest it opens the earlier notebooks again. */
  pageOf(path: string): string;
  stop(): Promise<void>;
}

const token = "segbook";

/** Starts `jupyter-lab` or `jupyter-notebook` on the notebooks below `root`, with our kernel and extension installed by `--prefix`. */
export async function startJupyter(program: "lab" | "notebook", root: string): Promise<Jupyter> {
  const home = mkdtempSync(join(tmpdir(), "segbook-jupyter-"));
  const prefix = join(home, "prefix");
  installKernel({ prefix });
  writeSettings(join(home, "settings"));
  const port = await freePort();
  const words = [
    ...["--no-browser", "--allow-root", "--expose-app-in-browser", "--ip=127.0.0.1", `--port=${port}`],
    ...["--ServerApp.port_retries=0", `--ServerApp.token=${token}`, `--ServerApp.root_dir=${root}`],
  ];
  let said = "";
  const child = spawn(join(environment, "bin", `jupyter-${program}`), words, {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      HOME: home,
      JUPYTER_PATH: join(prefix, "share", "jupyter"),
      JUPYTER_CONFIG_DIR: join(home, "config"),
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
      JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
      IPYTHONDIR: join(home, "ipython"),
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said = (said + chunk).slice(-4000);
    });
  }
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await answers(`${address}/api/status?token=${token}`, child);
  } catch (error) {
    await stop();
    throw new Error(`${program} did not start: ${said}`, { cause: error });
  }
  let pages = 0;
  const pageOf = (path: string): string => {
    pages += 1;
    const view = program === "lab" ? `lab/workspaces/page${pages}/tree` : "notebooks";
    return `${address}/${view}/${path}?token=${token}`;
  };
  return { address, program, pageOf, stop };
}

/** Every cell stays in the page, and nobody asks whether to fetch news. */
function writeSettings(folder: string): void {
  const settings = [
    ["notebook-extension", "tracker", { windowingMode: "none" }],
    ["apputils-extension", "notification", { fetchNews: "false", checkForUpdates: false }],
  ] as const;
  for (const [extension, plugin, values] of settings) {
    const place = join(folder, "@jupyterlab", extension);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${plugin}.jupyterlab-settings`), JSON.stringify(values));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await pause(200);
  }
  throw new Error(`no answer, exit code ${child.exitCode}`);
}

/** The server ends its kernels itself; what is left after 10 s is killed. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => process.kill(-child.pid!, "SIGKILL"), 10_000);
  await ended;
  clearTimeout(timer);
}
