import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileError } from "../core/file-error.js";
import { packageFile } from "../core/package-root.js";
import { writeFileAtomic } from "../core/write-atomic.js";

/** A file of the extension: its path below the extension's folder of static files, and its text. */
interface StaticFile {
  readonly path: string;
  readonly text: string;
}

const require = createRequire(import.meta.url);

/**
 * Writes the front-end extension of JupyterLab 4 and Notebook 7: plain static files that the Jupyter server hands out.
 *
 * The files stand in a folder named after their content, so that no browser mixes those of two versions; it is complete before
 * `package.json` points to it, and the folders of other versions are removed afterwards.
 *
 * @throws InputError if the folder may not be written.
 */
export function installExtension(folder: string): void {
  const files = [...labFiles(), plotlyFile("cartesian"), plotlyFile("strict")];
  const version = fingerprint(files);
  const place = join("static", version);
  for (const { path, text } of files) {
    const target = join(folder, place, path);
    if (!isWritten(target, text)) writeFileAtomic(target, text);
  }
  writeFileAtomic(join(folder, "package.json"), `${JSON.stringify(description(version), null, 2)}\n`);
  removeOthers(join(folder, "static"), version);
}

function description(version: string): Readonly<Record<string, unknown>> {
  const own = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  return {
    name: "segbook",
    version: own.version,
    description: "Figures, segment cards and the Segments panel for notebooks of segbook.",
    license: own.license,
    jupyterlab: {
      extension: true,
      mimeExtension: true,
      _build: {
        load: `static/${version}/lab/remote-entry.js`,
        extension: "./extension",
        mimeExtension: "./mimeExtension",
      },
    },
  };
}

/** What the browser runs, as it was compiled: our own modules and the few that they share with the rest of segbook. */
function labFiles(): StaticFile[] {
  const root = packageFile("dist");
  const files = new Map<string, string>();
  const add = (path: string): void => {
    if (files.has(path)) return;
    const text = readFileSync(join(root, path), "utf8");
    files.set(path, text);
    for (const [, target] of text.matchAll(/(?:from|import) "(\.[^"]+)"/g)) add(join(dirname(path), target!));
  };
  add("lab/remote-entry.js");
  add("lab/extensions.js");
  return [...files].map(([path, text]) => ({ path, text }));
}

/** Plotly's bundle as an ES module: loaded as a script, it would be taken by RequireJS where a page has that. */
function plotlyFile(bundle: string): StaticFile {
  const source = readFileSync(require.resolve(`plotly.js-${bundle}-dist-min`), "utf8");
  return {
    path: `plotly-${bundle}.js`,
    text: `const module = { exports: {} };\n${source}\nexport const plotly = module.exports;\n`,
  };
}

function fingerprint(files: readonly StaticFile[]): string {
  const hash = createHash("sha256");
  for (const { path, text } of files) hash.update(`${path}\n${text.length}\n${text}`);
  return hash.digest("hex").slice(0, 16);
}

function isWritten(path: string, text: string): boolean {
  return existsSync(path) && readFileSync(path, "utf8") === text;
}

function removeOthers(folder: string, version: string): void {
  const others = readdirSync(folder).filter((name) => name !== version);
  for (const name of others) remove(join(folder, name));
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    const requirement = "the folder of an earlier version must be removable";
    throw fileError(error, { caller: "installExtension", requirement, path });
  }
}
