import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { formatOfSuffix, suffixOf } from "../config/source-format.js";
import type { SourceFormat } from "../config/workbook-config.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkReadable } from "../core/file-error.js";
import type { Dialect } from "./sniff-dialect.js";

/** What was looked at of one file. */
export interface FileSample {
  /** As the user wrote it. */
  readonly written: string;
  /** Absolute path; of a folder, of its first file. */
  readonly path: string;
  /** Path to say in the workbook: the file, or a glob over the files of a folder. */
  readonly pattern: string;
  readonly format: SourceFormat;
  /** Of delimited text. */
  readonly dialect?: Dialect;
  readonly encoding: string;
  /** Sheet of an Excel workbook or table of a database file, where there are several. */
  readonly part?: string;
  readonly header: readonly string[];
  /** The first rows and a seeded sample of the others, in the order of the file; cells as text, trimmed. */
  readonly rows: readonly (readonly string[])[];
  /** Whether `rows` are all. */
  readonly isWhole: boolean;
  /**
   * Reads some columns of the whole file, or of what is cheap to read: text of at most 200 MB (packed 30 MB).
   *
   * @returns Whether it was the whole file.
   */
  readColumns(indices: readonly number[], visit: (cells: readonly string[]) => void): Promise<boolean>;
  /** Removes what was made to read it. */
  release(): Promise<void>;
}

/** A file that the user gave. */
export interface GivenFile {
  readonly written: string;
  readonly path: string;
  readonly pattern: string;
  readonly format: SourceFormat;
  /** Sheet or table: what stands after `#` in `shop.xlsx#Orders`. */
  readonly part?: string;
}

/**
 * A file or folder given with `--from`, or one sheet or table of a file: `shop.xlsx#Orders`.
 *
 * @throws InputError if it is missing, empty, cannot be read, or is a folder without files of one sort.
 */
export function findGiven(written: string, path: string): GivenFile {
  const requirement = "--from must name a file or a folder of files";
  const [, file = "", part] = /^(.+)#([^#]+)$/.exec(path) ?? [];
  if (!existsSync(path) && existsSync(file)) return { ...givenFile(written, file, file), part: part! };
  if (!existsSync(path)) throw new InputError(`init: ${requirement}, got none at ${describeValue(written)}`);
  if (!statSync(path).isDirectory()) return givenFile(written, path, path);
  const files = readdirSync(path)
    .filter((name) => !name.startsWith(".") && statSync(join(path, name)).isFile())
    .sort();
  const suffixes = new Set(files.map(endingOf));
  if (files.length === 0 || suffixes.size > 1)
    throw new InputError(
      `init: ${requirement} of one sort, got ${files.length === 0 ? "an empty folder" : [...suffixes].map((suffix) => `*${suffix}`).join(" and ")} at ${describeValue(written)}. Give the files one by one`,
    );
  return givenFile(written, join(path, files[0]!), join(path, `*${endingOf(files[0]!)}`));
}

function givenFile(written: string, path: string, pattern: string): GivenFile {
  checkReadable("init", "--from", path);
  if (!statSync(path).isFile())
    throw new InputError(
      `init: --from must name a file or a folder of files, got something else at ${describeValue(written)}`,
    );
  if (statSync(path).size === 0)
    throw new InputError(
      `init: --from must name a file with rows, got an empty one at ${describeValue(written)}`,
    );
  return { written, path, pattern, format: formatOfSuffix(suffixOf(path)) ?? "csv" };
}

/** `.csv.gz` of `orders.csv.gz`. */
function endingOf(name: string): string {
  return /(\.[^.]+(\.(gz|zst))?)$/i.exec(basename(name).replace(/^[^.]*/, ""))?.[1] ?? "";
}
