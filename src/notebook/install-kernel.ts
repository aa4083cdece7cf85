import { homedir, platform } from "node:os";
import { join } from "node:path";
import { writeFileAtomic } from "../core/write-atomic.js";
import { kernelArguments } from "./kernel-process.js";

/** Where a kernel is installed. */
export interface InstallKernelOptions {
  /** Folder of a Python environment or system, such as `.venv`; absent: for this user only. */
  readonly prefix?: string;
}

/** Writes the kernel description that Jupyter looks for; returns its path. No Python is needed. */
export function installKernel({ prefix }: InstallKernelOptions = {}): string {
  const root = prefix === undefined ? userDataFolder() : join(prefix, "share", "jupyter");
  const path = join(root, "kernels", "segbook", "kernel.json");
  const description = {
    argv: [process.execPath, ...kernelArguments(), "{connection_file}"],
    display_name: "TypeScript (segbook)",
    language: "typescript",
    // A busy cell hears a signal; it would not hear a message.
    interrupt_mode: "signal",
    metadata: { debugger: false },
  };
  writeFileAtomic(path, `${JSON.stringify(description, null, 1)}\n`);
  return path;
}

function userDataFolder(): string {
  if (process.env.JUPYTER_DATA_DIR) return process.env.JUPYTER_DATA_DIR;
  if (platform() === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform() === "win32") return join(process.env.APPDATA ?? homedir(), "jupyter");
  return join(process.env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}
