import { dayOf } from "./calendar.js";
import { clamp, happens } from "./draws.js";

/**
 * @typedef {import("./draws.js").Random} Random
 * @typedef {import("./people.js").Person} Person
 *
 * @typedef {object} Mailing
 * @property {string} customer
 * @property {string} campaign
 * @property {number} day Sent on.
 * @property {boolean} opened
 * @property {boolean} clicked
 * @property {boolean} converted
 */

/** Every campaign with its day and the groups that it suits. */
const campaigns = [
  { campaign: "Office refresh", day: dayOf("2025-05-12"), suits: ["young-professionals"] },
  { campaign: "Back to school", day: dayOf("2025-08-18"), suits: ["families"] },
  { campaign: "Warm classics", day: dayOf("2025-10-13"), suits: ["retirees"] },
  { campaign: "Wear it longer", day: dayOf("2025-11-24"), suits: ["eco-minded"] },
  { campaign: "Final clearance", day: dayOf("2026-01-12"), suits: ["bargain-hunters"] },
  { campaign: "We miss you", day: dayOf("2026-02-16"), suits: ["lapsed"] },
  { campaign: "Campus starter", day: dayOf("2026-06-08"), suits: ["students"] },
];

/** Chance of a click once opened, and of a purchase once clicked. */
const response = { suited: { clicks: 0.45, converts: 0.42 }, other: { clicks: 0.14, converts: 0.1 } };

/**
 * What was sent to a person and what came of it.
 *
 * @param {Random} random
 * @param {Person} person
 * @returns {Mailing[]}
 */
export function drawMailings(random, person) {
  return campaigns.flatMap(({ campaign, day, suits }) => {
    const suited = suits.includes(person.before.name);
    if (day < person.joined || !happens(random, person.before.reached * (suited ? 1.4 : 0.7))) return [];
    const { clicks, converts } = suited ? response.suited : response.other;
    const opened = happens(random, clamp(person.before.opens + (suited ? 0.22 : 0), 0, 1));
    const clicked = opened && happens(random, clicks);
    const converted = clicked && happens(random, converts);
    return [{ customer: person.id, campaign, day, opened, clicked, converted }];
  });
}
