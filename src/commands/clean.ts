import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { writeCleanNotebooks } from "../notebook/clean-notebook.js";
import type { Command } from "./command.js";

/** `segbook clean`: notebooks as they are committed. */
export const clean: Command = {
  name: "clean",
  summary: "strip outputs from notebooks; with --check only say which have some",
  usage: "segbook clean [NOTEBOOK…] [--check]",
  example: "segbook clean notebooks/03-find-segments.ipynb",
  options: { check: { type: "boolean", help: "change nothing; exit 1 if a notebook has outputs" } },
  positionals: [0, Number.MAX_SAFE_INTEGER],
  async run(input, { folder }) {
    const given = input.positionals.map((file) => join(folder, file));
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

/** The notebooks of a folder in reading order. */
export function notebooksIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ipynb"))
    .sort()
    .map((file) => join(folder, file));
}
