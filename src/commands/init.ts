import { statSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { findGiven, type GivenFile } from "../propose/file-sample.js";
import { emptyWorkbook } from "../propose/folder-texts.js";
import { proposeWorkbook, type WorkbookProposal } from "../propose/propose-workbook.js";
import { checkNewFolder, writeWorkbookFolder } from "../propose/workbook-folder.js";
import type { Command, CommandInput, Outcome, Surroundings } from "./command.js";

/** Draws the sample of a large file, and stands in the new workbook. */
const seed = 1;

/** `segbook init`: from the user's own files to a workbook that runs. */
export const init: Command = {
  name: "init",
  usage: "segbook init DIR [--from FILE…]",
  example: "segbook init my-shop --from exports/customers.csv exports/orders.csv.gz",
  options: {
    from: {
      type: "string",
      multiple: true,
      help: "files or folders to look at; all words after it are files",
    },
  },
  positionals: [1, Number.MAX_SAFE_INTEGER],
  async run(input, surroundings) {
    const [written, ...more] = input.positionals;
    const folder = resolve(surroundings.folder, written!);
    const files = givenFiles(input, more, surroundings);
    checkNewFolder(folder, written!);
    if (files.length === 0) return emptyFolder(folder, written!, surroundings);
    surroundings.progress(`looking at ${files.length === 1 ? "1 file" : `${files.length} files`}`);
    const { signal } = surroundings;
    const proposal = await proposeWorkbook(files, { folder, seed, lastChanged: lastChangeOf(files), signal });
    writeWorkbookFolder(folder, written!, proposal.text);
    return outcomeOf(proposal, relative(surroundings.folder, folder) || ".");
  },
};

/** `--from a b c`: the words after the first belong to it too, as `init` takes one folder. */
function givenFiles(input: CommandInput, more: readonly string[], { folder }: Surroundings): GivenFile[] {
  const words = [...input.list("from"), ...more];
  if (input.list("from").length === 0 && more.length > 0)
    throw new InputError(`segbook init: files must follow --from, got ${describeValue(more[0]!)} without it`);
  const given = words.map((word) => findGiven(word, resolve(folder, word)));
  const twice = given.find((one, i) => given.findIndex((other) => isSame(one, other)) < i);
  if (twice)
    throw new InputError(
      `segbook init: --from must name each file once, got ${describeValue(twice.written)} twice`,
    );
  return given;
}

function isSame(a: GivenFile, b: GivenFile): boolean {
  return a.pattern === b.pattern && a.part === b.part;
}

/** Day of the youngest file, `YYYY-MM-DD`. */
function lastChangeOf(files: readonly GivenFile[]): string {
  const times = files.map(({ path }) => statSync(path).mtimeMs);
  return new Date(Math.max(...times)).toISOString().slice(0, 10);
}

function emptyFolder(folder: string, written: string, { now, folder: here }: Surroundings): Outcome {
  const today = new Date(now()).toISOString().slice(0, 10);
  writeWorkbookFolder(folder, written, emptyWorkbook(basename(folder), today));
  const path = relative(here, folder) || ".";
  const text = `${path}/segbook.yaml says what to fill in.\n\n${nextSteps(path)}`;
  return { document: { path, kinds: [], questions: [], flags: [] }, text, exitCode: 0 };
}

function outcomeOf({ kinds, questions, flags, basis }: WorkbookProposal, path: string): Outcome {
  const width = Math.max(...kinds.map(({ file }) => file.length));
  const found = kinds.map(({ file, kind, reason }) => `  ${file.padEnd(width)}  ${kind}: ${reason}`);
  const flagged = flags.map(
    ({ column, file, flag, message }) => `  ${column} of ${file}: ${flag.replaceAll("-", " ")}, ${message}`,
  );
  const text = [
    `${path}/segbook.yaml`,
    ...found,
    `  basis: ${basis.join(", ")}`,
    ...(flagged.length === 0 ? [] : ["", "Flagged", ...flagged.slice(0, 12), ...restOf(flagged.length - 12)]),
    ...questions.map((question) => `\nQUESTION: ${question}.`),
    "",
    nextSteps(path),
  ];
  return { document: { path, kinds, basis, questions, flags }, text: text.join("\n"), exitCode: 0 };
}

function restOf(count: number): string[] {
  return count > 0 ? [`  and ${count} more, in the comments of segbook.yaml`] : [];
}

function nextSteps(path: string): string {
  return `Next: cd ${path} && npm install, then npx segbook check, then npx segbook run`;
}
