import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { cutsBelow, quantileCuts } from "./quantile-scores.js";
import type { RfmRow } from "./rfm-table.js";

/** Upper ends of all scores but the highest, in original units, ascending. Equal neighbours mean that a score is not used. */
export interface RfmCuts {
  readonly recencyDays: readonly number[];
  readonly orderCount: readonly number[];
  readonly spendMinor: readonly number[];
}

/** 1 (worst) to bins (best) for each of the three; `code` is the three scores in a row, such as `5-3-4`. */
export interface RfmScore {
  readonly customer: string;
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  readonly code: string;
}

export interface RfmScores {
  readonly scores: readonly RfmScore[];
  /** Keep them: scoring next month with the same cuts shows who changed, not who was overtaken. */
  readonly cuts: RfmCuts;
}

export interface RfmScoreOptions {
  /** Number of scores, 2 to 100; default 5. Ignored where `cuts` are given. */
  readonly bins?: number;
  /** Frozen cuts of an earlier scoring; absent: the quantiles of this table. */
  readonly cuts?: RfmCuts;
}

/**
 * Scores recency, frequency and money from 1 (worst) to 5 (best), each by itself.
 *
 * Recent, frequent and big are good: few days since the last purchase give a high recency score. Cuts are quantiles (type 7)
 * of the table; a value is scored by how many cuts it exceeds, so equal values always share a score, and where many are equal
 * some scores are not used. A customer who never bought has recency score 1. Time O(nRows · log nRows).
 *
 * @param table - From {@link rfmTable}, at least one customer who bought.
 * @throws InputError if nobody bought, `bins` is not such a number, or frozen cuts are not ascending or not of one length.
 * @see Hughes (1994), Strategic Database Marketing: independent scores. Checked against pandas in test/reference/rfm.json.
 */
export function scoreRfm(table: readonly RfmRow[], options: RfmScoreOptions = {}): RfmScores {
  const cuts = options.cuts ?? cutsOfTable(table, options.bins ?? 5);
  checkCuts(cuts);
  const best = cuts.recencyDays.length + 1;
  const scores = table.map(({ customer, recencyDays, orderCount, spendMinor }) => {
    const recency = Number.isNaN(recencyDays) ? 1 : best - cutsBelow(cuts.recencyDays, recencyDays);
    const frequency = 1 + cutsBelow(cuts.orderCount, orderCount);
    const monetary = 1 + cutsBelow(cuts.spendMinor, spendMinor);
    return { customer, recency, frequency, monetary, code: `${recency}-${frequency}-${monetary}` };
  });
  return { scores, cuts };
}

function cutsOfTable(table: readonly RfmRow[], bins: number): RfmCuts {
  checkCount("scoreRfm", "bins", bins, 2, 100);
  if (table.every(({ recencyDays }) => Number.isNaN(recencyDays)))
    throw new InputError("scoreRfm: table must hold at least one customer who bought, got none");
  const cutsOf = (name: keyof RfmCuts) =>
    quantileCuts(
      table.map((row) => row[name]),
      bins,
    );
  return {
    recencyDays: cutsOf("recencyDays"),
    orderCount: cutsOf("orderCount"),
    spendMinor: cutsOf("spendMinor"),
  };
}

function checkCuts({ recencyDays, orderCount, spendMinor }: RfmCuts): void {
  for (const cuts of [recencyDays, orderCount, spendMinor])
    if (cuts.length !== recencyDays.length || !cuts.every((cut, i) => i === 0 || cut >= cuts[i - 1]!))
      throw new InputError(
        `scoreRfm: cuts must be three ascending lists of equal length, got [${cuts.join(", ")}]`,
      );
}
