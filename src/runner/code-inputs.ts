import { type Stats, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { resolve } from "node:path";
import { type NamedInCode, readCodeNames } from "./code-names.js";

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

const clock = "its code reads the clock";
const chance = "its code draws at random";
const network = "its code reads from the network";
const surroundings = "its code reads its surroundings";

/** Names that come from outside, and what they bring. */
const outerNames: ReadonlyMap<string, string> = new Map([
  ...["Date", "Temporal", "performance"].map((name) => [name, clock] as const),
  ...["Math.random", "crypto"].map((name) => [name, chance] as const),
  ...["fetch", "WebSocket", "XMLHttpRequest", "EventSource"].map((name) => [name, network] as const),
  ...["process", "globalThis", "global", "navigator", "eval", "Function", "module", "Deno"].map(
    (name) => [name, surroundings] as const,
  ),
  ["openSpark", "its code reads a database, which may have changed"],
]);

/** What texts make a database or a reader of files ask for. */
const outerTexts: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\//, network],
  [
    /\bcurrent_(?:date|time|timestamp)\b|\blocaltime(?:stamp)?\b|\b(?:now|today|get_current_time(?:stamp)?)\(\s*\)/i,
    clock,
  ],
  [/\b(?:random|uuid|gen_random_uuid)\(\s*\)/i, chance],
];

const dataEnd =
  /\.(?:csv|tsv|tab|json|geojson|topojson|ndjson|jsonl|parquet|xlsx?|ya?ml|xml|sql|txt|dat|db|sqlite3?|duckdb|gz|zst|zip)$/i;
const moduleEnds = ["", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];

/** Reads what code depends on from its text; whatever is in doubt counts as not to be told. O(characters). */
export function readCodeInputs(code: string, place: CodePlace): CodeInputs {
  const names = readCodeNames(code);
  const local = names.imports.filter((name) => /^\.{0,2}\/|^\.{1,2}$/.test(name));
  const packages = names.imports.filter((name) => !local.includes(name));
  const modules = local.map((name) => moduleFiles(name, place.folder));
  const named = names.texts
    .flatMap((text) => text.split(/["'`]/))
    .map((text) => namedFile(text.trim(), place));
  const unseen =
    outerReason(names) ??
    packages.map(packageFault).find(Boolean) ??
    (modules.some((files) => files.length === 0) ? "it imports a file that cannot be found" : undefined) ??
    named.find((one) => one.unseen)?.unseen;
  return {
    files: [...modules.flat(), ...named.flatMap(({ file }) => file ?? [])],
    packages: packages.filter((name) => !isBuiltin(name)).map(packageName),
    ...(unseen && { unseen }),
  };
}

function outerReason({ outer, texts, importsUnknown }: NamedInCode): string | undefined {
  if (importsUnknown) return "its code imports what it makes up while it runs";
  const name = [...outerNames.keys()].find((one) => outer.has(one));
  const text = outerTexts.find(([pattern]) => texts.some((one) => pattern.test(one)));
  return name === undefined ? text?.[1] : outerNames.get(name);
}

/** The file that a text names, if it is one. */
export function namedFile(
  text: string,
  { folder, ownFiles }: CodePlace,
): { readonly file?: string; readonly unseen?: string } {
  if (/^\.{0,2}$/.test(text) || text.length > 500 || /[\n\0]/.test(text)) return {};
  const path = resolve(folder, text);
  const stats = statsOf(path);
  if (stats?.isFile()) return { file: path };
  if (stats?.isDirectory()) return { unseen: `it names the folder ${text}` };
  const [end = ""] = text.split(/[/\\]/).slice(-1);
  if (stats === undefined && dataEnd.test(text) && !/\s/.test(text) && !ownFiles.has(end))
    return { unseen: `it names the file ${end}, which is not beside it` };
  return {};
}

/** Any sentence may stand here: one that is too long for a name, or leads through a file, is no path either. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Every file that the kernel may find under a name: which it takes is for its compiler to know. */
function moduleFiles(name: string, folder: string): readonly string[] {
  const path = resolve(folder, name);
  const candidates = [...moduleEnds.map((end) => path + end), path.replace(/\.([mc]?)js$/, ".$1ts")];
  const found = candidates.filter((file) => statsOf(file)?.isFile());
  return [...new Set(found)];
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
