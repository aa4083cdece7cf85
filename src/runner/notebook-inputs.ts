import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { buildHash, packageHash } from "../core/build-hash.js";
import { canonicalJson } from "../core/canonical-json.js";
import { installedPackage, packageFile } from "../core/package-root.js";
import { readSha256, sha256 } from "../core/sha256.js";
import { hasTag } from "../notebook/notebook.js";
import type { ParameterValue } from "../parameters/parameter-type.js";
import { type CodePlace, namedFile, readCodeInputs } from "./code-inputs.js";
import type { PreparedNotebook } from "./prepare-notebooks.js";

/** Hashes of all that a notebook depends on, by kind. */
export interface NotebookInputs {
  readonly parameters: string;
  /** The cells as they are run. */
  readonly notebook: string;
  /** The workbook, its sources and its history. */
  readonly data: string;
  /** Files that the code or a parameter names, imported modules among them. */
  readonly files: string;
  /** segbook, the other packages and Node. */
  readonly programs: string;
  /** Language, time zone and settings of Node, which decide how numbers and days are written. */
  readonly machine: string;
}

/** The inputs of a notebook, or why they cannot all be told. */
export type ReadInputs = { readonly inputs: NotebookInputs } | { readonly unseen: string };

/** What the caller knows of a run. */
export interface RunData {
  /** Hash of the workbook, its sources and its history; absent: it cannot be told, for `unseen`. */
  readonly hash?: string;
  readonly unseen?: string;
  /** The workbook; absent: there is none. */
  readonly workbook?: HashedWorkbook;
}

/** The workbook that was hashed. */
export interface HashedWorkbook {
  /** Absolute path. */
  readonly file: string;
  /** The as-of day of the run. */
  readonly asOf: string;
  /** The as-of day in the file, for notebooks that are told none. */
  readonly ownAsOf: string;
  /** Whether the sources were looked up in another folder than the workbook's. */
  readonly isElsewhere: boolean;
}

/** Parameters that say where things are: what is there is hashed by itself. */
const places = new Set(["workbook", "dataFolder", "outputFolder"]);

/**
 * Hashes everything that a notebook depends on: its cells, its parameters, the data, the files and modules that it names, the
 * programs that run it and the settings of the machine. O(bytes of all these).
 *
 * @param ownFiles - Names of files that it wrote in an earlier run.
 */
export async function readNotebookInputs(
  prepared: PreparedNotebook,
  data: RunData,
  ownFiles: ReadonlySet<string>,
): Promise<ReadInputs> {
  const { file, notebook, parameters, hasSecrets } = prepared;
  if (hasSecrets) return { unseen: "it is told a secret" };
  if (data.hash === undefined) return { unseen: data.unseen ?? "its data cannot be told" };
  const otherData = findOtherData(parameters, data.workbook);
  if (otherData !== undefined) return { unseen: otherData };
  const folder = dirname(resolve(file));
  const found = findFiles(prepared, { folder, ownFiles });
  const other = found.files.find((path) => /\.ya?ml$/i.test(path) && path !== data.workbook?.file);
  if (found.unseen !== undefined) return { unseen: found.unseen };
  if (other !== undefined) return { unseen: `it names another workbook, ${relative(folder, other)}` };
  const hashes = await Promise.all(
    found.files.map(async (path) => [relative(folder, path), await readSha256(path)]),
  );
  return {
    inputs: {
      parameters: sha256(canonicalJson([...parameters])),
      notebook: sha256(canonicalJson(notebook)),
      data: data.hash,
      files: sha256(canonicalJson(hashes)),
      programs: programsHash(folder, found.packages),
      machine: machineHash(),
    },
  };
}

/** A notebook that is not told the run's day or data folder opens other sources than those that were hashed. */
function findOtherData(
  parameters: PreparedNotebook["parameters"],
  workbook: HashedWorkbook | undefined,
): string | undefined {
  if (workbook === undefined) return undefined;
  const { asOf, ownAsOf, isElsewhere } = workbook;
  if ((parameters.get("asOf") || ownAsOf) !== asOf) return `it is about another day than ${asOf}`;
  return isElsewhere && !parameters.get("dataFolder")
    ? "it does not ask for the data folder of this run"
    : undefined;
}

/** Follows what the cells name through the modules that they import. */
function findFiles(
  { notebook, parameters }: PreparedNotebook,
  place: CodePlace,
): { files: string[]; packages: string[]; unseen?: string | undefined } {
  const cells = notebook.cells.filter(
    (cell) =>
      cell.cell_type === "code" && !hasTag(cell, "parameters") && !hasTag(cell, "injected-parameters"),
  );
  const values = [...parameters]
    .filter(([name]) => !places.has(name))
    .flatMap(([, value]) => textsIn(value))
    .map((text) => namedFile(text, place));
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

/** Every text in a value, however deep. */
function textsIn(value: ParameterValue): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function programsHash(folder: string, packages: readonly string[]): string {
  const others = packages.filter((name) => name !== "segbook").map((name) => packageHash(folder, name));
  const ours = packageFile();
  const theirs = installedPackage(folder, "segbook") ?? ours;
  return sha256(canonicalJson({ segbook: [...new Set([ours, theirs])].map(buildHash), others }));
}

function machineHash(): string {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { NODE_OPTIONS = "" } = process.env;
  return sha256(canonicalJson({ locale, timeZone, platform: process.platform, NODE_OPTIONS }));
}
