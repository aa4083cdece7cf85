import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { canonicalJson } from "../core/canonical-json.js";
import { packageFile } from "../core/package-root.js";
import { readSha256, sha256 } from "../core/sha256.js";
import { hasTag } from "../notebook/notebook.js";
import { readNotebook } from "../notebook/notebook-file.js";
import { type CodePlace, namedFile, readCodeInputs } from "./code-inputs.js";
import type { PreparedNotebook } from "./prepare-notebooks.js";

/** Hashes of all that a notebook depends on, by kind. */
export interface NotebookInputs {
  /** The notebook file. */
  readonly notebook: string;
  readonly parameters: string;
  /** The workbook, its sources and its history. */
  readonly data: string;
  /** Files that the code or a parameter names, imported modules among them. */
  readonly files: string;
  /** segbook, the other packages and Node. */
  readonly programs: string;
}

/** The inputs of a notebook, or why they cannot all be told. */
export type ReadInputs = { readonly inputs: NotebookInputs } | { readonly unseen: string };

/** What the caller knows of a run. */
export interface RunData {
  /** Hash of the workbook, its sources and its history; absent: it cannot be told, for `unseen`. */
  readonly hash?: string;
  readonly unseen?: string;
  /** Absolute path of the workbook file; absent: there is none. */
  readonly workbook?: string;
}

/** Parameters that say where things are: what is there is hashed by itself. */
const places = new Set(["workbook", "dataFolder", "outputFolder"]);

/**
 * Hashes everything that a notebook depends on: its bytes, its parameters, the data, the files and modules that it names, and the
 * programs that run it. O(bytes of all these).
 *
 * @param ownFiles - Names of files that it wrote in an earlier run.
 */
export async function readNotebookInputs(
  { file, parameters, hasSecrets }: PreparedNotebook,
  data: RunData,
  ownFiles: ReadonlySet<string>,
): Promise<ReadInputs> {
  if (hasSecrets) return { unseen: "it is told a secret" };
  if (data.hash === undefined) return { unseen: data.unseen ?? "its data cannot be told" };
  const folder = dirname(resolve(file));
  const found = findFiles(file, parameters, { folder, ownFiles });
  const other = found.files.find((path) => /\.ya?ml$/i.test(path) && path !== data.workbook);
  if (found.unseen !== undefined) return { unseen: found.unseen };
  if (other !== undefined) return { unseen: `it names another workbook, ${relative(folder, other)}` };
  const hashes = await Promise.all(
    found.files.map(async (path) => [relative(folder, path), await readSha256(path)]),
  );
  return {
    inputs: {
      notebook: await readSha256(file),
      parameters: sha256(canonicalJson([...parameters])),
      data: data.hash,
      files: sha256(canonicalJson(hashes)),
      programs: programsHash(folder, found.packages),
    },
  };
}

/** Follows what the cells name through the modules that they import. */
function findFiles(
  file: string,
  parameters: PreparedNotebook["parameters"],
  place: CodePlace,
): { files: string[]; packages: string[]; unseen?: string | undefined } {
  const cells = readNotebook(file).cells.filter(
    (cell) => cell.cell_type === "code" && !hasTag(cell, "parameters"),
  );
  const values = [...parameters].flatMap(([name, value]) =>
    typeof value === "string" && !places.has(name) ? [namedFile(asPath(value), place)] : [],
  );
  const own = readCodeInputs(cells.map(({ source }) => source).join("\n"), place);
  const packages = new Set(own.packages);
  const files = new Set([...own.files, ...values.flatMap((value) => value.file ?? [])]);
  let unseen = own.unseen ?? values.find((value) => value.unseen)?.unseen;
  for (const module of files) {
    if (!/\.[mc]?[jt]s$/.test(module)) continue;
    const inner = readCodeInputs(readFileSync(module, "utf8"), { ...place, folder: dirname(module) });
    for (const path of inner.files) files.add(path);
    for (const name of inner.packages) packages.add(name);
    unseen ??= inner.unseen;
  }
  return { files: [...files].sort(), packages: [...packages].sort(), unseen };
}

/** A parameter is no prose: also a single word may be a folder. */
function asPath(value: string): string {
  return value === "" || /[/\\]/.test(value) ? value : `./${value}`;
}

function programsHash(folder: string, packages: readonly string[]): string {
  const versions = packages
    .filter((name) => name !== "segbook")
    .map((name) => {
      const root = packageRoot(folder, name);
      return [name, root === undefined ? null : sha256(readFileSync(join(root, "package.json")))];
    });
  const ours = packageFile();
  const theirs = packageRoot(folder, "segbook") ?? ours;
  const segbook = [...new Set([ours, theirs])].map(buildHash);
  return sha256(canonicalJson({ node: process.version, segbook, versions }));
}

function packageRoot(folder: string, name: string): string | undefined {
  const root = join(folder, "node_modules", name);
  if (existsSync(join(root, "package.json"))) return root;
  return dirname(folder) === folder ? undefined : packageRoot(dirname(folder), name);
}

const builds = new Map<string, string>();

/** Of all compiled files and schemas: a build that differs in nothing else still counts as another one. */
function buildHash(root: string): string {
  const known = builds.get(root);
  if (known !== undefined) return known;
  const files = ["dist", "schema"]
    .flatMap((part) => (existsSync(join(root, part)) ? filesIn(root, part) : []))
    .filter((file) => /\.(?:js|json)$/.test(file))
    .sort();
  const hash = sha256(files.map((file) => sha256(readFileSync(join(root, file)))).join("\n"));
  builds.set(root, hash);
  return hash;
}

function filesIn(root: string, part: string): string[] {
  return readdirSync(join(root, part), { recursive: true, encoding: "utf8" }).map((file) => join(part, file));
}
