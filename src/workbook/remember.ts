import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildHash } from "../core/build-hash.js";
import { canonicalJson } from "../core/canonical-json.js";
import { lockFolder, unlockFolder } from "../core/folder-lock.js";
import { sha256 } from "../core/sha256.js";
import { writeFileAtomic } from "../core/write-atomic.js";

/**
 * The result for `inputs`, from the folder where an earlier call with equal inputs left it, else computed and left there.
 *
 * For long, deterministic work that several notebooks need: the file's name is a hash of everything the result depends on, the
 * programs too, so a stale answer cannot be found. Of notebooks that run side by side one computes and the others wait for it. A folder that
 * cannot be written is no obstacle, only slower.
 *
 * @param inputs - All that the result depends on; JSON values.
 * @param compute - Must give a JSON value and depend on nothing else but this build of segbook.
 */
export function remember<Result>(
  folder: string,
  name: string,
  inputs: unknown,
  compute: () => Result,
): Result {
  const file = join(folder, `${name}-${sha256(canonicalJson([buildHash(), inputs])).slice(0, 20)}.json`);
  let known = readIfThere<Result>(file);
  while (known === undefined && isComputedElsewhere(folder, file)) {
    pause();
    known = readIfThere<Result>(file);
  }
  try {
    // Whoever held the lock may have left the result between our look at the file and at the lock.
    known ??= readIfThere<Result>(file);
    return known ?? computeAndLeave(file, compute);
  } finally {
    unlockFolder(file);
  }
}

function computeAndLeave<Result>(file: string, compute: () => Result): Result {
  const result = compute();
  try {
    writeFileAtomic(file, JSON.stringify(result));
  } catch {
    // Remembering is a convenience: a read-only workbook folder must still work.
  }
  return result;
}

/** False once the lock is ours, or cannot be had by anybody. */
function isComputedElsewhere(folder: string, file: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    return lockFolder(file) !== undefined;
  } catch {
    return false;
  }
}

/** A tenth of a second, in which the processor is free for the other. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}

/** A file that is damaged counts as not there. */
function readIfThere<Result>(file: string): Result | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Result;
  } catch {
    return undefined;
  }
}
