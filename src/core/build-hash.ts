import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "./canonical-json.js";
import { installedPackage, packageFile } from "./package-root.js";
import { sha256 } from "./sha256.js";

const known = new Map<string, string>();

/**
 * Hash of the programs that compute a result: segbook's compiled files and schemas, the packages that it uses, Node and the kind of
 * processor. What an earlier build left is not taken for what this one would find: a build that differs in nothing else still
 * counts as another one. O(bytes of the build), once in a process.
 *
 * @param root - Folder of a segbook; default: this one.
 */
export function buildHash(root: string = packageFile()): string {
  const hash = known.get(root) ?? sha256(canonicalJson(partsOf(root)));
  known.set(root, hash);
  return hash;
}

function partsOf(root: string): unknown {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return {
    files: ["dist", "schema"].flatMap((part) => filesIn(root, part)),
    packages: Object.keys(dependencies).map((name) => packageHash(root, name)),
    versions: process.versions,
    processor: process.arch,
  };
}

/** Of the version that code in a folder gets, by what the package says of itself. */
export function packageHash(folder: string, name: string): readonly [string, string | null] {
  const root = installedPackage(folder, name);
  return [name, root === undefined ? null : sha256(readFileSync(join(root, "package.json")))];
}

function filesIn(root: string, part: string): (readonly [string, string])[] {
  if (!existsSync(join(root, part))) return [];
  return readdirSync(join(root, part), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:js|json)$/.test(file))
    .sort()
    .map((file) => [file, sha256(readFileSync(join(root, part, file)))]);
}
