import { segmentColour } from "../charts/theme.js";
import { escapeHtml } from "../core/escape-html.js";
import { countText, moneyText, numberText, percentText } from "../core/number-text.js";
import { shareUnit } from "../segments/profile-markers.js";
import type { SegmentCard } from "../segments/segment-card.js";
import type {
  BuyFact,
  FeatureFact,
  NumberFact,
  SegmentFact,
  SegmentFacts,
} from "../segments/segment-facts.js";
import { lineHtml } from "./prose.js";
import { figureHtml } from "./sure-section.js";

/** Size and worth, each with a bar on a ground that stands for everything. */
export function measuresHtml(fact: SegmentFact, currency: string): string {
  const { key, size, share, revenue, revenueShare } = fact;
  const colour = segmentColour(key);
  return [
    '<div class="measures">',
    measureHtml({ value: countText(size), of: `customers, ${percentText(share)} of all`, share, colour }),
    revenue === null || revenueShare === null
      ? ""
      : measureHtml({
          value: percentText(revenueShare),
          of: `of revenue, ${moneyText(revenue / Math.max(1, size), currency)} per customer`,
          share: revenueShare,
          colour,
        }),
    "</div>",
  ].join("\n");
}

interface Measure {
  readonly value: string;
  readonly of: string;
  readonly share: number;
  readonly colour: string;
}

function measureHtml({ value, of, share, colour }: Measure): string {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return `<p class="measure"><strong>${escapeHtml(value)}</strong>${escapeHtml(of)}<svg class="bar" aria-hidden="true"><rect class="ground" width="100%" height="100%" rx="3"/><rect width="${width}%" height="100%" rx="3" fill="${colour}"/></svg></p>`;
}

/** What sets the segment apart, and the customer in its middle. */
export function whoHtml({ markers, typical }: SegmentFact): string {
  const marks =
    markers.length === 0
      ? "<p>Nothing: close to the average in everything.</p>"
      : `<ul class="marks">${markers
          .slice(0, 6)
          .map((marker) => `<li>${lineHtml(marker)}</li>`)
          .join("")}</ul>`;
  const middle =
    typical.length === 0
      ? ""
      : `<p class="middle">In the middle: ${lineHtml(typical.slice(0, 5).join("; "))}</p>`;
  return `<section><h2>Who they are</h2>${marks}${middle}</section>`;
}

/** Whether the segment comes back and stands apart, beside data without groups. */
export function surenessHtml(card: SegmentCard): string {
  const colour = segmentColour(card.key);
  const { stability: value, stabilityWithoutGroups: withoutGroups, stabilityPercentile: percentile } = card;
  const back = figureHtml("Comes back", { value, withoutGroups, percentile, better: "higher", colour });
  const gap = card.separation
    ? figureHtml("Valley", { ...card.separation, value: card.separation.valley, better: "lower", colour })
    : "";
  const figure = (question: string, drawn: string): string =>
    drawn === "" ? "" : `<div class="sure"><p class="sure-what">${question}</p>${drawn}</div>`;
  return [
    "<section><h2>How sure are we</h2>",
    figure("Does it come back? 0 never, 1 always", back),
    figure("Is there a gap around it? 0 empty, 1 no gap", gap),
    `<p class="note">${lineHtml(card.verdictWords)} Grey: data without groups.</p></section>`,
  ].join("\n");
}

/** The clearest leanings of the segment's purchases. */
export function buysHtml({ key, buys }: SegmentFact): string {
  if (buys.length === 0) return "";
  const rows = buys
    .slice(0, 6)
    .map(
      ({ category, share, index }: BuyFact) =>
        `<tr><th scope="row">${escapeHtml(category)}</th><td class="number">${percentText(share)}</td>${againstHtml(index, key)}</tr>`,
    );
  return [
    "<section><h2>What they buy clearly more or less of</h2>",
    '<table><thead><tr><th scope="col">Category</th><th scope="col" class="number">Of their spend</th><th scope="col" class="against">Against all = 100</th></tr></thead>',
    `<tbody>${rows.join("")}</tbody></table></section>`,
  ].join("\n");
}

const mostRows = 9;

/** The numbers that formed the segments, then what differs most, beside all customers. */
export function numbersHtml(facts: SegmentFacts, at: number): string {
  const rows = facts.features
    .filter((fact): fact is NumberFact => fact.kind === "number" && fact.segments[at]?.mean != null)
    .map((fact) => ({ fact, own: fact.segments[at]! }))
    .sort(
      (a, b) =>
        Number(b.fact.role === "basis") - Number(a.fact.role === "basis") ||
        distance(b.own.index) - distance(a.own.index),
    )
    .slice(0, mostRows);
  if (rows.length === 0) return "";
  const { key } = facts.segments[at]!;
  return [
    "<section><h2>In numbers</h2>",
    '<table><thead><tr><th scope="col">Mean</th><th scope="col" class="number">This segment</th><th scope="col" class="number">All</th><th scope="col" class="against">Against all = 100</th></tr></thead><tbody>',
    ...rows.map(
      ({ fact, own }) =>
        `<tr><th scope="row">${escapeHtml(fact.label)}${unitHtml(fact)}</th><td class="number">${valueText(own.mean, fact)}</td><td class="number">${valueText(fact.all.mean, fact)}</td>${againstHtml(own.index, key)}</tr>`,
    ),
    "</tbody></table></section>",
  ].join("\n");
}

/** A unit that the label does not say already. */
function unitHtml({ label, unit }: NumberFact): string {
  const isSaid = unit === "" || unit === shareUnit || label.toLowerCase().includes(unit.toLowerCase());
  return isSaid ? "" : ` <small>${escapeHtml(unit)}</small>`;
}

function distance(index: number | null): number {
  return index === null || index <= 0 ? 0 : Math.abs(Math.log(index / 100));
}

function valueText(value: number | null, { unit }: FeatureFact): string {
  if (value === null) return "not shown";
  return unit === shareUnit ? percentText(value) : numberText(value);
}

/** A bar from 100 to the index, on a scale from 0 to 300; what lies beyond is said by its number. */
function againstHtml(index: number | null, key: string): string {
  if (index === null) return '<td class="against"></td>';
  const at = (value: number): number => Math.round((Math.min(300, Math.max(0, value)) / 300) * 70 * 10) / 10;
  const [from, to] = [Math.min(at(100), at(index)), Math.max(at(100), at(index))];
  return `<td class="against"><svg role="img" aria-label="index ${countText(index)}"><rect x="${from}%" width="${Math.max(0.5, to - from)}%" y="15%" height="70%" fill="${segmentColour(key)}"/><line class="hundred" x1="${at(100)}%" x2="${at(100)}%" y1="0" y2="100%"/><text x="100%" y="90%" text-anchor="end" class="index">${countText(index)}</text></svg></td>`;
}

/** Rules with round limits, and how well they do. */
export function ruleHtml({ rule }: SegmentFact): string {
  if (rule === null) return "";
  const { words, found, right } = rule;
  const measured = [
    ...(found === null ? [] : [`finds ${percentText(found)} of the segment`]),
    ...(right === null ? [] : [`is right about ${percentText(right)} of those it finds`]),
  ].join(" and ");
  return `<section class="rule"><h2>The rule in words</h2><p class="words">${words.slice(0, 3).map(lineHtml).join("<br>or ")}</p><p class="note">It explains the segment and does not define it: it ${measured}.</p></section>`;
}
