import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { canonicalJson } from "../core/canonical-json.js";
import { readSha256 } from "../core/sha256.js";
import { isObject } from "../notebook/notebook.js";
import { listFiles, type WrittenFile } from "./folder-files.js";
import type { NotebookInputs } from "./notebook-inputs.js";

/** File name of a notebook → what it wrote. */
export type WrittenBefore = Readonly<Record<string, readonly WrittenFile[]>>;

/** What a run notes of a notebook so that the next one may take it over; stands in `run.json`. */
export interface KeptNotebook {
  /** File name. */
  readonly notebook: string;
  readonly cells: number;
  /** Seconds that it took when it was run. */
  readonly seconds: number;
  readonly inputs: NotebookInputs;
  /** SHA-256 of the executed copy. */
  readonly executed: string;
  /** What the notebooks that it waited for wrote, by their file names. */
  readonly before: WrittenBefore;
  /** What it wrote into the run's folder. */
  readonly files: readonly WrittenFile[];
}

/**
 * What an earlier run left to be taken over, by file name of the notebook. A damaged record, and notebooks that failed, count as
 * nothing.
 *
 * @param folder - Of that run.
 */
export function readKeptNotebooks(folder: string): ReadonlyMap<string, KeptNotebook> {
  try {
    const { notebooks } = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as Record<
      string,
      unknown
    >;
    const entries = Array.isArray(notebooks) ? notebooks.filter(isKept) : [];
    return new Map(entries.map((entry) => [entry.notebook, entry]));
  } catch {
    return new Map();
  }
}

function isKept(entry: unknown): entry is KeptNotebook {
  if (!isObject(entry) || entry.failed !== null || !isObject(entry.inputs) || !isObject(entry.before))
    return false;
  const { notebook, executed, files } = entry;
  return (
    typeof notebook === "string" &&
    basename(notebook) === notebook &&
    typeof executed === "string" &&
    Array.isArray(files) &&
    files.every(
      (file) => isObject(file) && typeof file.name === "string" && !/(^|[/\\])\.\.([/\\]|$)/.test(file.name),
    )
  );
}

/** Where a kept notebook is taken from and to. */
export interface KeepingPlace {
  /** Folder of the earlier run. */
  readonly from: string;
  /** Folder of this run. */
  readonly to: string;
}

/**
 * Copies the executed notebook and what it wrote.
 *
 * @returns False, with nothing left behind, if a file is not there or is no longer what that run wrote, or if another notebook of this
 * run has written it already.
 */
export async function copyKept(kept: KeptNotebook, { from, to }: KeepingPlace): Promise<boolean> {
  const copy = { name: join("notebooks", kept.notebook), sha256: kept.executed };
  const copied: string[] = [];
  const there = new Set(listFiles(to).keys());
  try {
    for (const { name, sha256 } of [...kept.files, copy]) {
      if (there.has(name)) throw new Error("written twice");
      const target = join(to, name);
      mkdirSync(dirname(target), { recursive: true });
      copied.push(target);
      copyFileSync(join(from, name), target);
      if ((await readSha256(target)) !== sha256) throw new Error("changed");
    }
    return true;
  } catch {
    for (const file of copied) rmSync(file, { force: true });
    return false;
  }
}

const kinds: Readonly<Record<keyof NotebookInputs, string>> = {
  parameters: "its parameters have changed",
  notebook: "the notebook has changed",
  data: "the workbook or its data have changed",
  files: "a file that it names has changed",
  programs: "segbook, a package or Node is another one",
  machine: "the language, the time zone or another setting of the machine is another one",
};

/** The first input that differs, in words; undefined where none does. */
export function changedInput(before: NotebookInputs, now: NotebookInputs): string | undefined {
  const names = Object.keys(kinds) as (keyof NotebookInputs)[];
  const changed = names.find((name) => before[name] !== now[name]);
  return changed && kinds[changed];
}

/** Whether two lists of written files are the same files; a notebook that was not run wrote none. */
export function areSameFiles(
  some: readonly WrittenFile[] | undefined,
  others: readonly WrittenFile[] | undefined,
): boolean {
  return canonicalJson(some ?? []) === canonicalJson(others ?? []);
}
