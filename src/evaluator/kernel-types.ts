import { loadTypeScript } from "../notebook/load-typescript.js";
import { runtimeTypes, runtimeTypesFile } from "./runtime-types.js";

/** How much of the declaration files of packages a kernel reads. */
export interface TypeReadingOptions {
  /** False where nobody hovers over a name, as in a run: a kernel then starts a fifth faster. */
  readonly withDocumentation: boolean;
}

const documentation = /^[ \t]*\/\*\*[\s\S]*?\*\/[ \t]*$/gm;

/**
 * Sets how tslab's compiler reads files in this process; call it before a converter is made.
 *
 * Of the packages under `@types` only Node's own is read unasked; a cell that imports another gets its types as well.
 */
export function limitTypeReading({ withDocumentation }: TypeReadingOptions): void {
  const { sys } = loadTypeScript();
  const { getDirectories, readFile, fileExists } = sys;
  sys.getDirectories = (path) => {
    const names = getDirectories(path);
    return /node_modules[\\/]@types$/.test(path) ? names.filter((name) => name === "node") : names;
  };
  sys.fileExists = (path) => path.endsWith(runtimeTypesFile) || fileExists(path);
  sys.readFile = (path, encoding) => {
    if (path.endsWith(runtimeTypesFile)) return runtimeTypes();
    const text = readFile(path, encoding);
    return withDocumentation || !path.endsWith(".d.ts") ? text : text?.replace(documentation, "");
  };
}
