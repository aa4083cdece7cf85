import { segmentColour } from "../charts/theme.js";
import { countText, percentText } from "../core/number-text.js";
import { verdictText } from "../core/verdict.js";
import type { SegmentCard, SegmentOverview } from "../segments/segment-card.js";
import { makeElement } from "./make-element.js";

/** The segments as cards, largest first, under one sentence. */
export function segmentCards(overview: SegmentOverview): HTMLElement {
  const headline = makeElement("p", { class: "segbook-headline", text: overview.headline });
  const cautions = (overview.cautions ?? []).map((text) =>
    makeElement("p", { class: "segbook-note", text: glued(text) }),
  );
  const list = makeElement("ol", { class: "segbook-cards" }, ...overview.cards.map(cardElement));
  return makeElement("div", { class: "segbook-overview" }, headline, ...cautions, list);
}

/** True for what a cell shows as segments. The type of an output says little: anybody may have written it. */
export function isOverview(value: unknown): value is SegmentOverview {
  const overview = value as SegmentOverview | null | undefined;
  return (
    typeof overview?.headline === "string" &&
    Array.isArray(overview.cards) &&
    overview.cards.every(
      (card) =>
        typeof card?.name === "string" &&
        typeof card.share === "number" &&
        typeof card.verdict === "string" &&
        Array.isArray(card.markers),
    )
  );
}

function cardElement(card: SegmentCard): HTMLElement {
  const element = makeElement(
    "li",
    { class: "segbook-card" },
    makeElement("h4", { text: card.name }),
    makeElement("p", { class: "segbook-size", text: `${countText(card.size)} customers` }),
    measure(card, "of customers", card.share),
  );
  if (card.revenueShare !== null) element.append(measure(card, "of revenue", card.revenueShare));
  element.append(verdict(card));
  if (card.markers.length > 0) {
    const markers = card.markers.map((marker) => makeElement("li", { text: glued(marker) }));
    element.append(makeElement("ul", {}, ...markers));
  }
  if (card.action !== null) element.append(makeElement("p", { class: "segbook-action", text: card.action }));
  element.style.setProperty("--segment", segmentColour(card.key));
  return element;
}

/** A per cent sign stays with its number. */
function glued(text: string): string {
  return String(text).replaceAll(" %", "\u00a0%");
}

/** A share as a number and as a bar on a ground that stands for everything. */
function measure(card: SegmentCard, of: string, share: number): HTMLElement {
  const rounded = share >= 0.01 && share <= 0.99 ? Math.round(share * 100) / 100 : share;
  const number = makeElement("strong", { text: percentText(rounded) });
  const bar = makeElement("span", { class: "segbook-bar", attributes: { "aria-hidden": "true" } });
  bar.style.setProperty("--share", `${Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10}%`);
  const line = makeElement("p", { class: "segbook-measure" }, number, new Text(` ${of}`), bar);
  line.title = card.name;
  return line;
}

function verdict({ verdict: kind, verdictWords, reason }: SegmentCard): HTMLElement {
  const words = [verdictWords, reason ?? ""].filter((text) => text !== "");
  return makeElement(
    "details",
    { class: "segbook-verdict" },
    makeElement("summary", { text: verdictText(kind) }),
    ...words.map((text) => makeElement("p", { text: glued(text) })),
  );
}
