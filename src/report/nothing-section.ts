import { lightPalette } from "../charts/theme.js";
import { escapeHtml } from "../core/escape-html.js";
import type { NothingReliable } from "../segments/segment-card.js";
import { lineHtml } from "./prose.js";
import { figureHtml } from "./sure-section.js";

/** The page of a normal outcome: nothing separates the customers. Why, the figures, what is shown in their place, what to do. */
export function nothingReliableHtml({ reason, shown, advice, figures }: NothingReliable): string {
  return [
    `<p class="lead">${lineHtml(reason)}</p>`,
    figures.length === 0 ? "" : figuresHtml(figures),
    `<p>${lineHtml(shown)}</p>`,
    `<ul>${advice.map((line) => `<li>${lineHtml(line)}</li>`).join("")}</ul>`,
  ].join("\n");
}

function figuresHtml(figures: NothingReliable["figures"]): string {
  return [
    '<ul class="sure">',
    '<li class="sure-heads" aria-hidden="true"><span></span><span class="sure-head"><strong>Is there a gap at the shallowest place?</strong><span class="ends"><span>0: empty between</span><span>1: no gap</span></span></span></li>',
    ...figures.map(
      ({ label, valley, ...figure }) =>
        `<li><span class="sure-name">${escapeHtml(label)}</span>${figureHtml("Valley", { ...figure, value: valley, better: "lower", colour: lightPalette.muted })}</li>`,
    ),
    "</ul>",
    '<p class="note">Customers in the shallowest valley between any two segments, as a share of the lower peak (0 to 1). Grey: what data of the same shape without groups give, 5 to 95 %.</p>',
  ].join("\n");
}
