import assert from "node:assert/strict";
import { type Outcome, readArguments } from "#src/commands/command.js";
import { commands } from "#src/commands/commands.js";
import { InputError } from "#src/core/errors.js";

/** Does in this process what `segbook` does in one of its own, which takes a second to start. */
export async function runCommand(folder: string, words: readonly string[]): Promise<Outcome> {
  const entry = commands.find(({ name }) => `${words.join(" ")} `.startsWith(`${name} `))!;
  const command = await entry.open();
  return command.run(readArguments(command, words.slice(entry.name.split(" ").length)), {
    folder,
    environment: { ...process.env, SEGBOOK_DATASETS: "" },
    progress: () => undefined,
    now: () => 0,
    signal: new AbortController().signal,
    tidyOnInterrupt: () => undefined,
  });
}

/** The command is refused with an error that the command line shows as one sentence and exit code 2. */
export async function assertRefused(
  folder: string,
  words: readonly string[],
  message: RegExp,
): Promise<void> {
  await assert.rejects(runCommand(folder, words), (error) => {
    assert.ok(error instanceof InputError, (error as Error).stack);
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /\n\s+at |node:internal/);
    return true;
  });
}
