import type { SampleSizeRule } from "./judgement.js";

/**
 * Published rules on how many rows segments need, the strictest one that fails first, then the others from strict to mild.
 *
 * @param clusterCount - Segments that the rule of Qiu and Joe is asked for.
 * @param binary - Whether every column holds two values: two more rules are for such data alone.
 */
export function checkSampleSize(
  rowCount: number,
  {
    columnCount,
    clusterCount,
    binary,
  }: { readonly columnCount: number; readonly clusterCount: number; readonly binary: boolean },
): SampleSizeRule[] {
  const rules = [
    {
      rule: "100 rows per column",
      needed: 100 * columnCount,
      source: "Dolnicar, Grün & Leisch (2016), doi:10.1016/j.jbusres.2015.09.012",
    },
    {
      rule: "70 rows per column, where segments are hard to tell apart",
      needed: 70 * columnCount,
      source: "Dolnicar, Grün, Leisch & Schmidt (2014), doi:10.1177/0047287513496475",
    },
    {
      rule: "60 rows per column",
      needed: 60 * columnCount,
      source: "Dolnicar, Grün, Leisch & Schmidt (2014), doi:10.1177/0047287513496475",
    },
    {
      rule: `10 rows per column and segment, for ${clusterCount} segments`,
      needed: 10 * columnCount * clusterCount,
      source: "Qiu & Joe (2015), clusterGeneration: random cluster generation",
    },
    ...(binary
      ? [
          {
            rule: "5 · 2^columns rows for yes-no answers",
            needed: 5 * 2 ** columnCount,
            source: "Formann (1984), Die Latent-Class-Analyse",
          },
          {
            rule: "2^columns rows for yes-no answers",
            needed: 2 ** columnCount,
            source: "Formann (1984), Die Latent-Class-Analyse",
          },
        ]
      : []),
  ].map((rule) => ({ ...rule, met: rowCount >= rule.needed }));
  return rules.sort((one, other) => Number(one.met) - Number(other.met) || other.needed - one.needed);
}
