import { segmentColour } from "../charts/theme.js";
import { escapeHtml } from "../core/escape-html.js";
import { countText, percentText } from "../core/number-text.js";
import { verdictText } from "../core/verdict.js";
import type { SegmentCard, SegmentOverview } from "../segments/segment-card.js";
import { lineHtml } from "./prose.js";

/** The segments first: one sentence, what must be known before they are used, then a card for each, largest first. */
export function cardsHtml(overview: SegmentOverview): string {
  return [
    `<p class="headline">${lineHtml(overview.headline)}</p>`,
    cautionsHtml(overview.cautions ?? []),
    `<ol class="cards">`,
    ...overview.cards.map(cardHtml),
    "</ol>",
  ].join("\n");
}

function cautionsHtml(cautions: readonly string[]): string {
  if (cautions.length === 0) return "";
  return `<ul class="cautions">${cautions.map((caution) => `<li>${lineHtml(caution)}</li>`).join("")}</ul>`;
}

function cardHtml(card: SegmentCard, index: number): string {
  const wordsId = `verdict-words-${index}`;
  return [
    `<li class="card">`,
    `<svg class="stripe" aria-hidden="true"><rect width="100%" height="100%" rx="2" fill="${segmentColour(card.key)}"/></svg>`,
    `<h3>${escapeHtml(card.name)}</h3>`,
    `<p class="size">${countText(card.size)} customers</p>`,
    measureHtml(card, "of customers", card.share),
    card.revenueShare === null ? "" : measureHtml(card, "of revenue", card.revenueShare),
    card.valueShare === undefined ? "" : measureHtml(card, "of value ahead", card.valueShare),
    `<div class="verdict"><span class="chip ${card.verdict}" tabindex="0" role="note" aria-describedby="${wordsId}">${escapeHtml(verdictText(card.verdict))}</span>`,
    `<p class="words" role="tooltip" id="${wordsId}">${lineHtml([card.verdictWords, card.reason ?? ""].filter(Boolean).join(" "))}</p></div>`,
    card.markers.length === 0
      ? ""
      : `<ul class="markers">${card.markers.map((marker) => `<li>${lineHtml(marker)}</li>`).join("")}</ul>`,
    card.action === null ? "" : `<p class="action">${lineHtml(card.action)}</p>`,
    "</li>",
  ].join("\n");
}

/** A share as a number and as a bar on a ground that stands for everything. */
function measureHtml(card: SegmentCard, of: string, share: number): string {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return `<p class="measure"><strong>${cardShare(share)}</strong> ${of}<svg class="bar" aria-hidden="true"><rect class="ground" width="100%" height="100%" rx="3"/><rect width="${width}%" height="100%" rx="3" fill="${segmentColour(card.key)}"/></svg></p>`;
}

/** Whole per cents are enough at a glance; below one per cent they would be a lie. */
function cardShare(share: number): string {
  return percentText(share >= 0.01 && share <= 0.99 ? Math.round(share * 100) / 100 : share);
}
