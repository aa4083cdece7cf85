import { type ChildProcess, spawn } from "node:child_process";
import { MachineError } from "../core/errors.js";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a program in our place: it has the terminal, and whatever is meant to end us ends it.
 *
 * @returns Its exit code; 128 for an end by a signal that was not ours.
 * @throws MachineError if it cannot be started.
 */
export async function runInForeground(
  program: string,
  words: readonly string[],
  { folder }: { readonly folder: string },
): Promise<number> {
  let child: ChildProcess | undefined;
  let wasAsked = false;
  const passOn = (name: NodeJS.Signals): void => {
    wasAsked = true;
    // A terminal sends Ctrl-C to both of us; a second one would end the program before it has asked whether to.
    if (name !== "SIGINT" || process.stdin.isTTY !== true) child?.kill(name);
  };
  // Before the program starts: a signal that came in between would end us and leave it alone.
  for (const name of signals) process.on(name, passOn);
  try {
    const started = spawn(program, [...words], { cwd: folder, stdio: "inherit" });
    child = started;
    return await new Promise<number>((resolve, reject) => {
      started.once("error", (error) =>
        reject(new MachineError(`lab: ${program} must start, got ${error.message}`)),
      );
      started.once("exit", (code) => resolve(code ?? (wasAsked ? 0 : 128)));
    });
  } finally {
    for (const name of signals) process.removeListener(name, passOn);
  }
}
