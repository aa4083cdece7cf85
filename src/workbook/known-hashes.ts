import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../core/canonical-json.js";
import { readSha256 } from "../core/sha256.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { fileStateOf } from "../sources/file-state.js";
import type { FoundFile } from "../sources/find-files.js";

/** Path → what the file system said of it when it was hashed, and the hash. */
type Remembered = Readonly<Record<string, { readonly state: string; readonly sha256: string }>>;

/** A file written to just now may be written to again without another time; only an older one is known by its time. */
const settledMilliseconds = 2000;

/**
 * The SHA-256 of files, of those that are as they were when they were last hashed without reading them.
 *
 * @param mayRead - Whether the others are worth reading; if not, one of them makes the answer undefined.
 */
export async function knownHashes(
  folder: string,
  files: readonly FoundFile[],
  mayRead: boolean,
): Promise<readonly string[] | undefined> {
  const memory = join(folder, "hashes.json");
  const remembered = readRemembered(memory);
  const hashes: Record<string, { readonly state: string; readonly sha256: string }> = {};
  for (const { path } of files) {
    const state = fileStateOf(path);
    const before = remembered[path];
    const isSame = before?.state === state;
    if (!isSame && !mayRead) return undefined;
    hashes[path] = isSame ? before : { state, sha256: await readSha256(path) };
  }
  remember(memory, remembered, hashes);
  return files.map(({ path }) => hashes[path]!.sha256);
}

function readRemembered(memory: string): Remembered {
  try {
    return JSON.parse(readFileSync(memory, "utf8")) as Remembered;
  } catch {
    return {};
  }
}

function remember(memory: string, before: Remembered, hashes: Remembered): void {
  const settled = Object.entries(hashes).filter(
    ([path, { state }]) =>
      Date.now() - statSync(path).mtimeMs > settledMilliseconds && fileStateOf(path) === state,
  );
  if (settled.every(([path, { state }]) => before[path]?.state === state)) return;
  try {
    writeFileAtomic(memory, canonicalJson(Object.fromEntries(settled)));
  } catch {
    // Then they are hashed again next time.
  }
}
