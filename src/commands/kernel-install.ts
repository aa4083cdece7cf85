import { resolve } from "node:path";
import { installKernel } from "../notebook/install-kernel.js";
import type { Command } from "./command.js";

/** `segbook kernel install`: notebooks open in the user's Jupyter. */
export const kernelInstall: Command = {
  name: "kernel install",
  summary: "make Jupyter know the kernel of these notebooks",
  usage: "segbook kernel install [--prefix DIR]",
  example: "segbook kernel install --prefix .venv",
  options: {
    prefix: { type: "string", help: "a Python environment or system; default: for this user only" },
    user: { type: "boolean", help: "for this user only (the default)" },
  },
  positionals: [0, 0],
  async run(input, { folder }) {
    const prefix = input.text("prefix");
    const path = installKernel(prefix === undefined ? {} : { prefix: resolve(folder, prefix) });
    return { document: { path }, text: `wrote ${path}`, exitCode: 0 };
  },
};
