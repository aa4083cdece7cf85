import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { quantileCuts } from "../features/quantile-scores.js";
import type { RuleMap } from "./rfm-map.js";

/** Tiers of one value per customer, such as spend. */
export interface ValueTiersOptions {
  /** Name of the feature, a number. */
  readonly feature: string;
  /**
   * heavy-medium-light: the top fifth of the customers, the next three tenths, the rest. pareto: the highest customers who make
   * four fifths of the value, those up to 95 %, the rest. thresholds: `cuts` as they are.
   */
  readonly by: "heavy-medium-light" | "pareto" | "thresholds";
  /** thresholds: where one tier ends and the next begins, ascending; a value that equals a cut is below it. */
  readonly cuts?: readonly number[];
  /** Names from the highest tier down; default by `by`. */
  readonly names?: readonly string[];
}

/**
 * Tiers by frozen thresholds on one feature: heavy, medium and light buyers, or who makes most of the value.
 *
 * Customers with 0 or less are a tier of their own, "None", so that they do not push others up. Equal values always share a
 * tier. A missing value is in no tier: say `otherwise: "fallback"`, or add a rule. Order of the values does not matter.
 *
 * @param values - One per customer, NaN where missing; only those above 0 set the thresholds.
 * @throws InputError if no value is above 0, or cuts or names do not fit.
 */
export function valueTiers(values: ArrayLike<number>, options: ValueTiersOptions): RuleMap {
  const { feature } = options;
  const cuts = [...cutsOf(values, options)].reverse();
  const names = options.names ?? usualNames(options, cuts.length + 1);
  if (names.length !== cuts.length + 1)
    throw new InputError(
      `valueTiers: names must be one more than the cuts (${cuts.length + 1}), got ${names.length}`,
    );
  const tiers = names.map((name, i) => ({ name, above: cuts[i] ?? 0 }));
  return {
    segments: [
      ...tiers.map(({ name, above }, i) => ({
        name,
        description: i === 0 ? `More than ${above}.` : `More than ${above}, up to ${tiers[i - 1]!.above}.`,
      })),
      { name: "None", description: "0 or less." },
    ],
    rules: [
      ...tiers.map(({ above }, i) => ({
        segment: `s${i + 1}`,
        when: {
          all: [
            { feature, is: ">", value: above } as const,
            ...(i === 0 ? [] : [{ feature, is: "<=", value: tiers[i - 1]!.above } as const]),
          ],
        },
      })),
      { segment: `s${tiers.length + 1}`, when: { feature, is: "<=", value: 0 } },
    ],
  };
}

function cutsOf(values: ArrayLike<number>, { by, cuts }: ValueTiersOptions): readonly number[] {
  if (by === "thresholds") return checkCuts(cuts ?? []);
  if (cuts !== undefined) throw new InputError(`valueTiers: cuts must come with by thresholds, got ${by}`);
  const above = Float64Array.from(values)
    .filter((value) => Number.isFinite(value) && value > 0)
    .sort();
  if (above.length === 0) throw new InputError("valueTiers: values must hold one above 0, got none");
  const found =
    by === "pareto" ? paretoCuts(above) : quantileCuts(above, 10).filter((_, i) => i === 4 || i === 7);
  return [...new Set(found)].sort((a, b) => a - b);
}

function checkCuts(cuts: readonly number[]): readonly number[] {
  cuts.forEach((cut, i) => {
    checkNumber("valueTiers", "cuts", cut, Number.MIN_VALUE);
    if (i > 0 && cut <= cuts[i - 1]!)
      throw new InputError(`valueTiers: cuts must ascend, got [${cuts.join(", ")}]`);
  });
  return cuts;
}

/** Shares of the value after which the second and the third tier begin. */
const paretoShares = [0.8, 0.95];

/** The greatest values below which a tier begins: those above make the share, with all who equal the last of them. */
function paretoCuts(ascending: Float64Array): number[] {
  const total = ascending.reduce((sum, value) => sum + value, 0);
  return paretoShares.flatMap((share) => {
    let made = 0;
    let i = ascending.length;
    while (i > 0 && made < share * total) made += ascending[--i]!;
    const last = ascending[i]!;
    const below = ascending.filter((value) => value < last).at(-1);
    return below === undefined ? [] : [below];
  });
}

function usualNames({ by }: ValueTiersOptions, count: number): readonly string[] {
  if (by === "heavy-medium-light" && count === 3) return ["Heavy", "Medium", "Light"];
  if (by === "pareto" && count === 3) return ["Most of the value", "Next in value", "Rest"];
  return Array.from({ length: count }, (_, i) => `Tier ${i + 1}`);
}
