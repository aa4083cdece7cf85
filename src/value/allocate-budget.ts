import { checkNumber, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import { quantileOf } from "../verdict/separation.js";
import { checkCurve, type ResponseCurve, responseAt } from "./response-curve.js";

/** One place for money: a segment, a channel, or a segment through a channel. */
export interface BudgetOption {
  readonly name: string;
  /** Return by spend, in money: margin won before the spend is taken off. */
  readonly curve: ResponseCurve;
  /** Least and most that may be spent; default 0 and the whole budget. */
  readonly least?: number;
  readonly most?: number;
  /** Value of the segment, for the value-only comparison; default 0. */
  readonly value?: number;
  /** Customers of the segment, for the proportional comparison; above 0, default 1. */
  readonly customers?: number;
  /** Other curves that are as likely, such as those of bootstrap fits; as many for each option. */
  readonly alternatives?: readonly ResponseCurve[];
}

/** What one option gets. */
export interface BudgetLine {
  readonly name: string;
  readonly spend: number;
  readonly response: number;
  /** Return of the last step spent, per unit of money; null where nothing is spent. */
  readonly lastReturn: number | null;
}

/** A way to spend, and what it brings. */
export interface BudgetPlan {
  readonly lines: readonly BudgetLine[];
  readonly spend: number;
  readonly response: number;
  /** Response less spend. */
  readonly profit: number;
}

/** The best plan beside simpler ones. */
export interface BudgetAllocation {
  readonly best: BudgetPlan;
  /** By customers. */
  readonly proportional: BudgetPlan;
  /** All to the options of the highest value, as much as each may take, one after the other. */
  readonly valueOnly: BudgetPlan;
  /** 5 % and 95 % of what the best plan brings under the alternatives; null without them. */
  readonly responseBand: { readonly low: number; readonly high: number } | null;
  /** Share of alternatives under which the best plan still brings at least what the proportional one does; null without them. */
  readonly betterThanProportional: number | null;
  /** Budget that no option can use, or that would cost more than it brings. */
  readonly unspent: number;
}

/**
 * How to spend a budget over segments and channels: step by step where the next step brings most.
 *
 * Exact for steps of a given size, because curves turn ever flatter; ties go to the option named first. Stops where a step brings
 * less than it costs, unless `spendAll`. O(steps · options).
 *
 * @param step - Size of a step in money; budget and limits are in whole steps.
 * @throws InputError if a number is out of range, a curve turns steeper, or limits leave no way.
 * @see Gross (1956), on greedy allocation with concave returns; Ibaraki & Katoh (1988), Resource Allocation Problems
 */
export function allocateBudget(
  options: readonly BudgetOption[],
  budget: number,
  { step, spendAll = false }: { readonly step: number; readonly spendAll?: boolean },
): BudgetAllocation {
  const limits = checkOptions(options, budget, step);
  const steps = Math.floor(budget / step + 1e-9);
  const spent = spendGreedily(options, limits, { steps, step, spendAll });
  const best = planOf(options, spent, step);
  const customers = options.map((option) => option.customers ?? 1);
  const proportional = planOf(options, inProportion(customers, limits, steps), step);
  const alternatives = options[0]?.alternatives?.length ?? 0;
  const drawn = Float64Array.from({ length: alternatives }, (_, i) => responseUnder(options, best, i));
  const plain = Float64Array.from({ length: alternatives }, (_, i) =>
    responseUnder(options, proportional, i),
  );
  const kept = Array.from(drawn).filter(
    (value, i) => value - best.spend >= plain[i]! - proportional.spend,
  ).length;
  const sorted = drawn.slice().sort();
  return {
    best,
    proportional,
    valueOnly: planOf(options, byValue(options, limits, steps), step),
    responseBand:
      alternatives === 0 ? null : { low: quantileOf(sorted, 0.05), high: quantileOf(sorted, 0.95) },
    betterThanProportional: alternatives === 0 ? null : kept / alternatives,
    unspent: budget - best.spend,
  };
}

/** Steps that an option must and may take. */
interface Limit {
  readonly least: number;
  readonly most: number;
}

function checkOptions(options: readonly BudgetOption[], budget: number, step: number): Limit[] {
  checkNumber("allocateBudget", "budget", budget, Number.MIN_VALUE, Number.MAX_VALUE);
  checkNumber("allocateBudget", "step", step, budget / 1e6, budget);
  if (options.length === 0) throw new InputError("allocateBudget: options must hold at least one, got none");
  const alternatives = options[0]!.alternatives?.length ?? 0;
  const limits = options.map((option) => {
    const {
      name,
      curve,
      least = 0,
      most = budget,
      value = 0,
      customers = 1,
      alternatives: own = [],
    } = option;
    checkNumber("allocateBudget", `value of ${name}`, value);
    checkNumber("allocateBudget", `customers of ${name}`, customers, Number.MIN_VALUE, Number.MAX_VALUE);
    checkNumber("allocateBudget", `least of ${name}`, least, 0, budget);
    checkNumber("allocateBudget", `most of ${name}`, most, least, Number.MAX_VALUE);
    if (own.length !== alternatives)
      throw new InputError(
        `allocateBudget: alternatives must be as many for each option (${alternatives}), got ${own.length} for ${describeValue(name)}`,
      );
    for (const one of [curve, ...own]) checkCurve("allocateBudget", name, one);
    return { least: Math.ceil(least / step - 1e-9), most: Math.floor(Math.min(most, budget) / step + 1e-9) };
  });
  const needed = sum(limits.map(({ least }) => least));
  if (needed * step > budget * (1 + 1e-9))
    throw new InputError(
      `allocateBudget: budget must cover what options need at least (${needed * step}), got ${budget}`,
    );
  return limits;
}

function spendGreedily(
  options: readonly BudgetOption[],
  limits: readonly Limit[],
  { steps, step, spendAll }: { readonly steps: number; readonly step: number; readonly spendAll: boolean },
): number[] {
  const spent = limits.map(({ least }) => least);
  const gain = (i: number) => gainOfStep(options[i]!.curve, spent[i]!, step);
  const gains = options.map((_, i) => (spent[i]! < limits[i]!.most ? gain(i) : -Infinity));
  for (let left = steps - sum(spent); left > 0; left--) {
    const best = gains.indexOf(Math.max(...gains));
    if (gains[best] === -Infinity || (!spendAll && gains[best]! < step)) break;
    spent[best]! += 1;
    gains[best] = spent[best]! < limits[best]!.most ? gain(best) : -Infinity;
  }
  return spent;
}

function gainOfStep(curve: ResponseCurve, taken: number, step: number): number {
  return responseAt(curve, (taken + 1) * step) - responseAt(curve, taken * step);
}

/** Steps by weight, each to the option that has least for its weight after it, within the limits (D’Hondt); ties to the first. */
function inProportion(weights: readonly number[], limits: readonly Limit[], steps: number): number[] {
  const spent = limits.map(({ least }) => least);
  for (let left = steps - sum(spent); left > 0; left--) {
    const open = spent.flatMap((count, i) =>
      count < limits[i]!.most ? [{ i, fill: (count + 1) / weights[i]! }] : [],
    );
    if (open.length === 0) break;
    const next = open.reduce((a, b) => (b.fill < a.fill ? b : a));
    spent[next.i]! += 1;
  }
  return spent;
}

function byValue(options: readonly BudgetOption[], limits: readonly Limit[], steps: number): number[] {
  const spent = limits.map(({ least }) => least);
  let left = steps - sum(spent);
  const order = options
    .map((option, i) => ({ i, value: option.value ?? 0 }))
    .sort((a, b) => b.value - a.value || a.i - b.i);
  for (const { i } of order) {
    const more = Math.min(left, limits[i]!.most - spent[i]!);
    spent[i]! += more;
    left -= more;
  }
  return spent;
}

function planOf(options: readonly BudgetOption[], spent: readonly number[], step: number): BudgetPlan {
  const lines = options.map(({ name, curve }, i) => ({
    name,
    spend: spent[i]! * step,
    response: responseAt(curve, spent[i]! * step),
    lastReturn: spent[i] === 0 ? null : gainOfStep(curve, spent[i]! - 1, step) / step,
  }));
  const spend = sum(lines.map((line) => line.spend));
  const response = sum(lines.map((line) => line.response));
  return { lines, spend, response, profit: response - spend };
}

function responseUnder(options: readonly BudgetOption[], { lines }: BudgetPlan, alternative: number): number {
  return sum(options.map(({ alternatives }, i) => responseAt(alternatives![alternative]!, lines[i]!.spend)));
}
