import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../core/canonical-json.js";
import { sha256 } from "../core/sha256.js";
import { writeFileAtomic } from "../core/write-atomic.js";

/**
 * The result for `inputs`, from the folder where an earlier call with equal inputs left it, else computed and left there.
 *
 * For long, deterministic work that several notebooks need: the file's name is a hash of everything the result depends on,
 * so a stale answer cannot be found. A folder that cannot be written is no obstacle, only slower.
 *
 * @param inputs - All that the result depends on; JSON values.
 * @param compute - Must give a JSON value and depend on nothing but `inputs`.
 */
export function remember<Result>(
  folder: string,
  name: string,
  inputs: unknown,
  compute: () => Result,
): Result {
  const file = join(folder, `${name}-${sha256(canonicalJson(inputs)).slice(0, 20)}.json`);
  const known = readIfThere<Result>(file);
  if (known !== undefined) return known;
  const result = compute();
  try {
    mkdirSync(folder, { recursive: true });
    writeFileAtomic(file, JSON.stringify(result));
  } catch {
    // Remembering is a convenience: a read-only workbook folder must still work.
  }
  return result;
}

/** A file that is damaged counts as not there. */
function readIfThere<Result>(file: string): Result | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Result;
  } catch {
    return undefined;
  }
}
