import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../core/canonical-json.js";
import { readSha256 } from "../core/sha256.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { fileStateOf } from "../sources/file-state.js";
import type { FoundFile } from "../sources/find-files.js";

/** Path → what the file system said of it when it was hashed, and the hash. */
type Hashes = Readonly<Record<string, { readonly state: string; readonly sha256: string }>>;

interface Remembered {
  readonly hashes: Hashes;
  /** When they were written, by the file system's own clock. */
  readonly writtenMilliseconds: number;
}

/** A file that was hashed this soon after it was written may have been written to again without another time. */
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
  const hashes: Record<string, Hashes[string]> = {};
  let isNew = false;
  for (const { path } of files) {
    const known = knownHash(path, remembered);
    if (known === undefined && !mayRead) return undefined;
    isNew ||= known === undefined;
    const entry = known ?? (await hashNow(path));
    if (entry === undefined) return undefined;
    hashes[path] = entry;
  }
  if (isNew) remember(memory, hashes);
  return files.map(({ path }) => hashes[path]!.sha256);
}

/** A file that cannot be read is told of by whoever needs its rows. */
async function hashNow(path: string): Promise<Hashes[string] | undefined> {
  try {
    return { state: fileStateOf(path), sha256: await readSha256(path) };
  } catch {
    return undefined;
  }
}

function knownHash(path: string, { hashes, writtenMilliseconds }: Remembered): Hashes[string] | undefined {
  const known = hashes[path];
  const isSettled = statSync(path).mtimeMs < writtenMilliseconds - settledMilliseconds;
  return isSettled && known?.state === fileStateOf(path) ? known : undefined;
}

function readRemembered(memory: string): Remembered {
  try {
    const hashes = JSON.parse(readFileSync(memory, "utf8")) as Hashes;
    return { hashes, writtenMilliseconds: statSync(memory).mtimeMs };
  } catch {
    return { hashes: {}, writtenMilliseconds: 0 };
  }
}

function remember(memory: string, hashes: Hashes): void {
  try {
    writeFileAtomic(memory, canonicalJson(hashes));
  } catch {
    // Then they are hashed again next time.
  }
}
