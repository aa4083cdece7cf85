import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of a file that ships with segbook, such as `schema/workbook.schema.json`. */
export function packageFile(...parts: string[]): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return join(folder, ...parts);
}

/** Folder of the package that code in `folder` gets under a name; undefined where none is installed. */
export function installedPackage(folder: string, name: string): string | undefined {
  const root = join(folder, "node_modules", name);
  if (existsSync(join(root, "package.json"))) return root;
  return dirname(folder) === folder ? undefined : installedPackage(dirname(folder), name);
}
