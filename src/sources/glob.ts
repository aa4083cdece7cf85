import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../core/errors.js";

/** Whether a path holds `*`, `?` or `[…]`. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * The paths below a folder that fit a glob, relative to it, in no order.
 *
 * `*` is any part of a name, `?` one character, `[a-c]` one of a set, `**` any number of folders. Names that begin with a dot are
 * found only where the glob writes the dot.
 *
 * @param argument - What the path is called in an error.
 * @throws InputError for a set that runs backwards.
 */
export function expandGlob(folder: string, glob: string, argument: string): string[] {
  const parts = glob.split(/[\\/]+/).filter((part) => part !== "" && part !== ".");
  return parts.reduce<string[]>(
    (paths, part) => {
      const pattern = isGlob(part) ? patternOf(part, argument) : undefined;
      return paths.flatMap((path) => step(folder, path, { part, pattern }));
    },
    [""],
  );
}

function step(
  folder: string,
  path: string,
  { part, pattern }: { readonly part: string; readonly pattern: RegExp | undefined },
): string[] {
  if (part === "**") return [path, ...foldersBelow(folder, path)];
  if (pattern === undefined) return existsSync(join(folder, path, part)) ? [joined(path, part)] : [];
  return namesIn(folder, path)
    .filter(({ name }) => pattern.test(name) && (part.startsWith(".") || !name.startsWith(".")))
    .map(({ name }) => joined(path, name));
}

function foldersBelow(folder: string, path: string): string[] {
  return namesIn(folder, path)
    .filter(({ name, isFolder }) => isFolder && !name.startsWith("."))
    .flatMap(({ name }) => [joined(path, name), ...foldersBelow(folder, joined(path, name))]);
}

function namesIn(folder: string, path: string): { readonly name: string; readonly isFolder: boolean }[] {
  try {
    const entries = readdirSync(join(folder, path), { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch {
    return [];
  }
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

function patternOf(part: string, argument: string): RegExp {
  const source = part.replaceAll(/\[(!?)([^\]]+)\]|[\s\S]/g, (text, not: string, set: string | undefined) => {
    if (set !== undefined) return `[${not === "!" ? "^" : ""}${set.replaceAll(/[\\^[]/g, "\\$&")}]`;
    if (text === "*") return ".*";
    return text === "?" ? "." : text.replace(/[\\^$.*+?()[\]{}|]/, "\\$&");
  });
  try {
    return new RegExp(`^${source}$`, "us");
  } catch {
    throw new InputError(
      `loadSources: ${argument} must write a set from its first letter to its last, such as [a-c], got ${part}`,
    );
  }
}
