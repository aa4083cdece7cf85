import { checkCount } from "../core/check.js";
import type { Condition } from "./condition.js";
import type { SegmentName } from "./define-segments.js";
import type { Rule } from "./rules-model.js";

/** Segments with the rules that lead to them: what `defineRules` needs besides scores and features. */
export interface RuleMap {
  readonly segments: readonly SegmentName[];
  readonly rules: readonly Rule[];
}

/** Names of the scores that the map reads, each from 1 (worst) to `scoreCount` (best). */
export interface RfmMapOptions {
  /** 2 to 100. */
  readonly scoreCount: number;
  /** Default "recency". */
  readonly recency?: string;
  /** Default "frequency". */
  readonly frequency?: string;
  /** Default "monetary". */
  readonly monetary?: string;
}

type Level = "low" | "middle" | "high";
interface Levels {
  readonly recency: readonly Level[];
  readonly frequency: readonly Level[];
  readonly monetary: readonly Level[];
}

const low: readonly Level[] = ["low"];
const middle: readonly Level[] = ["middle"];
const high: readonly Level[] = ["high"];
const notHigh: readonly Level[] = ["low", "middle"];
const notLow: readonly Level[] = ["middle", "high"];
const any: readonly Level[] = ["low", "middle", "high"];

/** Each of the 27 combinations of levels is in one of them, and in one only. */
const tenSegments: readonly (SegmentName & { readonly blocks: readonly Levels[] })[] = [
  {
    name: "Champions",
    description: "Bought lately, buy often and spend much.",
    blocks: [{ recency: high, frequency: high, monetary: high }],
  },
  {
    name: "Loyal",
    description: "Buy often and are still here; not all of them spend much.",
    blocks: [
      { recency: high, frequency: high, monetary: notHigh },
      { recency: middle, frequency: high, monetary: any },
    ],
  },
  {
    name: "Big spenders",
    description: "Spend much in few orders and are still here.",
    blocks: [{ recency: notLow, frequency: notHigh, monetary: high }],
  },
  {
    name: "Potential loyalists",
    description: "Bought lately and more than once or twice; baskets are not large yet.",
    blocks: [{ recency: high, frequency: middle, monetary: notHigh }],
  },
  {
    name: "New",
    description: "Bought lately, seldom so far.",
    blocks: [{ recency: high, frequency: low, monetary: notHigh }],
  },
  {
    name: "Need attention",
    description: "Middling in how lately and how often they buy.",
    blocks: [{ recency: middle, frequency: middle, monetary: notHigh }],
  },
  {
    name: "About to sleep",
    description: "Bought seldom, and not lately.",
    blocks: [{ recency: middle, frequency: low, monetary: notHigh }],
  },
  {
    name: "Cannot lose",
    description: "Bought often and spent much, but not for long.",
    blocks: [{ recency: low, frequency: high, monetary: high }],
  },
  {
    name: "At risk",
    description: "Bought often or spent much, but not for long.",
    blocks: [
      { recency: low, frequency: high, monetary: notHigh },
      { recency: low, frequency: middle, monetary: any },
      { recency: low, frequency: low, monetary: high },
    ],
  },
  {
    name: "Hibernating",
    description: "Bought seldom, spent little, and not for long.",
    blocks: [{ recency: low, frequency: low, monetary: notHigh }],
  },
];

/**
 * A map of ten segments over recency, frequency and money that covers every combination of scores once.
 *
 * Scores become three levels: the highest and the lowest two fifths (rounded down, at least one score) are high and low, the rest
 * is middle. With two scores there is no middle, and three segments that need one are left out. Total and disjoint for
 * every count of scores; {@link checkRules} goes through the cells.
 *
 * Scores must say what a missing value means (`whenMissing`), or such customers are not taken.
 *
 * @throws InputError if `scoreCount` is not a whole number from 2 to 100.
 */
export function rfmMap(options: RfmMapOptions): RuleMap {
  const { scoreCount, recency = "recency", frequency = "frequency", monetary = "monetary" } = options;
  checkCount("rfmMap", "scoreCount", scoreCount, 2, 100);
  const names = { recency, frequency, monetary };
  const present = tenSegments.flatMap(({ name, description, blocks }) => {
    const whens = blocks.flatMap((levels) => blockCondition(levels, names, scoreCount) ?? []);
    return whens.length === 0 ? [] : [{ segment: { name, description: description! }, whens }];
  });
  return {
    segments: present.map(({ segment }) => segment),
    rules: present.flatMap(({ whens }, i) => whens.map((when) => ({ segment: `s${i + 1}`, when }))),
  };
}

/** Undefined where no score has the levels. */
function blockCondition(
  levels: Levels,
  names: Readonly<Record<keyof Levels, string>>,
  scoreCount: number,
): Condition | undefined {
  const edge = Math.max(1, Math.floor(0.4 * scoreCount));
  const ranges = (["recency", "frequency", "monetary"] as const).map((measure) => {
    const own = levels[measure];
    const from = own.includes("low") ? 1 : own.includes("middle") ? edge + 1 : scoreCount - edge + 1;
    const to = own.includes("high") ? scoreCount : own.includes("middle") ? scoreCount - edge : edge;
    return { score: names[measure], from, to };
  });
  if (ranges.some(({ from, to }) => from > to)) return undefined;
  return {
    all: ranges.flatMap(({ score, from, to }): Condition[] => [
      ...(from > 1 ? [{ score, is: ">=", value: from } as const] : []),
      ...(to < scoreCount || from === 1 ? [{ score, is: "<=", value: to } as const] : []),
    ]),
  };
}
