import type { LookedAt } from "./file-kind.js";
import type { FileStyle } from "./file-style.js";
import type { FileExtent } from "./find-extent.js";
import type { ProposedKey } from "./find-keys.js";

/** What one source of the workbook is made from. */
export interface SourceInput {
  readonly file: LookedAt;
  readonly key: ProposedKey;
  readonly style: FileStyle;
  readonly extent: FileExtent;
  /** Path to write: relative to the new folder. */
  readonly path: string;
  readonly asOf: string;
  /** ISO 4217 code, or empty where nobody knows. */
  readonly currency: string;
  /** Names of features given so far; grows. */
  readonly taken: Set<string>;
}
