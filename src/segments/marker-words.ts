import { numberText, percentText } from "../core/number-text.js";
import type { Marker } from "./profile.js";
import { shareUnit } from "./profile-markers.js";

type Phrase = (amount: string) => string;

/** How a ratio is said: "2.4 × as", "40 % more", "60 % less". */
interface RatioPhrases {
  readonly times: Phrase;
  readonly more: Phrase;
  readonly less: Phrase;
}

const ratioPhrases: ReadonlyMap<string, RatioPhrases> = new Map([
  ["order_count", comparison("buys", "as often", "more often", "less often")],
  ["spend", comparison("spends", "as much", "more", "less")],
  ["average_order_value", comparison("baskets", "as large", "larger", "smaller")],
  ["web_sessions", comparison("visits the web site", "as often", "more often", "less often")],
]);

/** How a gap is said where a ratio would be odd: above and below the average. */
const gapPhrases: ReadonlyMap<string, readonly [Phrase, Phrase]> = new Map([
  ["age", [(gap) => `${gap} years older than average`, (gap) => `${gap} years younger than average`]],
  [
    "recency_days",
    [
      (gap) => `last bought ${gap} days longer ago than average`,
      (gap) => `last bought ${gap} days more recently than average`,
    ],
  ],
  [
    "tenure_days",
    [
      (gap) => `first bought ${gap} days earlier than average`,
      (gap) => `first bought ${gap} days later than average`,
    ],
  ],
  [
    "joined_days",
    [(gap) => `joined ${gap} days earlier than average`, (gap) => `joined ${gap} days later than average`],
  ],
  [
    "days_between_orders",
    [
      (gap) => `waits ${gap} days longer between purchases`,
      (gap) => `waits ${gap} days less between purchases`,
    ],
  ],
]);

/**
 * A marker as a person says it: "buys 2.4 × as often", "12 years older than average", "buys 5 × as much from the eco range".
 *
 * "Average" is the mean of all customers in segments. At most three significant digits.
 */
export function markerInWords(marker: Marker): string {
  const { feature, category, value, total, direction, index } = marker;
  if (category !== null)
    return `${feature.label} ${clip(category)}: ${percentText(value)} against ${percentText(total)}`;
  const phrases = ratioPhrases.get(feature.name) ?? namedPhrases(feature.name);
  if (phrases !== undefined && index !== null) return ratioInWords(index, phrases);
  const gap = numberText(Math.abs(value - total));
  const gapPhrase = gapPhrases.get(feature.name)?.[direction === "above" ? 0 : 1];
  if (gapPhrase !== undefined) return gapPhrase(gap);
  if (feature.unit === shareUnit)
    return `${feature.label}: ${percentText(value)} against ${percentText(total)}`;
  if (/\d/.test(feature.unit))
    return `${feature.label}: ${numberText(value)} against ${numberText(total)} (${feature.unit})`;
  if (index !== null) return ratioInWords(index, comparisonWithAverage(feature.label));
  return `${feature.label}: ${gap}${feature.unit && ` ${feature.unit}`} ${direction} average`;
}

/** Phrases of features whose names the workbook makes: `share_of_spend_eco`, `categories_bought`. */
function namedPhrases(name: string): RatioPhrases | undefined {
  const range = /^share_of_spend_(.+)$/.exec(name)?.[1]?.replaceAll("_", " ");
  if (range !== undefined) {
    const from = `from the ${range} range`;
    return comparison("buys", `as much ${from}`, `more ${from}`, `less ${from}`);
  }
  const things = /^(.+)_bought$/.exec(name)?.[1]?.replaceAll("_", " ");
  if (things === undefined) return undefined;
  return comparison("buys", `as many ${things}`, `more ${things}`, `fewer ${things}`);
}

function comparison(verb: string, as: string, more: string, less: string): RatioPhrases {
  return {
    times: (amount) => `${verb} ${amount} × ${as}`,
    more: (amount) => `${verb} ${amount} ${more}`,
    less: (amount) => `${verb} ${amount} ${less}`,
  };
}

function comparisonWithAverage(label: string): RatioPhrases {
  return {
    times: (amount) => `${label}: ${amount} × the average`,
    more: (amount) => `${label}: ${amount} above average`,
    less: (amount) => `${label}: ${amount} below average`,
  };
}

function ratioInWords(index: number, phrases: RatioPhrases): string {
  if (index >= 150) return phrases.times(numberText(Number((index / 100).toPrecision(2))));
  const change = `${numberText(Math.round(Math.abs(index - 100)))} %`;
  return index >= 100 ? phrases.more(change) : phrases.less(change);
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
