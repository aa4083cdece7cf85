import { firstAsOf, quarters } from "./calendar.js";
import { clamp, drawNormal, drawPoisson, happens } from "./draws.js";

/**
 * @typedef {import("./draws.js").Random} Random
 * @typedef {import("./people.js").Person} Person
 *
 * @typedef {object} Visits
 * @property {string} customer
 * @property {number} quarter First day of the quarter.
 * @property {number} sessions
 * @property {number} pages
 * @property {number} carts
 *
 * @typedef {object} Answers
 * @property {string} customer
 * @property {boolean} late Came in after the first date.
 * @property {readonly (number | undefined)[]} items Answers to q01…q12, 1–5; undefined for "don't know".
 *
 * @typedef {object} Activity
 * @property {string} customer
 * @property {readonly [follows: number, shares: number, mentions: number]} before At the first date.
 * @property {readonly [follows: number, shares: number, mentions: number]} after At the second date.
 */

/** Scale of each item: 0 environment, 1 price, 2 family, 3 outgoing, 4 fashion; a reversed item asks for the opposite. */
const items = /** @type {const} */ ([
  [0, false],
  [0, false],
  [0, true],
  [1, false],
  [1, false],
  [1, true],
  [2, false],
  [2, false],
  [3, false],
  [3, false],
  [4, false],
  [4, true],
]);

/**
 * Visits of the web shop per quarter; a quarter without one has no row.
 *
 * @param {Random} random
 * @param {Person} person
 * @returns {Visits[]}
 */
export function drawVisits(random, person) {
  const isNew = person.joined > firstAsOf;
  return quarters.flatMap((quarter) => {
    const isLater = quarter > firstAsOf;
    if (isNew && !isLater) return [];
    const mean = isNew
      ? person.sessions
      : (person.sessions / 4) * (isLater ? person.after.quarter.visits : 1);
    const sessions = drawPoisson(random, mean);
    if (sessions === 0) return [];
    const pages = sessions + drawPoisson(random, sessions * 3.2);
    return [{ customer: person.id, quarter, sessions, pages, carts: drawPoisson(random, sessions * 0.16) }];
  });
}

/**
 * Answers to the survey, or nothing from those who did not answer.
 *
 * @param {Random} random
 * @param {Person} person
 * @returns {Answers[]}
 */
export function drawAnswers(random, person) {
  if (!happens(random, person.after.answers)) return [];
  const opinions = person.after.survey.map((mean) => drawNormal(random, [mean, 0.45]));
  const answers = items.map(([scale, reversed]) => {
    const answer = clamp(Math.round(drawNormal(random, [opinions[scale], 0.6])), 1, 5);
    return happens(random, 0.03) ? undefined : reversed ? 6 - answer : answer;
  });
  return [{ customer: person.id, late: person.joined > firstAsOf || happens(random, 0.06), items: answers }];
}

/**
 * Counts from the social networks, for those who linked an account.
 *
 * @param {Random} random
 * @param {Person} person
 * @returns {Activity[]}
 */
export function drawActivity(random, person) {
  const [follows, shares, mentions] = person.after.social;
  if (!happens(random, clamp(0.15 + follows / 3, 0, 0.9))) return [];
  const joinedLater = person.joined > firstAsOf;
  /** @param {number} mean */
  const count = (mean) => drawPoisson(random, mean);
  const before = /** @type {const} */ ([count(follows), count(shares), count(mentions)]);
  if (joinedLater) return [{ customer: person.id, before: [0, 0, 0], after: before }];
  const after = /** @type {const} */ ([
    before[0] + count(follows / 12),
    before[1] + count(shares / 5),
    before[2] + count(mentions / 5),
  ]);
  return [{ customer: person.id, before, after }];
}
