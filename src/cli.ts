import { readFileSync } from "node:fs";
import { helpOf, type Outcome, readArguments, type Surroundings } from "./commands/command.js";
import { type CommandEntry, commands } from "./commands/commands.js";
import { didYouMean } from "./core/check.js";
import { InputError, RunError } from "./core/errors.js";
import { packageFile } from "./core/package-root.js";

/** 0 good · 1 it ran and a gate or a notebook said no · 2 the user's input or config · 3 our fault or the machine's · 130 Ctrl-C. */
type ExitCode = 0 | 1 | 2 | 3 | 130;

const words = process.argv.slice(2);
const asJson = words.includes("--json");
const interrupted = new AbortController();

function helpPage(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
  return `segbook: customer segments that hold up, and definitions that any database can execute\n\n${lines.join("\n")}\n\nsegbook COMMAND --help shows a command's options and an example, segbook --version which segbook this is.\n`;
}

function findCommand(): { entry: CommandEntry; rest: string[] } {
  const entry = commands.find(({ name }) => name.split(" ").every((word, i) => words[i] === word));
  if (entry) return { entry, rest: words.slice(entry.name.split(" ").length) };
  const asked = words[0]!;
  throw new InputError(
    `segbook: command must be one of ${names().join(", ")}, got ${JSON.stringify(asked)}${didYouMean(asked, names())}`,
  );
}

const names = (): string[] => commands.map(({ name }) => name);

function surroundings(quiet: boolean): Surroundings {
  const watched = process.stderr.isTTY === true && !quiet;
  return {
    folder: process.cwd(),
    environment: process.env,
    progress: watched ? progressWriter() : () => undefined,
    now: () => Date.now(),
    signal: interrupted.signal,
    tidyOnInterrupt,
  };
}

/** Writes lines over those that it wrote before, so that each stays in its place on the terminal. */
function progressWriter(): Surroundings["progress"] {
  let shown = 0;
  return (...lines) => {
    // A terminal that does not know its size says 0.
    const columns = process.stderr.columns || 80;
    const rows = process.stderr.rows || 24;
    // What has scrolled away cannot be written over.
    const fitting = lines.slice(-(rows - 1)).map((line) => line.slice(0, columns - 1));
    const back = shown === 0 ? "" : `\x1b[${shown}A`;
    process.stderr.write(`${back}\x1b[J${fitting.map((line) => `${line}\n`).join("")}`);
    shown = fitting.length;
  };
}

function print(outcome: Outcome): void {
  if (outcome.failure !== undefined) process.stderr.write(`${outcome.failure}\n`);
  process.stdout.write(asJson ? `${JSON.stringify(outcome.document, null, 2)}\n` : `${outcome.text}\n`);
}

function explain(error: unknown): ExitCode {
  if (interrupted.signal.aborted) return 130;
  const isOurs = error instanceof Error && ["InputError", "RunError", "MachineError"].includes(error.name);
  const text = isOurs ? (error as Error).message : `${(error as Error)?.stack ?? String(error)}`;
  process.stderr.write(
    isOurs ? `${text}\n` : `segbook: this is a mistake of ours, please report it:\n${text}\n`,
  );
  if (error instanceof InputError) return 2;
  return error instanceof RunError ? 1 : 3;
}

/** The first Ctrl-C lets the command stop and tidy up, a second ends it at once. */
function stop(): void {
  if (interrupted.signal.aborted) process.exit(130);
  interrupted.abort();
  setTimeout(() => process.exit(130), 3000).unref();
}

function tidyOnInterrupt(tidies: boolean): void {
  process.off("SIGINT", stop);
  if (tidies) process.on("SIGINT", stop);
}

async function main(): Promise<ExitCode> {
  if (words.length === 0 || ["--help", "-h", "help"].includes(words[0]!)) {
    process.stdout.write(helpPage());
    return 0;
  }
  if (words[0] === "--version") {
    process.stdout.write(`${JSON.parse(readFileSync(packageFile("package.json"), "utf8")).version}\n`);
    return 0;
  }
  try {
    const { entry, rest } = findCommand();
    const command = await entry.open();
    const input = readArguments(command, rest);
    if (input.flag("help")) {
      process.stdout.write(helpOf(command, entry.summary));
      return 0;
    }
    // The others have nothing to tidy, since files are written whole or not at all: the system ends them at once, in mid-search too.
    if (command.tidiesUp) tidyOnInterrupt(true);
    const outcome = await command.run(input, surroundings(input.flag("quiet")));
    print(outcome);
    return outcome.exitCode;
  } catch (error) {
    return explain(error);
  }
}

// A closed pipe (`segbook … | head`) is the reader's choice, not an error; a full disk behind it is one.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`segbook: standard output must take the answer, got ${error.message}\n`);
  process.exit(3);
});
void main().then((code) => {
  process.exitCode = code;
});
