import { firstAsOf, secondAsOf, windowFrom } from "./calendar.js";
import { clamp, drawLogNormal, drawNormal, happens, pick, roundAtRandom, shuffle } from "./draws.js";
import {
  familiesWithBabies,
  familiesWithSchoolchildren,
  firstGroups,
  newcomers,
  retireesLeaving,
  students,
  unattached,
} from "./groups.js";

/**
 * @typedef {import("./draws.js").Random} Random
 * @typedef {import("./groups.js").Group} Group
 *
 * @typedef {object} Person
 * @property {string} id Six digits, often with leading zeros.
 * @property {Group} before How the person behaves up to the first date.
 * @property {Group} after How the person behaves from then on; its name is the truth of the second date.
 * @property {boolean} leaves Closes the account between the dates.
 * @property {number} born Day.
 * @property {number} joined Day.
 * @property {number} lastOrder Day of the last purchase up to the first date; NaN without one.
 * @property {number} orderCount Purchases up to the first date.
 * @property {string} gender
 * @property {string} income
 * @property {string} region
 * @property {number} basket Euro per order.
 * @property {number} discount Share taken off.
 * @property {number} eco Chance that a line is eco.
 * @property {number} sessions Visits in the first four quarters.
 * @property {readonly (readonly [string, number])[]} categories
 */

const incomeBands = ["low", "lower-middle", "middle", "upper-middle", "high"];
const daysPerYear = 365.25;
/** How much customers of one group differ in the number of their orders (standard deviation of its logarithm). */
const orderSpread = 0.16;

/**
 * Everybody who is ever a customer, ordered by id.
 *
 * @param {Random} random
 * @returns {Person[]}
 */
export function drawPeople(random) {
  const homes = [
    ...firstGroups.flatMap((group) => Array.from({ length: group.size }, () => group)),
    ...Array.from({ length: unattached.size }, (_, i) =>
      drawLoner(random.fork(i), i < unattached.withoutOrder),
    ),
    ...Array.from({ length: students.size }, () => students),
    ...Array.from({ length: newcomers }, (_, i) => drawNewcomer(random.fork(unattached.size + i))),
  ];
  const ids = drawIds(random.fork(1000), homes.length);
  const people = homes.map((group, i) => drawPerson(random.fork(2000 + i), group, ids[i]));
  return people.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Age in whole years at the end of a day.
 *
 * @param {Person} person
 * @param {number} day
 */
export function ageAt(person, day) {
  return Math.floor((day - person.born) / daysPerYear);
}

/** Of no group: in every trait somewhere on the way from one group to another. @returns {Group} */
function drawLoner(/** @type {Random} */ random, /** @type {boolean} */ withoutOrder) {
  const [one, other] = shuffle(random, firstGroups);
  const way = 0.2 + 0.6 * random.next();
  /** @param {number} from @param {number} to */
  const between = (from, to) => from + (to - from) * way;
  /** @param {number} from @param {number} to */
  const betweenLogs = (from, to) => Math.exp(between(Math.log(from), Math.log(to)));
  return {
    ...one,
    name: "none",
    age: [between(one.age[0], other.age[0]), 6],
    recency: [betweenLogs(one.recency[0], other.recency[0]), 0.5],
    orders: withoutOrder ? 0 : betweenLogs(one.orders, other.orders),
    basket: [betweenLogs(one.basket[0], other.basket[0]), 0.2],
    discount: [between(one.discount[0], other.discount[0]), 0.05],
    eco: [between(one.eco[0], other.eco[0]), 0.05],
    sessions: [betweenLogs(one.sessions[0], other.sessions[0]), 0.4],
    repertoire: between(one.repertoire, other.repertoire),
    categories: [...one.categories, ...other.categories],
    survey: one.survey.map((mean, i) => between(mean, other.survey[i])),
    quarter: {
      orders: between(one.quarter.orders, other.quarter.orders),
      recency: [betweenLogs(one.quarter.recency[0], other.quarter.recency[0]), 0.5],
      visits: 1,
    },
  };
}

/** A loner who joined in the last three months. @returns {Group} */
function drawNewcomer(/** @type {Random} */ random) {
  return { ...drawLoner(random, false), tenure: students.tenure, orders: 1, name: "newcomer" };
}

/** @param {Random} random @param {number} count */
function drawIds(random, count) {
  const ids = new Set();
  while (ids.size < count) ids.add(String(1 + random.below(299_999)).padStart(6, "0"));
  return [...ids];
}

/** @param {Random} random @param {Group} before @param {string} id @returns {Person} */
function drawPerson(random, before, id) {
  const age = clamp(drawNormal(random, before.age), 17, 97);
  const isNew = before === students || before.name === "newcomer";
  const after = groupLater(random, before, age);
  const orderCount =
    isNew || before.orders === 0
      ? 0
      : 1 + roundAtRandom(random, Math.max(0, before.orders * drawLogNormal(random, [1, orderSpread]) - 1));
  const lastOrder =
    firstAsOf - Math.round(clamp(drawLogNormal(random, before.recency), 0, firstAsOf - windowFrom));
  const stay = 25 * Math.max(0, orderCount - 1) + before.tenure * random.next();
  return {
    id,
    before,
    after,
    leaves: before.name === "retirees" && happens(random, retireesLeaving),
    born: firstAsOf - Math.round(age * daysPerYear),
    joined: isNew
      ? secondAsOf - 30 - Math.floor(students.tenure * random.next())
      : lastOrder - Math.floor(stay),
    lastOrder: orderCount === 0 ? Number.NaN : lastOrder,
    orderCount,
    gender: happens(random, 0.04)
      ? ""
      : happens(random, 0.01)
        ? "diverse"
        : happens(random, before.female)
          ? "female"
          : "male",
    income: happens(random, 0.08)
      ? ""
      : pick(
          random,
          incomeBands.map((band, i) => [band, before.income[i]]),
        ),
    region: pick(random, before.regions),
    basket: drawLogNormal(random, before.basket),
    discount: clamp(drawNormal(random, before.discount), 0, 0.65),
    eco: clamp(drawNormal(random, before.eco), 0, 0.95),
    sessions: drawLogNormal(random, before.sessions),
    categories: drawRepertoire(random, before),
  };
}

/** The families split by age, roughly; all others stay what they are. @param {Random} random @param {Group} before @param {number} age */
function groupLater(random, before, age) {
  if (before.name !== "families") return before;
  return happens(random, 1 / (1 + Math.exp((age - 41) / 2)))
    ? familiesWithBabies
    : familiesWithSchoolchildren;
}

/** Categories a person buys from, the likelier ones of the group first. @param {Random} random @param {Group} group */
function drawRepertoire(random, group) {
  const wanted = Math.max(1, Math.round(drawNormal(random, [group.repertoire, 0.7])));
  const left = [...new Map(group.categories)];
  /** @type {[string, number][]} */
  const chosen = [];
  while (chosen.length < wanted && left.length > 0) {
    const category = pick(random, left);
    const [entry] = left.splice(
      left.findIndex(([name]) => name === category),
      1,
    );
    chosen.push([entry[0], entry[1] + 2]);
  }
  return chosen;
}
