import { segmentColour } from "../charts/theme.js";
import { escapeHtml } from "../core/escape-html.js";
import { verdictText } from "../core/verdict.js";
import { overrideSentences } from "../disclosure/check-texts.js";
import type { SegmentCard, SegmentOverview } from "../segments/segment-card.js";
import type { SegmentFacts } from "../segments/segment-facts.js";
import { buysHtml, measuresHtml, numbersHtml, ruleHtml, surenessHtml, whoHtml } from "./card-parts.js";
import { cardPageStyle } from "./card-style.js";
import { longDate } from "./long-date.js";
import { lineHtml } from "./prose.js";
import { scriptlessPage } from "./scriptless-page.js";

/**
 * One page of A4 for each segment, as one HTML file: its verdict beside data without groups, size and worth, who they are, what they
 * buy, the rule in words, what to do, and when it was made.
 *
 * Asks for nothing from anywhere and runs no scripts; dark where the reader's system is. Holds the figures that may be seen, and no
 * customer.
 */
export function renderSegmentCards(facts: SegmentFacts): string {
  const { overview } = facts;
  return scriptlessPage({
    title: `Segments: ${overview.workbook}`,
    style: cardPageStyle(),
    body: [
      "<main>",
      ...overview.cards.map((card) => {
        const at = facts.segments.findIndex(({ key }) => key === card.key);
        return at < 0 ? "" : sheetHtml(card, facts, at);
      }),
      "</main>",
    ].join("\n"),
  });
}

function sheetHtml(card: SegmentCard, facts: SegmentFacts, at: number): string {
  const { overview } = facts;
  const fact = facts.segments[at]!;
  const name = fact.name.length > 80 ? `${fact.name.slice(0, 79)}…` : fact.name;
  const day = overview.asOf === null ? "" : ` · customers as of ${longDate(overview.asOf)}`;
  return [
    '<article class="sheet"><div class="content">',
    `<svg class="stripe" aria-hidden="true"><rect width="100%" height="100%" fill="${segmentColour(card.key)}"/></svg>`,
    `<header class="top"><div><p class="facts">${escapeHtml(overview.workbook + day)}</p><h1>${escapeHtml(name)}</h1></div><span class="chip ${card.verdict}">${escapeHtml(verdictText(card.verdict))}</span></header>`,
    card.action === null ? "" : `<p class="action">${lineHtml(card.action)}</p>`,
    measuresHtml(fact, overview.currency),
    `<div class="columns">${whoHtml(fact)}${surenessHtml(card)}</div>`,
    numbersHtml(facts, at),
    buysHtml(fact),
    ruleHtml(fact),
    `</div><footer>${footerLines(overview, facts)
      .map((line) => `<p>${escapeHtml(line)}</p>`)
      .join("")}</footer>`,
    "</article>",
  ].join("\n");
}

function footerLines(overview: SegmentOverview, facts: SegmentFacts): readonly string[] {
  const { asOf, definitionVersion, fingerprint, staleness } = overview;
  return [
    ...(asOf === null ? [] : [`Describes the customers of ${longDate(asOf)}.`]),
    ...(staleness === undefined ? [] : [`The segments are ${staleness}.`]),
    `Definition version ${definitionVersion}, fingerprint ${fingerprint.slice(0, 12)}. Figures of fewer than ${facts.smallestGroup} customers are not shown.`,
    ...overrideSentences(facts.privacy),
  ];
}
