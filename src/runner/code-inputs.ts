import { statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { resolve } from "node:path";

/** What code depends on besides itself, as far as can be told from its text. */
export interface CodeInputs {
  /** Absolute paths of files that it names and that are there: modules and data. */
  readonly files: readonly string[];
  /** Packages that it imports. */
  readonly packages: readonly string[];
  /** Why it may depend on more than can be told; absent: it does not. */
  readonly unseen?: string;
}

/** Where code stands. */
export interface CodePlace {
  /** Relative paths begin here. */
  readonly folder: string;
  /** Names of files that it writes itself: they need not be there. */
  readonly ownFiles: ReadonlySet<string>;
}

/** Pure modules of Node: they read nothing. */
const pureBuiltins = new Set(["path", "util", "assert", "url", "querystring", "string_decoder"]);

/** Packages that read nothing but the files they are told. */
const knownPackages = new Set([
  "segbook",
  "tslab",
  "danfojs-node",
  "simple-statistics",
  "ml-kmeans",
  "ml-matrix",
]);

const readers: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\b/, "its code reads the clock"],
  [/\bMath\.random\b|\bcrypto\b/, "its code draws at random"],
  [/\b(?:fetch|WebSocket|XMLHttpRequest)\b|https?:\/\//, "its code reads from the network"],
  [/\b(?:process|globalThis|eval|Deno)\b|\bFunction\(/, "its code reads its surroundings"],
  [/\b(?:import|require)\(\s*[^"'`\s)]/, "its code imports what it makes up while it runs"],
];

const textOrComment =
  /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const imports = /\b(?:from|import|require\(|import\()\s*["'`]([^"'`\n]+)["'`]/g;
const dataEnd = /\.(?:csv|tsv|json|geojson|ndjson|parquet|xlsx?|ya?ml|txt|db|sqlite|duckdb|gz|zip)$/i;
const moduleEnds = ["", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];

/** Reads what code depends on from its text; whatever is in doubt counts as not to be told. O(characters). */
export function readCodeInputs(code: string, place: CodePlace): CodeInputs {
  const plain = code.replace(textOrComment, (whole, text) => (text === undefined ? " " : whole));
  const imported = [...plain.matchAll(imports)].map(([, name]) => name!);
  const local = imported.filter((name) => /^\.{0,2}\/|^\.{1,2}$/.test(name));
  const packages = imported.filter((name) => !local.includes(name));
  const modules = local.map((name) => moduleFile(name, place.folder));
  const texts = plain.split(/["'`]/).filter((text) => !imported.includes(text));
  const named = texts.map((text) => namedFile(text.trim(), place));
  const unseen =
    readers.find(([pattern]) => pattern.test(plain))?.[1] ??
    packages.map(packageFault).find(Boolean) ??
    (modules.includes(undefined) ? "it imports a file that cannot be found" : undefined) ??
    named.find((one) => one.unseen)?.unseen;
  return {
    files: [...modules.flatMap((file) => file ?? []), ...named.flatMap(({ file }) => file ?? [])],
    packages: packages.filter((name) => !isBuiltin(name)).map(packageName),
    ...(unseen && { unseen }),
  };
}

/** The file that a text names, if it is one. */
export function namedFile(
  text: string,
  { folder, ownFiles }: CodePlace,
): { readonly file?: string; readonly unseen?: string } {
  if (text === "" || text.length > 500 || /[\n\0]/.test(text)) return {};
  const path = resolve(folder, text);
  const stats = statSync(path, { throwIfNoEntry: false, bigint: false });
  if (stats?.isFile()) return { file: path };
  if (stats?.isDirectory() && /[/\\]/.test(text)) return { unseen: `it names the folder ${text}` };
  const [end = ""] = text.split(/[/\\]/).slice(-1);
  if (stats === undefined && dataEnd.test(text) && !/\s/.test(text) && !ownFiles.has(end))
    return { unseen: `it names the file ${end}, which is not beside it` };
  return {};
}

/** As the kernel finds it: TypeScript may be imported by the name that it would be compiled to. */
function moduleFile(name: string, folder: string): string | undefined {
  const path = resolve(folder, name);
  const candidates = [...moduleEnds.map((end) => path + end), path.replace(/\.([mc]?)js$/, ".$1ts")];
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

function packageFault(name: string): string | undefined {
  if (isBuiltin(name))
    return pureBuiltins.has(name.replace(/^node:/, ""))
      ? undefined
      : `it uses ${name}, which may read anything`;
  return knownPackages.has(packageName(name))
    ? undefined
    : `it uses ${packageName(name)}, which may read anything`;
}

/** "@scope/name/part" is of package "@scope/name". */
function packageName(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}
