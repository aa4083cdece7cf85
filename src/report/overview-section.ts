import { segmentColour } from "../charts/theme.js";
import { escapeHtml } from "../core/escape-html.js";
import { countText, percentText, stabilityText } from "../core/number-text.js";
import { verdictText } from "../core/verdict.js";
import type { SegmentCard, SegmentOverview } from "../segments/segment-card.js";
import { lineHtml } from "./prose.js";

/** The segments first: one sentence, then a card for each, largest first. */
export function cardsHtml(overview: SegmentOverview): string {
  return [
    `<p class="headline">${lineHtml(overview.headline)}</p>`,
    `<ol class="cards">`,
    ...overview.cards.map(cardHtml),
    "</ol>",
  ].join("\n");
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
    `<div class="verdict"><span class="chip" tabindex="0" role="note" aria-describedby="${wordsId}">${escapeHtml(verdictText(card.verdict))}</span>`,
    `<p class="words" role="tooltip" id="${wordsId}">${escapeHtml(card.verdictWords)}</p></div>`,
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

/** How sure are we: one dot per segment on a line from 0 to 1; drawn without scripts. */
export function sureHtml(overview: SegmentOverview): string {
  const { cards } = overview;
  const hasBand = cards.some((card) => card.stabilityWithoutGroups !== undefined);
  const key = hasBand ? " Grey: what data of the same shape without groups would give, 5 to 95 %." : "";
  return [
    `<p class="lead">${lineHtml(overview.method)}</p>`,
    `<ul class="sure">`,
    ...cards.map(sureRow),
    `<li class="sure-scale" aria-hidden="true"><span></span><span class="ends"><span>0: never comes back</span><span>1: always comes back</span></span><span></span></li>`,
    "</ul>",
    `<p class="note">Dot: mean overlap (Jaccard, 0 to 1) of the segment with itself when customers are drawn anew.${key}</p>`,
  ].join("\n");
}

function sureRow(card: SegmentCard): string {
  const at = (value: number): string =>
    `${Math.round((2 + 96 * Math.min(1, Math.max(0, value))) * 10) / 10}%`;
  const band = card.stabilityWithoutGroups;
  const value = stabilityText(card.stability);
  const bandMark = band
    ? `<svg x="${at(band[0])}" y="25%" width="${Math.round(96 * (band[1] - band[0]) * 10) / 10}%" height="50%"><rect class="band" width="100%" height="100%" rx="2"/></svg>`
    : "";
  return [
    `<li><span class="sure-name">${escapeHtml(card.name)} <small>${escapeHtml(verdictText(card.verdict))}</small></span>`,
    `<svg class="sure-line" role="img" aria-label="${escapeHtml(value)} on a scale from 0 to 1">`,
    `<line class="rail" x1="2%" x2="98%" y1="50%" y2="50%"/>`,
    bandMark,
    `<line x1="2%" x2="${at(card.stability)}" y1="50%" y2="50%" stroke="${segmentColour(card.key)}" stroke-width="2"/>`,
    `<circle cx="${at(card.stability)}" cy="50%" r="7" fill="${segmentColour(card.key)}"/>`,
    `</svg><span class="sure-value">${escapeHtml(value)}</span></li>`,
  ].join("");
}
