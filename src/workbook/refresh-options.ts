import type { RefreshRecord } from "../refresh/refresh-record.js";
import type { SearchProgress } from "./find-segments.js";
import type { OpenWorkbookOptions } from "./open-workbook.js";

/** Options of a refresh. */
export interface RefreshOptions extends Omit<OpenWorkbookOptions, "asOf"> {
  /** Last calendar day that is known, `YYYY-MM-DD`; not before that of the newest state. */
  readonly asOf: string;
  /** Folder of the history; default: what the workbook says, beside it. */
  readonly history?: string;
  /** Whether nothing is published; default false. */
  readonly isDryRun?: boolean;
  /** Whether the newest date is made again where its inputs have changed; default false: that is refused. */
  readonly isAgain?: boolean;
  /** Told what is done now, in a few words. */
  readonly onStep?: (step: string) => void;
  /** Called between units of work of the search; silent where it is remembered. */
  readonly onSearch?: (progress: SearchProgress) => void;
}

/** What a refresh came to. */
export interface RefreshOutcome {
  /**
   * published: a new state holds; already-done: the newest state was made from the same inputs; refused: a gate on the data or on
   * continuity said no, and the state before goes on; dry-run: nothing was written.
   */
  readonly word: "published" | "already-done" | "refused" | "dry-run";
  readonly record: RefreshRecord;
  /** Folder with the files of the state, also of a refused one; null after a dry run. */
  readonly folder: string | null;
}
