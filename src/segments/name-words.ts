import type { Marker } from "./profile.js";

/** A part of a segment's name. Markers of one topic say much the same, so a name uses one of them. */
export interface NamePart {
  /** One or two words. */
  readonly words: string;
  /** quality: goes before ("older"); people: who they are ("bargain hunters"); thing: what they have ("big baskets"). */
  readonly kind: "quality" | "people" | "thing";
  readonly topic: string;
}

type PartPair = readonly [above: NamePart | null, below: NamePart | null];

const knownParts: ReadonlyMap<string, PartPair> = new Map([
  ["age", pair("age", quality("older"), quality("younger"))],
  ["income_band", pair("income", quality("affluent"), quality("lower-income"))],
  ["income", pair("income", quality("affluent"), quality("lower-income"))],
  ["order_count", pair("orders", quality("frequent"), quality("occasional"))],
  ["recency_days", pair("recency", quality("lapsed"), quality("active"))],
  ["tenure_days", pair("tenure", quality("loyal"), quality("new"))],
  ["joined_days", pair("tenure", quality("loyal"), quality("new"))],
  ["spend", pair("money", people("big spenders"), people("small spenders"))],
  ["average_order_value", pair("basket", thing("big baskets"), thing("small baskets"))],
  ["days_between_orders", pair("orders", quality("occasional"), quality("regular"))],
  ["discount_share", pair("discount", people("bargain hunters"), quality("full-price"))],
  ["return_share", pair("returns", people("frequent returners"), null)],
  ["web_sessions", pair("web", quality("online"), quality("offline"))],
  ["pages_per_session", pair("web", quality("browsing"), null)],
  ["cart_rate", pair("web", quality("cart-filling"), null)],
  ["categories_bought", pair("range", quality("all-round"), quality("single-range"))],
  ["products_bought", pair("range", quality("all-round"), quality("few-product"))],
  ["survey_answered", [null, null]],
]);

/** What a marker contributes to a name; null if it makes no good word. */
export function namePart(marker: Marker): NamePart | null {
  if (marker.category !== null) return categoryPart(marker);
  if (marker.feature.name === "order_count" && marker.direction === "below" && (marker.median ?? 0) <= 1)
    return { ...people("one-timers"), topic: "orders" };
  const known = knownParts.get(marker.feature.name) ?? patternParts(marker);
  return known[marker.direction === "above" ? 0 : 1];
}

/** Features whose names the workbook makes, then any other: "high income", "low visits". */
function patternParts(marker: Marker): PartPair {
  const { name, label } = marker.feature;
  const range = /^share_of_spend_(.+)$/.exec(name)?.[1];
  if (range !== undefined) return pair(`range ${range}`, people(`${firstWords(range, 1)} fans`), null);
  const attitude = /^(?:values|lifestyle|interest)_(.+)$/.exec(name)?.[1];
  if (attitude !== undefined) return pair(attitude, quality(`${firstWords(attitude, 1)}-minded`), null);
  if (name.startsWith("social_")) return pair("social", quality("social"), null);
  if (name.startsWith("campaign")) return pair("campaigns", quality("responsive"), quality("unresponsive"));
  const short = firstWords(label, 1).toLowerCase();
  // A word with a digit, such as q09, is a code and says nothing to a reader.
  return short === "" || /\d/.test(short)
    ? [null, null]
    : pair(name, thing(`high ${short}`), thing(`low ${short}`));
}

/** A category that is more frequent than elsewhere lends its own name, if it is short and plain. */
function categoryPart({ category, direction, feature, value }: Marker): NamePart | null {
  const words = firstWords(category!, 2);
  const isPlain = words !== "" && words.length <= 20 && words.length >= category!.trim().length;
  return direction === "above" && value >= 0.5 && isPlain
    ? { words, kind: "quality", topic: feature.name }
    : null;
}

/** Letters, digits and hyphens of the first words: names go into files, slides and subject lines. */
function firstWords(text: string, count: number): string {
  const words = text
    .replace(/[^\p{L}\p{N}-]+/gu, " ")
    .trim()
    .split(" ");
  return words.slice(0, count).join(" ").slice(0, 24);
}

function pair(topic: string, above: Words | null, below: Words | null): PartPair {
  return [above && { ...above, topic }, below && { ...below, topic }];
}

type Words = Omit<NamePart, "topic">;

function quality(words: string): Words {
  return { words, kind: "quality" };
}

function people(words: string): Words {
  return { words, kind: "people" };
}

function thing(words: string): Words {
  return { words, kind: "thing" };
}
