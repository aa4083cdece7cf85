/** How one count compares with data without groups. */
export interface GapRow {
  readonly count: number;
  /** Natural logarithm of the data's inertia. */
  readonly logInertia: number;
  /** Mean over references of theirs. */
  readonly referenceLogInertia: number;
  /** `referenceLogInertia` − `logInertia`. Higher: tighter than groupless data would be. */
  readonly gap: number;
  /** Of the gap: standard deviation over references · √(1 + 1 / references). */
  readonly standardError: number;
}

/** The gap of one count, from the log inertias of the references and the inertia of the data. */
export function gapOf(logs: readonly number[], inertia: number): Omit<GapRow, "count"> {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length;
  const logInertia = Math.log(inertia);
  return {
    logInertia,
    referenceLogInertia: mean,
    gap: mean - logInertia,
    standardError: Math.sqrt(variance * (1 + 1 / logs.length)),
  };
}

/** The paper's rule on rows of successive counts. */
export function applyGapRule(rows: readonly Pick<GapRow, "count" | "gap" | "standardError">[]): {
  readonly recommendedCount: number;
  readonly ruleMet: boolean;
} {
  const met = rows.find(
    (row, i) => i + 1 < rows.length && row.gap >= rows[i + 1]!.gap - rows[i + 1]!.standardError,
  );
  return { recommendedCount: (met ?? rows[rows.length - 1]!).count, ruleMet: met !== undefined };
}
