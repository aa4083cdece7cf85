/** What the same statistic gives on data without groups. */
export interface HopkinsReference {
  /** 5 %, 50 % and 95 % quantiles. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** (1 + data sets with a value as large) / (1 + data sets): read like a p-value, never 0. */
  readonly shareAsLarge: number;
}

/** Where a value stands among those of data without groups. */
export function readReferences(values: readonly number[], value: number): HopkinsReference {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const asLarge = sorted.filter((reference) => reference >= value).length;
  return {
    low: at(0.05),
    median: at(0.5),
    high: at(0.95),
    shareAsLarge: (1 + asLarge) / (1 + sorted.length),
  };
}

/** The value beside what data without groups give, in sentences. */
export function readHopkins(value: number, even: HopkinsReference, normal: HopkinsReference): string {
  const range = ({ low, high }: HopkinsReference): string => `${hopkinsText(low)} to ${hopkinsText(high)}`;
  const numbers = `Hopkins ${hopkinsText(value)}; rows spread evenly give ${range(even)}, one normal cloud of the same covariance ${range(normal)} (5–95 %).`;
  const without = [
    ...(even.shareAsLarge > 0.05 ? ["rows spread evenly"] : []),
    ...(normal.shareAsLarge > 0.05 ? ["one normal cloud"] : []),
  ];
  return without.length > 0
    ? `${numbers} No more clumped than ${without.join(" or ")}: this speaks neither for groups nor, in more than a few columns, against them.`
    : `${numbers} More clumped than either: there are thick and thin places that one normal cloud does not have. Groups, long tails and values that repeat would all do that; how many groups there are it does not say.`;
}

/** More decimals near 1, where clouds of many columns lie; what is not quite 1 is never rounded to it. */
function hopkinsText(value: number): string {
  if (value < 0.99) return value.toFixed(2);
  return value > 0.9999 ? "over 0.9999" : value.toFixed(4);
}
