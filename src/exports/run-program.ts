import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../engine/connection-password.js";

/** What a program said when it ended. */
export interface ProgramResult {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

const largestOutputBytes = 2 ** 26;

/** Runs a program of the machine to its end; null where there is none of that name. */
export function runProgram(
  program: string,
  words: readonly string[],
  { environment, folder }: { readonly environment: Environment; readonly folder: string },
): Promise<ProgramResult | null> {
  const options = { cwd: folder, env: { ...environment }, maxBuffer: largestOutputBytes };
  return new Promise((resolve, reject) => {
    execFile(program, [...words], options, (error, output, errors) => {
      if (error === null) resolve({ exitCode: 0, output, errors });
      else if (error.code === "ENOENT") resolve(null);
      else if (typeof error.code === "number") resolve({ exitCode: error.code, output, errors });
      else reject(error);
    });
  });
}

/** Hands a new folder to work in, and deletes it after. */
export async function inNewFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "segbook-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
