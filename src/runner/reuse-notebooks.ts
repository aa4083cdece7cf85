import { basename } from "node:path";
import { readSha256 } from "../core/sha256.js";
import { filesSince, listFiles, type WrittenFile } from "./folder-files.js";
import {
  areSameFiles,
  changedInput,
  copyKept,
  type KeepingPlace,
  type KeptNotebook,
  readKeptNotebooks,
  type WrittenBefore,
} from "./kept-notebooks.js";
import { type NotebookInputs, type ReadInputs, type RunData, readNotebookInputs } from "./notebook-inputs.js";
import type { PreparedNotebook } from "./prepare-notebooks.js";

/** What is taken from an earlier run. */
export interface ReuseOptions extends KeepingPlace {
  readonly data: RunData;
  /** Run all, but note what the next run needs. */
  readonly isFresh: boolean;
}

/** Whether a notebook was run or taken over, and what the next run needs to take it over. */
export interface Reuse {
  readonly isReused: boolean;
  /** Why it was run, or taken over. */
  readonly because: string;
  /** Absent: it cannot be told what it depends on. */
  readonly inputs?: NotebookInputs;
  /** What the notebooks that it waited for wrote. */
  readonly before: WrittenBefore;
  /** SHA-256 of the executed copy. */
  readonly executed: string;
  readonly files: readonly WrittenFile[];
}

/** Takes unchanged notebooks from an earlier run. */
export interface Reuser {
  /** True where a notebook will hardly be run, so that nothing need be made ready for it. */
  readonly isLikely: (index: number) => boolean;
  /** The earlier run of a notebook, its files copied; undefined where it must be run. */
  readonly take: (
    index: number,
  ) => Promise<{ readonly kept: KeptNotebook; readonly reuse: Reuse } | undefined>;
  /** Called when a notebook is about to run. Returns what is called when it has. */
  readonly watch: (index: number) => () => Promise<Reuse>;
}

interface Plan {
  readonly read: ReadInputs;
  readonly kept: KeptNotebook | undefined;
  /** Why it must be run; undefined where nothing speaks for it so far. */
  readonly change: string | undefined;
}

const unchanged = "nothing that it depends on has changed";

/**
 * Looks at what an earlier run left, and at what each notebook depends on now.
 *
 * @param after - For each notebook those that it waits for: it may read what they wrote.
 */
export async function planReuse(
  notebooks: readonly PreparedNotebook[],
  after: readonly ReadonlySet<number>[],
  { from, to, data, isFresh }: ReuseOptions,
): Promise<Reuser> {
  const earlier = readKeptNotebooks(from);
  const names = notebooks.map(({ file }) => basename(file));
  const plans = await Promise.all(
    notebooks.map((notebook, i) => planOne(notebook, earlier.get(names[i]!), { data, isFresh })),
  );
  const written = new Map<number, readonly WrittenFile[]>();
  const reasons = new Map<number, string>();
  const before = (index: number): WrittenBefore =>
    Object.fromEntries([...after[index]!].map((one) => [names[one]!, written.get(one) ?? []]));
  const changedBefore = (index: number): string | undefined => {
    const [now, then] = [before(index), plans[index]!.kept?.before ?? {}];
    const all = [...new Set([...Object.keys(now), ...Object.keys(then)])];
    const other = all.find((name) => !areSameFiles(now[name], then[name]));
    return other && `what ${other} wrote has changed`;
  };
  const noted = (index: number, reuse: Omit<Reuse, "inputs" | "before">): Reuse => {
    const { read } = plans[index]!;
    written.set(index, reuse.files);
    return { ...reuse, before: before(index), ...("inputs" in read && { inputs: read.inputs }) };
  };
  return {
    isLikely: (index) => plans[index]!.change === undefined,
    take: async (index) => {
      const { kept, change = changedBefore(index) } = plans[index]!;
      const isCopied = change === undefined && kept !== undefined && (await copyKept(kept, { from, to }));
      if (!isCopied) reasons.set(index, change ?? "a file of the last run is gone or has changed");
      if (!isCopied) return undefined;
      const { executed, files } = kept;
      return { kept, reuse: noted(index, { isReused: true, because: unchanged, executed, files }) };
    },
    watch: (index) => {
      const finish = watchFiles(notebooks[index]!, to);
      return async () => noted(index, { isReused: false, because: reasons.get(index)!, ...(await finish()) });
    },
  };
}

async function planOne(
  notebook: PreparedNotebook,
  kept: KeptNotebook | undefined,
  { data, isFresh }: Pick<ReuseOptions, "data" | "isFresh">,
): Promise<Plan> {
  const ownFiles = new Set(kept?.files.map(({ name }) => basename(name)));
  const read = await readNotebookInputs(notebook, data, ownFiles);
  return { read, kept, change: changeOf(read, kept, isFresh) };
}

/** Returns what tells, once the notebook has run, what it left. */
function watchFiles(
  { executed, writesFiles }: PreparedNotebook,
  folder: string,
): () => Promise<Pick<Reuse, "executed" | "files">> {
  const before = listFiles(folder);
  return async () => ({
    executed: await readSha256(executed),
    files: writesFiles ? await filesSince(folder, before) : [],
  });
}

function changeOf(read: ReadInputs, kept: KeptNotebook | undefined, isFresh: boolean): string | undefined {
  if (isFresh) return "a fresh run was asked for";
  if ("unseen" in read) return read.unseen;
  if (kept === undefined) return "there is no earlier run of it";
  return changedInput(kept.inputs, read.inputs);
}
