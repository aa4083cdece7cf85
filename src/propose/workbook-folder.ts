import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import { packageFile } from "../core/package-root.js";
import { makeFolder } from "../core/write-atomic.js";
import { ignoreText, type OwnPackage, packageText, readmeText } from "./folder-texts.js";

/** Throws unless a new workbook may be made here. Writes nothing. @param written - The folder as the user wrote it. */
export function checkNewFolder(folder: string, written: string): void {
  const requirement = "DIR must name a new or an empty folder";
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new InputError(`init: ${requirement}, got a file at ${describeValue(written)}`);
  const inside = readdirSync(folder);
  if (inside.length > 0)
    throw new InputError(
      `init: ${requirement}, got one with ${inside.length} ${inside.length === 1 ? "entry" : "entries"} at ${describeValue(written)}. Nothing is written over`,
    );
}

/**
 * Writes a whole workbook folder or nothing: the workbook, the notebooks, package.json, .gitignore and README.md.
 *
 * @throws InputError if the folder may not be written.
 */
export function writeWorkbookFolder(folder: string, written: string, workbook: string): void {
  try {
    makeFolder(dirname(folder));
    const staging = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
    try {
      chmodSync(staging, 0o755);
      fillFolder(staging, folder, workbook);
      // An empty folder that is there already gives way.
      if (existsSync(folder)) rmdirSync(folder);
      renameSync(staging, folder);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  } catch (error) {
    throw fileError(error, {
      caller: "init",
      requirement: "DIR must name a folder that can be written",
      path: written,
    });
  }
}

function fillFolder(staging: string, folder: string, workbook: string): void {
  writeFileSync(join(staging, "segbook.yaml"), workbook);
  writeFileSync(join(staging, "package.json"), packageText(packageName(folder), ownPackage(folder)));
  writeFileSync(join(staging, ".gitignore"), ignoreText);
  writeFileSync(join(staging, "README.md"), readmeText(basename(folder)));
  mkdirSync(join(staging, "notebooks"));
  for (const name of readdirSync(packageFile("notebooks")).filter((name) => name.endsWith(".ipynb")))
    copyNotebook(packageFile("notebooks", name), join(staging, "notebooks", name));
}

/** Notebooks that are opened by hand read the workbook beside them. */
function copyNotebook(from: string, to: string): void {
  const text = readFileSync(from, "utf8");
  writeFileSync(to, text.replaceAll("../data/sample/segbook.yaml", "../segbook.yaml"));
}

/** How the new folder finds segbook, and what must stand in for packages of its that cannot be installed. */
function ownPackage(folder: string): OwnPackage {
  const root = packageFile();
  const { version, overrides, allowScripts } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  const isInstalled = root.split(sep).includes("node_modules");
  const path = relative(folder, root).split(sep).join("/");
  return { spec: isInstalled ? version : `file:${path}`, overrides, allowScripts };
}

function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z\d-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" || name === "segbook" ? "workbook" : name;
}
