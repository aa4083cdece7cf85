import { type BasisModel, type BasisValues, bendColumns, type ModelForm } from "./basis-model.js";
import { findCutBasis } from "./cut-from-basis.js";
import { dot, orthonormalise, takeOut } from "./orthonormal.js";
import { permuteResiduals } from "./permute-residuals.js";

/** One descriptor beside the bases and the segments, rows of unknown value left out. */
export interface BeyondProblem {
  readonly bases: readonly BasisValues[];
  /** 0…segmentCount − 1. */
  readonly labels: Int32Array;
  readonly segmentCount: number;
  /** The descriptor: one column of normal scores, or an indicator per category. */
  readonly outcomes: readonly Float64Array[];
  readonly permutations: number;
  readonly seed: number;
}

/** What came of the question whether the segments add to the bases. */
export type BeyondOutcome =
  | { readonly kind: "few-rows" }
  /** The descriptor was cut from the basis with this number. */
  | { readonly kind: "cut"; readonly basis: number }
  /** The bases explain the descriptor: it is made of them. */
  | { readonly kind: "explained"; readonly explained: number }
  /** The bases explain the segments: nothing is left that a descriptor could follow. */
  | { readonly kind: "nothing-left"; readonly left: number }
  | BeyondTest;

export interface BeyondTest {
  readonly kind: "tested";
  readonly pValue: number;
  readonly permutations: number;
  readonly form: ModelForm;
  /** Share (0–1) of the descriptor's variation that the bases explain, adjusted for their columns. */
  readonly explained: number;
  /** Share (0–1) of what tells the segments apart that the bases leave: near 0 little can be seen. */
  readonly left: number;
  /** Share (0–1) of what the bases leave of the descriptor that the segments explain, adjusted for their number. */
  readonly share: number;
}

/** From this share on the bases explain a descriptor: it is them in another dress. */
const explainedMark = 0.9;
/** Below this share of what tells the segments apart a test would see rounding and curvature, not segments. */
const leastLeft = 0.01;
/** A segment of fewer rows is not given a column of its own. */
const fewestRows = 5;

/** Tests one descriptor beyond the bases: residuals of their model (`modelBases`), permuted (Freedman & Lane 1983). */
export function testBeyond(problem: BeyondProblem, basisModel: BasisModel | undefined): BeyondOutcome {
  const basis = findCutBasis(problem.bases, problem.outcomes);
  if (basis >= 0) return { kind: "cut", basis };
  const model = bendToOutcomes(basisModel, problem.outcomes);
  if (model === undefined || problem.labels.length < model.columns.length + problem.segmentCount + 10)
    return { kind: "few-rows" };
  const residuals = problem.outcomes.map((column) => residualsOf(column, model.columns));
  const explained = shareExplained(problem, model, residuals);
  if (explained >= explainedMark) return { kind: "explained", explained };
  const { left, directions } = leaveOfSegments(problem, model);
  if (!(left >= leastLeft)) return { kind: "nothing-left", left };
  const { pValue, permutations } = permuteResiduals({
    residuals,
    exchangeable: evenOut(residuals, model),
    directions,
    permutations: problem.permutations,
    seed: problem.seed,
  });
  return {
    kind: "tested",
    pValue,
    permutations,
    form: model.form,
    explained: Math.max(0, explained),
    left,
    share: shareAlong(residuals, directions, model),
  };
}

/** Share of the outcomes' variation that the model explains, adjusted for its columns. */
function shareExplained(
  { outcomes }: BeyondProblem,
  { columns }: BasisModel,
  residuals: readonly Float64Array[],
): number {
  const rowCount = residuals[0]!.length;
  const whole = squaresLeft(outcomes, columns.slice(0, 1));
  return 1 - (sumOfSquares(residuals) / (rowCount - columns.length)) * ((rowCount - 1) / whole);
}

/** What the model leaves of what tells the segments apart: its share, and orthonormal columns that span it. */
function leaveOfSegments(
  problem: BeyondProblem,
  { columns }: BasisModel,
): { readonly left: number; readonly directions: readonly Float64Array[] } {
  const segments = segmentColumns(problem);
  if (segments.length === 0) return { left: 0, directions: [] };
  const left = squaresLeft(segments, columns) / squaresLeft(segments, columns.slice(0, 1));
  return { left, directions: left >= leastLeft ? orthonormalise(segments, columns) : [] };
}

/** Share of the residuals' variation along the directions, adjusted for their number. */
function shareAlong(
  residuals: readonly Float64Array[],
  directions: readonly Float64Array[],
  { columns }: BasisModel,
): number {
  const along = residuals.reduce(
    (sum, column) => sum + directions.reduce((own, unit) => own + dot(unit, column) ** 2, 0),
    0,
  );
  const degrees = residuals[0]!.length - columns.length;
  const unadjusted = along / sumOfSquares(residuals);
  return Math.max(0, 1 - ((1 - unadjusted) * degrees) / (degrees - directions.length));
}

/** The model, with bends of what it says of each outcome: a probability or a threshold bends in all bases together (Ramsey 1969). */
function bendToOutcomes(
  model: BasisModel | undefined,
  outcomes: readonly Float64Array[],
): BasisModel | undefined {
  if (model === undefined || model.form === "lines") return model;
  const bends = outcomes.flatMap((column) => {
    const rest = residualsOf(column, model.columns);
    return bendColumns(column.map((value, row) => value - rest[row]!));
  });
  return { ...model, columns: [...model.columns, ...orthonormalise(bends, model.columns)] };
}

function segmentColumns({ labels, segmentCount }: BeyondProblem): Float64Array[] {
  return Array.from({ length: segmentCount }, (_, segment) =>
    Float64Array.from(labels, (label) => (label === segment ? 1 : 0)),
  ).filter((column) => {
    const size = dot(column, column);
    return size >= fewestRows && size < labels.length;
  });
}

function residualsOf(column: Float64Array, columns: readonly Float64Array[]): Float64Array {
  const rest = column.slice();
  takeOut(rest, columns);
  return rest;
}

function squaresLeft(outcomes: readonly Float64Array[], columns: readonly Float64Array[]): number {
  return sumOfSquares(outcomes.map((column) => residualsOf(column, columns)));
}

function sumOfSquares(columns: readonly Float64Array[]): number {
  return columns.reduce((sum, column) => sum + dot(column, column), 0);
}

/** Residuals over √(1 − leverage): the model follows rows at the edge more, whose residuals are smaller for it. */
function evenOut(residuals: readonly Float64Array[], { columns }: BasisModel): Float64Array[] {
  const leverage = new Float64Array(residuals[0]!.length);
  for (const column of columns) for (let i = 0; i < leverage.length; i++) leverage[i]! += column[i]! ** 2;
  return residuals.map((column) =>
    column.map((value, i) => value / Math.sqrt(Math.max(1e-6, 1 - leverage[i]!))),
  );
}
