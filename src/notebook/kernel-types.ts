import { loadTypeScript } from "./load-typescript.js";

/** How much of the declaration files of packages a kernel reads. */
export interface TypeReadingOptions {
  /** False where nobody hovers over a name, as in a run: a kernel then starts a fifth faster. */
  readonly withDocumentation: boolean;
}

const documentation = /^[ \t]*\/\*\*[\s\S]*?\*\/[ \t]*$/gm;

/**
 * Sets how tslab's compiler reads files in this process; call it before a converter is made.
 *
 * Files are read once: a package that is installed or rebuilt while a kernel runs would break every later cell.
 * Of the packages under `@types` only Node's own is read unasked; a cell that imports another gets its types as well.
 */
export function limitTypeReading({ withDocumentation }: TypeReadingOptions): void {
  const { sys } = loadTypeScript();
  sys.watchFile = () => ({ close: () => undefined });
  sys.watchDirectory = () => ({ close: () => undefined });
  const { getDirectories, readFile } = sys;
  sys.getDirectories = (path) => {
    const names = getDirectories(path);
    return /node_modules[\\/]@types$/.test(path) ? names.filter((name) => name === "node") : names;
  };
  if (withDocumentation) return;
  sys.readFile = (path, encoding) => {
    const text = readFile(path, encoding);
    return path.endsWith(".d.ts") ? text?.replace(documentation, "") : text;
  };
}
