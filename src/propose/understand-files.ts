import { InputError } from "../core/errors.js";
import { openDuckDb } from "../engine/duckdb.js";
import type { Engine } from "../engine/engine.js";
import { columnFor, guessKind, type LookedAt } from "./file-kind.js";
import type { GivenFile } from "./file-sample.js";
import { type FileStyle, styleOf } from "./file-style.js";
import { type FileExtent, findExtent } from "./find-extent.js";
import { findKeys, type ProposedKey } from "./find-keys.js";
import { listParts } from "./list-parts.js";
import type { ColumnProfile } from "./profile-column.js";
import { profileColumns } from "./profile-column.js";
import { findTransactionColumns } from "./propose-transactions.js";
import { sampleFile } from "./sample-file.js";

/** A file with everything that is known of it. */
export interface Understood {
  readonly given: GivenFile;
  readonly file: LookedAt;
  readonly key: ProposedKey;
  readonly style: FileStyle;
  readonly extent: FileExtent;
}

/** What files hold. */
export interface UnderstoodFiles {
  readonly files: readonly Understood[];
  /** Sheets and tables among others that are no table, with the reason. */
  readonly unread: readonly { readonly written: string; readonly reason: string }[];
}

/** Options of {@link understandFiles}. */
export interface UnderstandOptions {
  /** Draws the sample of a large file. */
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/**
 * Looks at files, every sheet or table of those that have several: what their rows are, whose, how they are written and from when.
 *
 * @throws InputError if a file is no table. One of several sheets or tables may be none.
 */
export async function understandFiles(
  given: readonly GivenFile[],
  { seed, signal }: UnderstandOptions,
): Promise<UnderstoodFiles> {
  let engine: Engine | undefined;
  const openEngine = async (): Promise<Engine> => {
    engine ??= await openDuckDb();
    return engine;
  };
  const looked: { readonly given: GivenFile; readonly file: LookedAt }[] = [];
  const unread: { readonly written: string; readonly reason: string }[] = [];
  try {
    for (const whole of given)
      for (const part of await listParts(whole, openEngine)) {
        signal?.throwIfAborted();
        const isOneOfSeveral = part !== whole;
        const sample = await sampleFile(part, { openEngine, seed }).catch((error: unknown) => {
          if (!(error instanceof InputError) || !isOneOfSeveral) throw error;
          unread.push({ written: part.written, reason: error.message.replace(/^.*?, got: /, "") });
        });
        if (!sample) continue;
        const columns = profileColumns(sample);
        looked.push({ given: part, file: { sample, columns, ...guessKind(columns) } });
      }
    const keys = findKeys(looked.map(({ file }) => file));
    const files: Understood[] = [];
    for (const [i, one] of looked.entries()) files.push(await understand(one, keys[i]!));
    return { files, unread };
  } finally {
    for (const { file } of looked) await file.sample.release();
    engine?.close();
  }
}

async function understand(
  { given, file }: Pick<Understood, "given" | "file">,
  key: ProposedKey,
): Promise<Understood> {
  const others = file.columns.filter((column) => column !== key.column);
  const found = findTransactionColumns(file.columns, key.column);
  const isSold = file.kind === "transactions";
  const date = isSold ? found.date : dateOf(file, others);
  const style = styleOf(others, date);
  const { price, quantity } = found;
  const measured = {
    ...(date && { date }),
    ...(isSold && price && { price }),
    ...(isSold && (quantity ?? price) && { quantity: quantity ?? price! }),
  };
  const extent = await findExtent(file.sample, { ...measured, dateFormat: style.dateFormat });
  return { given, file, key, style, extent };
}

/** The last day of a plan may lie ahead; its first says what is known. */
function dateOf({ kind }: LookedAt, columns: readonly ColumnProfile[]): ColumnProfile | undefined {
  const dated = columns.filter(({ dates }) => dates !== undefined);
  return (kind === "subscriptions" ? columnFor(dated, "start") : undefined) ?? dated[0];
}
