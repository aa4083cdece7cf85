import type { DisplayTable } from "../charts/figure.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import type { ExecutedNotebook } from "./executed-notebook.js";

/** Everything that one report is made of. Plain data; nothing is computed from customers here. */
export interface ReportInput {
  readonly title: string;
  /** `workbook` (default): a run of a workbook, the segments first. `notebooks`: any notebooks, and nothing is said of segments. */
  readonly kind?: "workbook" | "notebooks";
  /** Code of the cells: `folded` (default) or `none`, which leaves it out of the file. */
  readonly code?: CodeChoice;
  /** Still pictures for readers without scripts, by the id of a figure that brought none (`figure-3`). */
  readonly stills?: ReadonlyMap<string, string>;
  /** Absent: the last segments that a notebook showed; if there are none, the report says so. */
  readonly overview?: SegmentOverview;
  /** What stands in a part of the page that no notebook of the run fills, by the part's id, such as `what-changed`. */
  readonly empties?: ReadonlyMap<string, string>;
  /** In reading order. */
  readonly notebooks: readonly ReportNotebook[];
  readonly run: RunFacts;
  readonly account?: ReportAccount;
  /** Further tables for "Data and method": features, recipe. */
  readonly method?: readonly DisplayTable[];
  /** What must not be concluded from this report, one sentence each. */
  readonly limits?: readonly string[];
  /** Privacy rules that were set aside, a sentence each; absent or empty: every rule held. */
  readonly privacy?: readonly string[];
  /** Files written beside the report. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** Whether the page holds the cells' code. */
export type CodeChoice = "folded" | "none";

export interface ReportNotebook {
  /** Such as `03-find-segments.ipynb`. */
  readonly fileName: string;
  readonly notebook: ExecutedNotebook;
  /** Whether it was taken from an earlier run, since nothing that it depends on has changed; default false. */
  readonly isReused?: boolean;
}

/** What is needed to run the same again and get the same. */
export interface RunFacts {
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[];
  readonly inputs: readonly { readonly name: string; readonly sha256: string; readonly bytes?: number }[];
  readonly versions: readonly { readonly name: string; readonly version: string }[];
  /** Wall time of the whole run; absent where the report knows only the outcome. */
  readonly seconds?: number;
}

/** The cleaning account, as far as the report prints it: counts and reasons, no examples. */
export interface ReportAccount {
  readonly sources: readonly {
    readonly name: string;
    readonly rowsRead: number;
    readonly rowsKept: number;
    readonly dropped: readonly DroppedRows[];
  }[];
  readonly customers: {
    readonly found: number;
    readonly kept: number;
    readonly dropped: readonly DroppedRows[];
  };
}

export interface DroppedRows {
  /** Kebab-case word, such as `missing-customer`. */
  readonly reason: string;
  readonly rows: number;
}
