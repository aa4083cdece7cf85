import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import {
  type LikelihoodMaximum,
  type LogLikelihood,
  maximizeLikelihood,
  standardErrorsAt,
} from "./maximize-likelihood.js";
import { type CountedHistories, everyNth, type PurchaseHistories } from "./purchase-histories.js";

/** A fitted model of when customers buy, and when they stop for good. */
export interface PurchaseFit<Name extends string = string> {
  readonly model: "BG/NBD" | "MBG/NBD" | "Pareto/NBD";
  /** Above 0; α and β in the unit of time of the histories. */
  readonly parameters: Readonly<Record<Name, number>>;
  /** One standard error per parameter, from the curvature at the maximum; null where the likelihood is flat. */
  readonly standardErrors: Readonly<Record<Name, number | null>>;
  /** Natural logarithm, over all customers. */
  readonly logLikelihood: number;
  readonly customers: number;
  /** Customers who bought once: the model learns of them only that nothing followed. */
  readonly oneTimeBuyers: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** What a reader must know: no convergence, a parameter at the edge. */
  readonly notes: readonly string[];
}

/** How a model is fitted. */
export interface FitOptions {
  /** Parameters to start from, such as those of an earlier fit; default: a start that suits the unit of time. */
  readonly start?: Readonly<Record<string, number>>;
}

interface ModelToFit<Name extends string> {
  readonly model: PurchaseFit["model"];
  readonly names: readonly Name[];
  readonly likelihoodOf: (histories: CountedHistories) => LogLikelihood;
  /** Starts for histories of a mean length; the highest likelihood reached counts. */
  readonly startsFor: (meanObserved: number) => readonly (readonly number[])[];
}

/** The parameters under which the histories are likeliest. */
export function fitPurchases<Name extends string>(
  { model, names, likelihoodOf, startsFor }: ModelToFit<Name>,
  histories: CountedHistories,
  start?: readonly number[],
): PurchaseFit<Name> {
  const customers = sum(histories.customers);
  const oneTimeBuyers = sum(histories.customers.map((count, i) => (histories.repeats[i] === 0 ? count : 0)));
  const likelihood = likelihoodOf(histories);
  const meanObserved = sum(histories.customers.map((count, i) => count * histories.observed[i]!)) / customers;
  const best =
    start === undefined
      ? highestFrom(startsFor(Math.max(meanObserved, 1e-6)), histories, likelihoodOf)
      : maximizeLikelihood(likelihood, start, customers);
  return {
    model,
    parameters: record(names, best.parameters),
    standardErrors: record(names, standardErrorsAt(likelihood, best.parameters, customers)),
    logLikelihood: best.logLikelihood,
    customers,
    oneTimeBuyers,
    converged: best.converged,
    iterations: best.iterations,
    notes: notesOn(names, best),
  };
}

/** Different histories that are enough to find out where the maximum is; from there a few steps on all lead to it. */
const fewHistories = 1000;

/** The highest maximum from several starts: those are tried on some of the histories, and the best goes on with all. */
function highestFrom(
  starts: readonly (readonly number[])[],
  histories: CountedHistories,
  likelihoodOf: (histories: CountedHistories) => LogLikelihood,
): LikelihoodMaximum {
  const highest = (some: CountedHistories) =>
    starts
      .map((from) => maximizeLikelihood(likelihoodOf(some), from, sum(some.customers)))
      .reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  if (histories.customers.length < 2 * fewHistories) return highest(histories);
  const rough = highest(everyNth(histories, Math.floor(histories.customers.length / fewHistories)));
  if (!rough.converged || rough.parameters.some(isAtEdge)) return highest(histories);
  const likelihood = likelihoodOf(histories);
  return maximizeLikelihood(likelihood, rough.parameters, sum(histories.customers), rough.curvature);
}

const isAtEdge = (parameter: number): boolean => parameter > 1e4 || parameter < 1e-4;

/** Throws unless somebody bought again: without that, no parameter can be told. */
export function requireRepeats(caller: string, { repeats }: PurchaseHistories): void {
  for (let i = 0; i < repeats.length; i++) if (repeats[i]! > 0) return;
  throw new InputError(
    `${caller}: histories must hold customers who bought again, got ${repeats.length} who bought once. Take a longer window`,
  );
}

function notesOn(names: readonly string[], best: LikelihoodMaximum): string[] {
  const edge = names.filter((_, i) => isAtEdge(best.parameters[i]!));
  return [
    ...(best.converged ? [] : ["The fit did not converge: its parameters are where the search ended."]),
    ...(edge.length === 0
      ? []
      : [`The data do not fix ${edge.join(" and ")}: the likelihood rises towards the edge of its range.`]),
  ];
}

function record<Name extends string, Value>(
  names: readonly Name[],
  values: ArrayLike<Value>,
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<Name, Value>;
}
