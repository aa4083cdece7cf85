import { checkNumber, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { sum } from "../core/sum.js";
import { chiSquareUpperTail } from "../inference/tail-probability.js";

/** An effect in one group and how sure it is. */
export interface GroupEffect {
  readonly estimate: number;
  /** Above 0. */
  readonly standardError: number;
}

/** Whether effects differ between groups, by how much, and whether some go the other way. */
export interface EffectHeterogeneity {
  /** Cochran's Q: weighted squared distances from the common effect. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Of Q, where all groups have one effect. */
  readonly pValue: number;
  /** I²: share of the spread beyond chance, 0…1. */
  readonly shareBeyondChance: number;
  /** τ: standard deviation of the true effects, by DerSimonian and Laird; 0 where chance explains all. */
  readonly spread: number;
  /** Inverse-variance mean: the effect if there is one for all. */
  readonly common: GroupEffect;
  /** Gail and Simon: p-value of effects that all go one way. Small: some groups win by what others lose by. */
  readonly reversalPValue: number;
}

/**
 * Whether an effect differs from group to group: asked before anything is said of one group.
 *
 * O(groups).
 *
 * @throws InputError if there are fewer than two effects, or one has no finite estimate and standard error above 0.
 * @see Cochran (1954), doi:10.2307/3001666; Gail & Simon (1985), doi:10.2307/2530862; DerSimonian & Laird (1986),
 * doi:10.1016/0197-2456(86)90046-2
 */
export function testHeterogeneity(effects: readonly GroupEffect[]): EffectHeterogeneity {
  checkEffects(effects);
  const weights = effects.map(({ standardError }) => standardError ** -2);
  const total = sum(weights);
  const mean = sum(effects.map(({ estimate }, i) => weights[i]! * estimate)) / total;
  const statistic = sum(effects.map(({ estimate }, i) => weights[i]! * (estimate - mean) ** 2));
  const degreesOfFreedom = effects.length - 1;
  const excess = Math.max(0, statistic - degreesOfFreedom);
  const variance = excess / (total - sum(weights.map((weight) => weight ** 2)) / total);
  return {
    statistic,
    degreesOfFreedom,
    pValue: chiSquareUpperTail(statistic, degreesOfFreedom),
    shareBeyondChance: statistic > 0 ? excess / statistic : 0,
    spread: Math.sqrt(variance),
    common: { estimate: mean, standardError: total ** -0.5 },
    reversalPValue: reversalPValue(effects),
  };
}

/**
 * Each group's effect drawn towards the common one, the more the less is known of the group.
 *
 * Means and standard errors of an empirical Bayes posterior under normal effects with the spread found. O(groups).
 *
 * @throws InputError as testHeterogeneity.
 * @see Morris (1983), doi:10.1080/01621459.1983.10477920
 */
export function poolEffects(effects: readonly GroupEffect[]): readonly GroupEffect[] {
  const { spread } = testHeterogeneity(effects);
  const weights = effects.map(({ standardError }) => 1 / (standardError ** 2 + spread ** 2));
  const total = sum(weights);
  const mean = sum(effects.map(({ estimate }, i) => weights[i]! * estimate)) / total;
  return effects.map(({ estimate, standardError }) => {
    const kept = spread ** 2 / (spread ** 2 + standardError ** 2);
    const variance = kept * standardError ** 2 + (1 - kept) ** 2 / total;
    return { estimate: mean + kept * (estimate - mean), standardError: Math.sqrt(variance) };
  });
}

/** The smaller of what speaks for and what speaks against, against binomial mixtures of χ². */
function reversalPValue(effects: readonly GroupEffect[]): number {
  const against = effects.map(({ estimate, standardError }) => (estimate / standardError) ** 2);
  const positive = sum(against.filter((_, i) => effects[i]!.estimate > 0));
  const negative = sum(against.filter((_, i) => effects[i]!.estimate < 0));
  const least = Math.min(positive, negative);
  if (least === 0) return 1;
  const others = effects.length - 1;
  let chance = 0.5 ** others;
  let pValue = 0;
  for (let h = 1; h <= others; h++) {
    chance *= (others - h + 1) / h;
    pValue += chance * chiSquareUpperTail(least, h);
  }
  return Math.min(1, pValue);
}

function checkEffects(effects: readonly GroupEffect[]): void {
  if (effects.length < 2)
    throw new InputError(`testHeterogeneity: effects must be at least 2, got ${effects.length}`);
  for (const [i, { estimate, standardError }] of effects.entries()) {
    checkNumber("testHeterogeneity", `effects[${i}].estimate`, estimate);
    if (!(standardError > 0 && standardError < Infinity))
      throw new InputError(
        `testHeterogeneity: standardError must be above 0, got ${describeValue(standardError)} at ${i}`,
      );
  }
}
