import type { Random } from "../core/random.js";
import { bootstrapInterval } from "./bootstrap-interval.js";
import { checkGroups } from "./check-groups.js";
import { varianceScale, varianceWords } from "./effect-words.js";
import { levelsOf } from "./ranks.js";
import { chiSquareUpperTail } from "./tail-probability.js";
import type { EffectSize, IntervalOptions, TestResult } from "./test-result.js";

/**
 * Tests whether some group tends to larger values than another, from ranks: fit for scores and skewed money.
 *
 * `statistic` is H corrected for ties (0 and up, higher: the groups differ more), `degreesOfFreedom` k − 1, the p-value
 * from χ². The effect is {@link rankEpsilonSquared}. Values that are all equal give H = 0, p = 1. O(n log n) plus the bootstrap.
 *
 * @param groups - One array of finite numbers per group; at least two groups of at least one value.
 * @throws InputError if there are fewer groups or values, or a value is not finite.
 * @see Kruskal & Wallis (1952), doi:10.1080/01621459.1952.10483441. Checked against SciPy in test/reference/inference.json.
 * @example
 * kruskalWallis([[1, 2, 3], [4, 5, 6]]).statistic // => 3.85714
 */
export function kruskalWallis(
  groups: readonly ArrayLike<number>[],
  options: IntervalOptions = {},
): TestResult {
  checkGroups("kruskalWallis", groups, 1);
  const sorted = sortTogether(groups);
  const statistic = tieCorrectedH(sorted, sorted.everyRow);
  const smallest = Math.min(...groups.map((group) => group.length));
  const notes = [
    ...(sorted.distinctCount === 1
      ? ["All values are equal: there is nothing to tell the groups apart."]
      : []),
    ...(smallest < 5
      ? [`The smallest group has ${smallest} rows: the χ² approximation is rough below 5.`]
      : []),
  ];
  return {
    method: "Kruskal–Wallis",
    statistic,
    degreesOfFreedom: [groups.length - 1],
    pValue: chiSquareUpperTail(statistic, groups.length - 1),
    effect: effectOf(sorted, statistic, smallest < 5 ? { ...options, resamples: 0 } : options),
    notes,
  };
}

/**
 * Share of the variation of ranks that lies between the groups: H / (n − 1), H corrected for ties.
 *
 * Range 0…1, higher: the groups differ more; unit-free. Not corrected for bias: with no difference it is about (k − 1) / (n − 1).
 *
 * @throws InputError as for {@link kruskalWallis}.
 * @see Tomczak & Tomczak (2014), Trends in Sport Sciences 1(21). Checked in test/reference/inference.json.
 */
export function rankEpsilonSquared(
  groups: readonly ArrayLike<number>[],
  options: IntervalOptions = {},
): EffectSize {
  checkGroups("rankEpsilonSquared", groups, 1);
  const sorted = sortTogether(groups);
  return effectOf(sorted, tieCorrectedH(sorted, sorted.everyRow), options);
}

/** All rows of all groups, sorted from smallest to largest value. */
interface SortedRows {
  readonly groupCount: number;
  readonly rowCount: number;
  readonly distinctCount: number;
  /** Group of each sorted row. */
  readonly group: Uint32Array;
  /** Number of each sorted row's value among the distinct values. */
  readonly level: Uint32Array;
  /** First row of each group before sorting, and the sorted place of every such row. */
  readonly starts: readonly number[];
  readonly place: Uint32Array;
  /** 0…rowCount − 1. */
  readonly everyRow: Uint32Array;
}

function sortTogether(groups: readonly ArrayLike<number>[]): SortedRows {
  const starts: number[] = [];
  let rowCount = 0;
  for (const { length } of groups) {
    starts.push(rowCount);
    rowCount += length;
  }
  const values = new Float64Array(rowCount);
  const groupOfRow = new Uint32Array(rowCount);
  groups.forEach((own, j) => {
    values.set(own, starts[j]!);
    groupOfRow.fill(j, starts[j]!, starts[j]! + own.length);
  });
  const levels = levelsOf(values);
  const nextPlace = levels.starts.slice();
  const place = levels.level.map((own) => nextPlace[own]!++);
  const group = new Uint32Array(rowCount);
  const level = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    group[place[row]!] = groupOfRow[row]!;
    level[place[row]!] = levels.level[row]!;
  }
  const distinctCount = levels.starts.length - 1;
  const everyRow = Uint32Array.from(group.keys());
  return { groupCount: groups.length, rowCount, distinctCount, group, level, starts, place, everyRow };
}

/** H of the rows at these places, in ascending order, repeats allowed. */
function tieCorrectedH({ groupCount, group, level }: SortedRows, places: Uint32Array): number {
  const count = places.length;
  const sizes = new Float64Array(groupCount);
  const rankSums = new Float64Array(groupCount);
  let tieSum = 0;
  for (let start = 0; start < count; ) {
    const own = level[places[start]!];
    let end = start + 1;
    while (end < count && level[places[end]!] === own) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) {
      const j = group[places[i]!]!;
      sizes[j]! += 1;
      rankSums[j]! += rank;
    }
    tieSum += (end - start) ** 3 - (end - start);
    start = end;
  }
  const correction = 1 - tieSum / (count ** 3 - count);
  if (correction <= 0) return 0;
  const middle = (count + 1) / 2;
  const spread = rankSums.reduce(
    (sum, rankSum, j) => sum + sizes[j]! * (rankSum / sizes[j]! - middle) ** 2,
    0,
  );
  return (12 * spread) / (count * (count + 1)) / correction;
}

function effectOf(sorted: SortedRows, statistic: number, options: IntervalOptions): EffectSize {
  const value = statistic / (sorted.rowCount - 1);
  const plan = {
    rowCount: sorted.rowCount,
    range: [0, 1] as const,
    resample: (share: number, random: Random) => {
      const places = drawWithinGroups(sorted, share, random);
      return tieCorrectedH(sorted, places) / (places.length - 1);
    },
  };
  return {
    name: "rank epsilon squared",
    value,
    scale: varianceScale,
    interval: bootstrapInterval(value, plan, options),
    words: varianceWords(value, "variation of ranks"),
  };
}

/** Places of rows drawn with replacement, group by group, in ascending order. */
function drawWithinGroups(sorted: SortedRows, share: number, random: Random): Uint32Array {
  const sizes = sorted.starts.map((start, j) => (sorted.starts[j + 1] ?? sorted.rowCount) - start);
  const draws = sizes.map((size) => Math.max(1, Math.round(size * share)));
  const places = new Uint32Array(draws.reduce((sum, count) => sum + count, 0));
  let next = 0;
  draws.forEach((count, j) => {
    for (let i = 0; i < count; i++)
      places[next++] = sorted.place[sorted.starts[j]! + random.below(sizes[j]!)]!;
  });
  return places.sort();
}
