import { segmentColour } from "../charts/theme.js";
import { escapeHtml } from "../core/escape-html.js";
import { percentText, stabilityText } from "../core/number-text.js";
import { verdictText } from "../core/verdict.js";
import type { SegmentCard, SegmentOverview } from "../segments/segment-card.js";
import { lineHtml } from "./prose.js";

/** A figure from 0 to 1 beside the same in data without groups. */
interface ComparedFigure {
  readonly value: number;
  readonly withoutGroups?: readonly [number, number] | undefined;
  /** Share of the data without groups with a lower figure. */
  readonly percentile?: number | undefined;
  /** A mark on the line: from here on (or up to here) the figure counts. */
  readonly limit?: number | undefined;
  /** Whether more or less of it is better. */
  readonly better: "higher" | "lower";
  readonly colour: string;
}

/** How sure are we: two lines from 0 to 1 per segment, how much of it comes back and what lies around it; drawn without scripts. */
export function sureHtml(overview: SegmentOverview): string {
  const { cards } = overview;
  const hasGaps = cards.some((card) => card.separation !== undefined);
  const hasBand = cards.some((card) => card.stabilityWithoutGroups ?? card.separation?.withoutGroups);
  return [
    `<p class="lead">${lineHtml(overview.method)}</p>`,
    `<ul class="sure${hasGaps ? " sure-pair" : ""}">`,
    `<li class="sure-heads" aria-hidden="true"><span></span>${headHtml("Does it come back?", ["never", "always"])}${hasGaps ? headHtml("Is there a gap around it?", ["empty between", "no gap"]) : ""}</li>`,
    ...cards.map((card) => sureRow(card, hasGaps)),
    "</ul>",
    `<p class="note">${noteText(hasGaps, hasBand)}</p>`,
  ].join("\n");
}

function headHtml(question: string, [low, high]: readonly [string, string]): string {
  return `<span class="sure-head"><strong>${question}</strong><span class="ends"><span>0: ${low}</span><span>1: ${high}</span></span></span>`;
}

function noteText(hasGaps: boolean, hasBand: boolean): string {
  return [
    "Left: mean overlap (Jaccard, 0 to 1) of the segment with itself when customers are drawn anew; more is surer.",
    hasGaps
      ? "Right: customers in the shallowest valley to any other segment, as a share of the lower of the two peaks (0 to 1); less is a clearer gap, and the short line marks how little counts as one."
      : "",
    hasBand ? "Grey: what data of the same shape without groups give, 5 to 95 %." : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function sureRow(card: SegmentCard, hasGaps: boolean): string {
  const colour = segmentColour(card.key);
  const { stability: value, stabilityWithoutGroups: withoutGroups, stabilityPercentile: percentile } = card;
  const back = figureHtml("Comes back", { value, withoutGroups, percentile, better: "higher", colour });
  const gap = card.separation
    ? figureHtml("Valley", { ...card.separation, value: card.separation.valley, better: "lower", colour })
    : "<span></span>";
  return `<li><span class="sure-name">${escapeHtml(card.name)} <small>${escapeHtml(verdictText(card.verdict))}</small></span>${back}${hasGaps ? gap : ""}</li>`;
}

/** The line, and under it the numbers, so that nothing hangs on seeing. */
export function figureHtml(name: string, figure: ComparedFigure): string {
  const { value, withoutGroups, limit, colour } = figure;
  const bandMark = withoutGroups
    ? `<svg x="${at(withoutGroups[0])}" y="25%" width="${wide(withoutGroups)}" height="50%"><rect class="band" width="100%" height="100%" rx="2"/></svg>`
    : "";
  const limitMark =
    limit === undefined ? "" : `<line class="limit" x1="${at(limit)}" x2="${at(limit)}" y1="10%" y2="90%"/>`;
  return [
    `<span class="sure-figure"><svg class="sure-line" role="img" aria-label="${escapeHtml(name)} ${escapeHtml(stabilityText(value))} on a scale from 0 to 1">`,
    `<line class="rail" x1="2%" x2="98%" y1="50%" y2="50%"/>`,
    bandMark,
    limitMark,
    `<line x1="2%" x2="${at(value)}" y1="50%" y2="50%" stroke="${colour}" stroke-width="2"/>`,
    `<circle cx="${at(value)}" cy="50%" r="7" fill="${colour}"/>`,
    `</svg><span class="sure-value"><span class="sure-what">${escapeHtml(name)} </span>${figureText(figure)}</span></span>`,
  ].join("");
}

function figureText({ value, withoutGroups, percentile, better }: ComparedFigure): string {
  const shown = `<strong>${escapeHtml(stabilityText(value))}</strong>`;
  if (withoutGroups === undefined) return shown;
  const band = `<small>without groups ${withoutGroups.map(stabilityText).map(escapeHtml).join("–")}</small>`;
  if (percentile === undefined) return `${shown} ${band}`;
  const [word, beaten] = better === "higher" ? ["above", percentile] : ["below", 1 - percentile];
  return `${shown} ${band}<small>, ${word} ${shareText(beaten)}</small>`;
}

function shareText(share: number): string {
  if (share >= 1) return "all";
  if (share <= 0) return "none";
  return `${percentText(Math.round(share * 100) / 100)} of them`;
}

function at(value: number): string {
  return `${Math.round((2 + 96 * Math.min(1, Math.max(0, value))) * 10) / 10}%`;
}

function wide([low, high]: readonly [number, number]): string {
  return `${Math.max(0.4, Math.round(96 * (high - low) * 10) / 10)}%`;
}
