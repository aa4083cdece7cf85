import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileError } from "../core/file-error.js";
import { writeCleanNotebooks } from "../notebook/clean-notebook.js";
import type { Command } from "./command.js";

/** `segbook clean`: notebooks as they are committed. */
export const clean: Command = {
  name: "clean",
  usage: "segbook clean [NOTEBOOK…] [--check]",
  example: "segbook clean notebooks/03-find-segments.ipynb",
  options: { check: { type: "boolean", help: "change nothing; exit 1 if a notebook has outputs" } },
  positionals: [0, Number.MAX_SAFE_INTEGER],
  async run(input, { folder }) {
    const given = input.positionals.map((file) => resolve(folder, file));
    const check = input.flag("check");
    const files = given.length > 0 ? given : notebooksIn(join(folder, "notebooks"));
    const changed = writeCleanNotebooks(files, { check }).map((file) => relative(folder, file));
    const verb = check ? "need cleaning" : "cleaned";
    return {
      document: { checked: files.length, changed },
      text: changed.length === 0 ? `${files.length} notebooks are clean` : `${verb}: ${changed.join(", ")}`,
      exitCode: check && changed.length > 0 ? 1 : 0,
    };
  },
};

/** The notebooks of a folder in reading order. @throws InputError if there is no such folder. */
export function notebooksIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((file) => file.endsWith(".ipynb"))
    .sort()
    .map((file) => join(folder, file));
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const requirement = "notebooks must be named or lie in a folder called notebooks";
    throw fileError(error, { caller: "segbook clean", requirement, path: folder });
  }
}
