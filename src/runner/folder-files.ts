import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { readSha256 } from "../core/sha256.js";

/** A file that a notebook wrote into the run's folder. */
export interface WrittenFile {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  readonly sha256: string;
}

/** Files of a folder and of those in it by relative name, each with what the file system says of it. */
export function listFiles(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const { size, ino, mtimeMs } = statSync(path);
        return [relative(folder, path).replaceAll(sep, "/"), `${size} ${ino} ${mtimeMs}`];
      }),
  );
}

/** Files that are new or other than in an earlier list of the same folder, by name; executed copies of notebooks are left out. */
export async function filesSince(
  folder: string,
  before: ReadonlyMap<string, string>,
): Promise<readonly WrittenFile[]> {
  const written = [...listFiles(folder)]
    .filter(([name, state]) => before.get(name) !== state && !name.startsWith("notebooks/"))
    .map(([name]) => name)
    .sort();
  return Promise.all(written.map(async (name) => ({ name, sha256: await readSha256(join(folder, name)) })));
}
