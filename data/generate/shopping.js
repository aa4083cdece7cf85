import { dateOf, firstAsOf, secondAsOf, windowFrom } from "./calendar.js";
import { catalogue, ecoRange } from "./catalogue.js";
import { clamp, drawLogNormal, drawNormal, drawPoisson, happens, pick, roundAtRandom } from "./draws.js";

/**
 * @typedef {import("./draws.js").Random} Random
 * @typedef {import("./people.js").Person} Person
 *
 * @typedef {object} Line
 * @property {string} customer
 * @property {string} order Lines of one order share it.
 * @property {number} day
 * @property {string} product
 * @property {string} category
 * @property {number} quantity Negative for what was sent back.
 * @property {number} price Cents, before discount.
 * @property {number} discount Per cent taken off.
 */

const firstOrderNumber = 100_001;
/** Share of the lines bought outside the customer's usual categories. */
const strayShare = 0.05;
const ecoNames = ecoRange.map(([category]) => category);
const otherRange = [...catalogue.keys()]
  .filter((name) => !ecoNames.includes(name))
  .map((name) => /** @type {const} */ ([name, 1]));

/**
 * Every order line of everybody in the order of their dates, with running order numbers.
 *
 * @param {Random} random
 * @param {readonly Person[]} people
 * @returns {Line[]}
 */
export function drawLines(random, people) {
  const parcels = people.flatMap((person, i) => drawParcels(random.fork(i), person));
  parcels.sort((a, b) => a[0].day - b[0].day);
  return parcels.flatMap((lines, i) =>
    lines.map((line) => ({ ...line, order: String(firstOrderNumber + i) })),
  );
}

/** Orders and returns of one person, each a list of lines. @param {Random} random @param {Person} person @returns {Line[][]} */
function drawParcels(random, person) {
  const later = person.after.quarter.basket;
  const laterBasket = later === undefined ? person.basket : drawLogNormal(random, later);
  const before = drawDaysBefore(random, person).map((day) =>
    drawOrder(random, person, { day, basket: person.basket }),
  );
  const after = drawDaysAfter(random, person).map((day) =>
    drawOrder(random, person, { day, basket: laterBasket }),
  );
  const orders = [...before, ...after];
  return [
    ...orders,
    ...orders.flatMap((lines) => lines.flatMap((line) => drawReturn(random, line, person.before.returned))),
  ];
}

/** @param {Random} random @param {Person} person */
function drawDaysBefore(random, person) {
  if (person.orderCount === 0) return [];
  const from = Math.max(windowFrom, person.joined);
  const others = Array.from(
    { length: person.orderCount - 1 },
    () => from + random.below(person.lastOrder - from + 1),
  );
  return [...others, person.lastOrder];
}

/** @param {Random} random @param {Person} person */
function drawDaysAfter(random, person) {
  const { orders, recency } = person.after.quarter;
  const isNew = person.joined > firstAsOf;
  const from = Math.max(firstAsOf + 1, person.joined);
  const last = secondAsOf - Math.round(drawLogNormal(random, recency));
  if ((person.orderCount === 0 && !isNew) || orders === 0) return [];
  if (last < from && !isNew) return [];
  const latest = Math.max(from, last);
  const others = Array.from(
    { length: drawPoisson(random, Math.max(0, orders - 1)) },
    () => from + random.below(latest - from + 1),
  );
  return [...others, latest];
}

/** @param {Random} random @param {Person} person @param {{ day: number, basket: number }} order @returns {Line[]} */
function drawOrder(random, person, { day, basket }) {
  const share = clamp(drawNormal(random, [person.discount, 0.04]), 0, 0.7);
  const discount = 5 * roundAtRandom(random, share * 20);
  const listValue = (100 * drawLogNormal(random, [basket, 0.25])) / (1 - discount / 100);
  const lineCount = 1 + drawPoisson(random, listValue > 5000 ? 0.45 : 0.2);
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (let i = 0; i < lineCount; i++) {
    const line = drawLine(random, person, { target: listValue / lineCount, day, discount });
    lines.set(line.product, line);
  }
  return [...lines.values()];
}

/**
 * One line worth about `target` cents before discount: the product whose price is nearest, more or less, as often as needed.
 *
 * @param {Random} random
 * @param {Person} person
 * @param {{ target: number, day: number, discount: number }} order
 * @returns {Line}
 */
function drawLine(random, person, { target, day, discount }) {
  const choices = happens(random, person.eco)
    ? ecoRange
    : happens(random, strayShare)
      ? otherRange
      : person.categories;
  const category = pick(random, choices);
  const products = catalogue.get(category);
  const [product, listPrice] = pick(
    random,
    products.map((item) => [item, Math.exp(-2.5 * Math.abs(Math.log(target / item[1])))]),
  );
  const quantity = clamp(Math.round(target / listPrice), 1, 6);
  return {
    customer: person.id,
    order: "",
    day,
    product,
    category,
    quantity,
    price: priceOn(listPrice, day),
    discount,
  };
}

/** List prices rise by 4 % each first of January. @param {number} listPrice @param {number} day */
function priceOn(listPrice, day) {
  const years = Number(dateOf(day).slice(0, 4)) - 2024;
  return 10 * Math.round((listPrice * 1.04 ** years) / 10) - (years > 0 ? 5 : 0);
}

/** @param {Random} random @param {Line} line @param {number} share @returns {Line[][]} */
function drawReturn(random, line, share) {
  if (!happens(random, share)) return [];
  const quantity = -1 - random.below(line.quantity);
  return [[{ ...line, day: line.day + 3 + random.below(18), quantity }]];
}
