import { resolve } from "node:path";
import { InputError } from "../core/errors.js";
import { installKernel } from "../kernel/install-kernel.js";
import type { Command } from "./command.js";

/** `segbook kernel install`: notebooks open in the user's Jupyter. */
export const kernelInstall: Command = {
  name: "kernel install",
  usage: "segbook kernel install [--prefix DIR | --user]",
  example: "segbook kernel install --prefix .venv",
  options: {
    prefix: { type: "string", help: "a Python environment or system, such as .venv" },
    user: { type: "boolean", help: "for this user only (the default)" },
  },
  positionals: [0, 0],
  async run(input, { folder }) {
    const prefix = input.text("prefix");
    if (prefix !== undefined && input.flag("user"))
      throw new InputError("segbook kernel install: options must be --prefix or --user, got both");
    if (prefix === "") throw new InputError('segbook kernel install: --prefix must name a folder, got ""');
    const written = installKernel(prefix === undefined ? {} : { prefix: resolve(folder, prefix) });
    return { document: written, text: textOf(written), exitCode: 0 };
  },
};

function textOf({ kernel, extension }: ReturnType<typeof installKernel>): string {
  return [
    `kernel:    ${kernel}`,
    `extension: ${extension}`,
    "",
    "Next: segbook lab, or start JupyterLab 4 or Notebook 7 as usual and choose the kernel TypeScript (segbook).",
    "A Jupyter that is running sees both after its page is loaded again.",
  ].join("\n");
}
