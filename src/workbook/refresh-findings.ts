import type { CustomerTable } from "../core/feature.js";
import type { CommonRows } from "../refresh/common-rows.js";
import type { Assignment } from "../segments/assign.js";
import type { Workbook } from "./open-workbook.js";
import type { Decision } from "./refresh-decide.js";
import type { FormerState } from "./refresh-former.js";
import type { RefreshJudgement } from "./refresh-judge.js";
import type { Refit } from "./refresh-refit.js";
import type { DescribedMatching } from "./refresh-segments.js";

/** The customers of now under the definition before. */
export interface ScoredNow {
  readonly table: CustomerTable;
  readonly assignment: Assignment;
  readonly common: CommonRows;
}

/** A refit with where it puts the customers now, or why there is none. */
export interface TriedRefit {
  readonly refit: Refit | null;
  readonly labels: Int32Array;
  readonly described: DescribedMatching;
  readonly notes: readonly string[];
}

/** What the record and the files of a state are made of. */
export interface RefreshFindings {
  readonly book: Workbook;
  readonly former: FormerState;
  readonly now: ScoredNow;
  readonly tried: TriedRefit;
  readonly judgement: RefreshJudgement;
  readonly decision: Decision;
}
