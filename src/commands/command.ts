import { parseArgs } from "node:util";
import { didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** What every command has at hand. */
export interface Surroundings {
  /** Where relative paths start. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Lines about long work, in the place of those given before; silent when nobody watches. */
  readonly progress: (...lines: readonly string[]) => void;
  /** Milliseconds since 1970; for durations and run stamps only, never for a result. */
  readonly now: () => number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Says whether Ctrl-C aborts the signal from now on, or ends the process at once, as it has to in work that never yields. */
  readonly tidyOnInterrupt: (tidies: boolean) => void;
}

/** What a command hands back to be printed: `document` with `--json`, `text` otherwise. */
export interface Outcome {
  readonly document: unknown;
  readonly text: string;
  /** 0 good, 1 it ran and a gate or a notebook said no. */
  readonly exitCode: 0 | 1;
  /** What said no, for standard error; the document is printed all the same. */
  readonly failure?: string;
}

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly example: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Whether it listens to {@link Surroundings.signal} from the start and stops by itself on Ctrl-C. */
  readonly tidiesUp?: true;
  /** How many words may follow the name. */
  readonly positionals: readonly [least: number, most: number];
  run(input: CommandInput, surroundings: Surroundings): Promise<Outcome>;
}

export interface OptionSpec {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  readonly help: string;
}

/** Arguments after reading. */
export interface CommandInput {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  flag(name: string): boolean;
  /** A whole number of at least `low`, or undefined when the option was not given. */
  count(name: string, low: number): number | undefined;
  /** @throws InputError when the option was not given. */
  required(name: string): string;
}

/** Options that every command takes. */
const commonOptions: Readonly<Record<string, OptionSpec>> = {
  workbook: { type: "string", help: "the workbook file (default segbook.yaml)" },
  data: { type: "string", help: "folder in which the workbook's relative source paths are looked up" },
  json: { type: "boolean", help: "one JSON document on standard output" },
  quiet: { type: "boolean", help: "no progress" },
  help: { type: "boolean", help: "this text" },
};

/**
 * Reads the words after a command's name.
 *
 * @throws InputError naming the unknown option and the nearest known one, or a missing value.
 */
export function readArguments(command: Command, words: readonly string[]): CommandInput {
  const specs = { ...commonOptions, ...command.options };
  const caller = `segbook ${command.name}`;
  const { values, positionals } = parseOrExplain(caller, specs, withNegatives(specs, words));
  const [least, most] = command.positionals;
  const asked = Object.hasOwn(values, "help");
  if (!asked && (positionals.length < least || positionals.length > most))
    throw new InputError(`${caller}: arguments must be "${command.usage}", got ${positionals.length} words`);
  const text = (name: string): string | undefined => values[name] as string | undefined;
  return {
    positionals,
    text,
    list: (name) => (values[name] as string[] | undefined) ?? [],
    flag: (name) => values[name] === true,
    count: (name, low) => countFrom(caller, name, text(name), low),
    required(name) {
      const value = text(name);
      if (!value)
        throw new InputError(`${caller}: --${name} must be given, got nothing. Try: ${command.example}`);
      return value;
    },
  };
}

function parseOrExplain(
  caller: string,
  specs: Readonly<Record<string, OptionSpec>>,
  words: readonly string[],
): { values: Record<string, unknown>; positionals: string[] } {
  const unknown = words.find((word) => word.startsWith("--") && !specs[word.slice(2).split("=")[0]!]);
  if (unknown !== undefined && unknown !== "--") {
    const name = unknown.slice(2).split("=")[0]!;
    throw new InputError(
      `${caller}: options must be among ${Object.keys(specs)
        .map((option) => `--${option}`)
        .join(", ")}, got --${name}${didYouMean(name, Object.keys(specs))}`,
    );
  }
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, short, multiple }]) => [
      name,
      { type, multiple: multiple ?? false, ...(short && { short }) },
    ]),
  );
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\n|\. /);
    throw new InputError(`${caller}: arguments must be readable, got: ${sentence!.replace(/\.$/, "")}`);
  }
}

/** `--count -1` is a value that its check shall refuse, not an option called 1. */
function withNegatives(specs: Readonly<Record<string, OptionSpec>>, words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const option = joined.at(-1) ?? "";
    const isValue = /^-\d/.test(word) && specs[option.slice(2)]?.type === "string";
    if (isValue) joined[joined.length - 1] = `${option}=${word}`;
    else joined.push(word);
  }
  return joined;
}

function countFrom(caller: string, name: string, text: string | undefined, low: number): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < low)
    throw new InputError(
      `${caller}: --${name} must be a whole number of at least ${low}, got ${JSON.stringify(text)}`,
    );
  return count;
}

/** The help page of one command. */
export function helpOf(command: Command, summary: string): string {
  const specs = Object.entries({ ...command.options, ...commonOptions });
  const width = Math.max(...specs.map(([name]) => name.length)) + 4;
  const lines = specs.map(([name, { help }]) => `  ${`--${name}`.padEnd(width)}${help}`);
  return `segbook ${command.name}: ${summary}\n\n  ${command.usage}\n\n${lines.join("\n")}\n\nExample\n  ${command.example}\n`;
}
