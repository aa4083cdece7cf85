import { homedir, platform } from "node:os";
import { join } from "node:path";
import { writeFileAtomic } from "../core/write-atomic.js";
import { installExtension } from "./install-extension.js";
import { kernelArguments } from "./kernel-arguments.js";

/** Where a kernel is installed. */
export interface InstallKernelOptions {
  /** Folder of a Python environment or system, such as `.venv`; absent: for this user only. */
  readonly prefix?: string;
}

/** Folders that were written, absolute. */
export interface InstalledKernel {
  readonly kernel: string;
  readonly extension: string;
}

/**
 * Writes what Jupyter looks for: the kernel's description, and the front-end extension that draws figures and shows the Segments
 * panel. What an earlier version left is replaced. No Python is needed.
 *
 * @throws InputError if the folder may not be written.
 */
export function installKernel({ prefix }: InstallKernelOptions = {}): InstalledKernel {
  const root = prefix === undefined ? userDataFolder() : join(prefix, "share", "jupyter");
  const kernel = join(root, "kernels", "segbook");
  const description = {
    argv: [process.execPath, ...kernelArguments(), "{connection_file}"],
    display_name: "TypeScript (segbook)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
  writeFileAtomic(join(kernel, "logo-svg.svg"), logo);
  writeFileAtomic(join(kernel, "kernel.json"), `${JSON.stringify(description, null, 1)}\n`);
  const extension = join(root, "labextensions", "segbook");
  installExtension(extension);
  return { kernel, extension };
}

/** Three segments of different size. */
const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 24 24">
<circle cx="8" cy="9" r="5.5" fill="#0072b2"/>
<circle cx="17.5" cy="7" r="3.5" fill="#e69f00"/>
<circle cx="15.5" cy="17" r="4.5" fill="#009e73"/>
</svg>
`;

function userDataFolder(): string {
  if (process.env.JUPYTER_DATA_DIR) return process.env.JUPYTER_DATA_DIR;
  if (platform() === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform() === "win32") return join(process.env.APPDATA ?? homedir(), "jupyter");
  return join(process.env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}
