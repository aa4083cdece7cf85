import type { RfmConfig, RulesConfig } from "../config/rules-config.js";
import { InputError } from "../core/errors.js";
import type { Condition } from "./condition.js";
import { type CustomerValues, columnsFor } from "./customer-values.js";
import type { RulesToDefine } from "./define-rules.js";
import { freezeScores, type ScoreToFreeze } from "./freeze-scores.js";
import { rfmMap } from "./rfm-map.js";
import { valueTiers } from "./value-tiers.js";

/** What rules become once their thresholds are frozen: the part of {@link RulesToDefine} that they decide. */
export type DrawnRules = Pick<RulesToDefine, "segments" | "rules" | "scores" | "otherwise" | "fallback">;

const usualScoreCount = 5;

/**
 * Freezes declared rules on the customers at hand: quantiles become thresholds, maps become rules.
 *
 * @throws InputError as freezeScores and valueTiers, or if the thresholds of an RFM map are not one fewer than its scores.
 */
export function drawRules(config: RulesConfig, customers: CustomerValues): DrawnRules {
  const { rfm, tiers, segments = [], scores = [], scoreCount = usualScoreCount, fallback } = config;
  const named = fallback === undefined ? {} : { fallback };
  const declared = config.otherwise === undefined ? {} : { otherwise: config.otherwise };
  if (rfm !== undefined) return { ...drawRfm(rfm, customers, scoreCount), ...declared, ...named };
  if (tiers !== undefined) {
    const [values] = columnsFor([{ name: tiers.feature, type: "number" }], customers);
    return { ...valueTiers(values as ArrayLike<number>, tiers), otherwise: "fallback", ...named };
  }
  return {
    segments: segments.map(({ name, description }) => ({
      name,
      ...(description !== undefined && { description }),
    })),
    rules: segments.map(({ when }, i) => ({ segment: `s${i + 1}`, when: when as Condition })),
    scores: freezeScores(customers, scores, { scoreCount }),
    ...declared,
    ...named,
  };
}

/** A customer who never bought, or of whom a measure is not known, has the lowest score. */
function drawRfm(rfm: RfmConfig, customers: CustomerValues, scoreCount: number): DrawnRules {
  const { nested = false, cuts = {} } = rfm;
  const around = { recency: [], frequency: ["recency"], monetary: ["recency", "frequency"] };
  const wishes = (["recency", "frequency", "monetary"] as const).map((name): ScoreToFreeze => {
    const own = cuts[name];
    if (own !== undefined && own.length !== scoreCount - 1)
      throw new InputError(
        `drawRules: cuts of ${name} must be ${scoreCount - 1}, one fewer than the scores, got ${own.length}`,
      );
    const isNested = nested && own === undefined && around[name].length > 0;
    return {
      name,
      feature: rfm[name],
      highIsGood: name !== "recency",
      whenMissing: 1,
      ...(own !== undefined && { cuts: own }),
      ...(isNested && { within: around[name] }),
    };
  });
  return { ...rfmMap({ scoreCount }), scores: freezeScores(customers, wishes, { scoreCount }) };
}
