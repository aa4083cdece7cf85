/**
 * How one planted group lives and shops. Pairs are `[mean, standard deviation]` for age and shares, and
 * `[median, spread of the logarithm]` for what is log-normal. Weights need not add up to 1.
 *
 * @typedef {object} Group
 * @property {string} name As in the truth files.
 * @property {number} size Customers at the first date.
 * @property {readonly [number, number]} age Years.
 * @property {readonly [number, number]} recency Days since the last purchase.
 * @property {number} orders Mean number of orders in the two years, at least 1 each.
 * @property {readonly [number, number]} basket Euro per order, after discount.
 * @property {readonly [number, number]} discount Share taken off.
 * @property {readonly [number, number]} eco Chance that an order line is from the eco range.
 * @property {readonly [number, number]} sessions Visits of the web shop in the first four quarters.
 * @property {number} repertoire Mean number of categories in which the customer buys.
 * @property {readonly (readonly [string, number])[]} categories Beside the eco range.
 * @property {number} returned Share of the order lines sent back.
 * @property {number} tenure Longest time between joining and the last order, days.
 * @property {number} female Share.
 * @property {readonly number[]} income Weights of the five bands.
 * @property {readonly (readonly [string, number])[]} regions
 * @property {readonly number[]} survey Mean answers on environment, price, family, outgoing, fashion, 1–5.
 * @property {number} answers Share that answers the survey.
 * @property {readonly [number, number, number]} social Mean channels followed, shares, mentions.
 * @property {number} reached Share of the campaigns sent to them.
 * @property {number} opens Share of campaigns opened when the campaign is meant for others.
 * @property {Quarter} quarter What changes in the three months between the dates.
 *
 * @typedef {object} Quarter
 * @property {number} orders Mean number of orders.
 * @property {readonly [number, number]} recency Days since the last purchase, at the second date.
 * @property {readonly [number, number]} [basket] If it differs from before.
 * @property {number} visits Visits of the web shop relative to an average quarter before.
 */

const cities = /** @type {const} */ ([
  ["Berlin", 5],
  ["Hamburg", 3],
  ["München", 4],
  ["Köln, Bonn", 3],
  ["Rhein-Main", 3],
  ["Ruhrgebiet", 2],
  ["Sachsen", 1],
]);
const suburbs = /** @type {const} */ ([
  ["Rhein-Main", 4],
  ["Franken", 3],
  ["Ruhrgebiet", 4],
  ["München", 2],
  ["Köln, Bonn", 3],
  ["Sachsen", 2],
  ["Weser-Ems", 3],
]);
const countryside = /** @type {const} */ ([
  ["Ostsee", 4],
  ["Bodensee", 4],
  ["Weser-Ems", 3],
  ["Franken", 3],
  ["Sachsen", 2],
  ["Ruhrgebiet", 1],
]);
const everywhere = /** @type {const} */ ([...cities, ...suburbs, ...countryside]);

/** @type {Group} */
export const youngProfessionals = {
  name: "young-professionals",
  size: 680,
  age: [30, 5.4],
  recency: [24, 0.5],
  orders: 6.3,
  basket: [108, 0.17],
  discount: [0.08, 0.052],
  eco: [0.06, 0.04],
  sessions: [70, 0.51],
  repertoire: 3.6,
  categories: [
    ["Workwear", 8],
    ["Shoes and bags", 5],
    ["Outdoor", 3],
    ["Basics", 2],
    ["Party and trends", 2],
  ],
  returned: 0.11,
  tenure: 900,
  female: 0.52,
  income: [1, 3, 6, 6, 3],
  regions: cities,
  survey: [3, 2.4, 1.8, 4.2, 4],
  answers: 0.55,
  social: [2, 2.2, 1],
  reached: 0.45,
  opens: 0.3,
  quarter: { orders: 1.2, recency: [24, 0.5], visits: 1 },
};

/** @type {Group} */
export const families = {
  name: "families",
  size: 960,
  age: [41, 5.4],
  recency: [14, 0.5],
  orders: 10.5,
  basket: [78, 0.2],
  discount: [0.19, 0.052],
  eco: [0.06, 0.04],
  sessions: [36, 0.44],
  repertoire: 5.2,
  categories: [
    ["Kids", 9],
    ["Basics", 6],
    ["Home and sleep", 5],
    ["Outdoor", 5],
    ["Shoes and bags", 3],
    ["Workwear", 1],
  ],
  returned: 0.08,
  tenure: 1600,
  female: 0.66,
  income: [1, 4, 7, 4, 1],
  regions: suburbs,
  survey: [3.2, 3.3, 4.6, 2.2, 2.6],
  answers: 0.58,
  social: [1, 0.8, 0.4],
  reached: 0.5,
  opens: 0.36,
  quarter: { orders: 1.7, recency: [14, 0.5], visits: 1 },
};

/** @type {Group} */
export const retirees = {
  name: "retirees",
  size: 420,
  age: [70, 6.6],
  recency: [70, 0.45],
  orders: 4.4,
  basket: [135, 0.16],
  discount: [0.06, 0.052],
  eco: [0.05, 0.04],
  sessions: [5, 0.56],
  repertoire: 2.6,
  categories: [
    ["Classic knitwear", 9],
    ["Home and sleep", 4],
    ["Shoes and bags", 3],
    ["Outdoor", 2],
  ],
  returned: 0.04,
  tenure: 3200,
  female: 0.58,
  income: [2, 5, 6, 3, 1],
  regions: countryside,
  survey: [3.3, 2.7, 3.4, 1.8, 1.7],
  answers: 0.7,
  social: [0.1, 0.1, 0.05],
  reached: 0.35,
  opens: 0.24,
  quarter: { orders: 0.8, recency: [75, 0.45], visits: 0.8 },
};

/** @type {Group} */
export const ecoMinded = {
  name: "eco-minded",
  size: 280,
  age: [37, 6],
  recency: [32, 0.5],
  orders: 8,
  basket: [98, 0.2],
  discount: [0.05, 0.046],
  eco: [0.74, 0.05],
  sessions: [42, 0.48],
  repertoire: 3.4,
  categories: [
    ["Outdoor", 5],
    ["Basics", 3],
    ["Kids", 2],
    ["Home and sleep", 2],
  ],
  returned: 0.03,
  tenure: 1000,
  female: 0.61,
  income: [1, 3, 5, 5, 2],
  regions: cities,
  survey: [4.7, 2.1, 3, 3, 2.2],
  answers: 0.72,
  social: [1.4, 2.6, 1.2],
  reached: 0.16,
  opens: 0.45,
  quarter: { orders: 1.4, recency: [30, 0.5], visits: 1 },
};

/** @type {Group} */
export const bargainHunters = {
  name: "bargain-hunters",
  size: 800,
  age: [49, 6],
  recency: [42, 0.5],
  orders: 9,
  basket: [36, 0.28],
  discount: [0.42, 0.055],
  eco: [0.02, 0.02],
  sessions: [95, 0.51],
  repertoire: 4.4,
  categories: [
    ["Outlet", 9],
    ["Basics", 6],
    ["Party and trends", 4],
    ["Home and sleep", 4],
    ["Kids", 3],
    ["Shoes and bags", 1],
  ],
  returned: 0.12,
  tenure: 1500,
  female: 0.6,
  income: [5, 6, 3, 1, 0.3],
  regions: suburbs,
  survey: [2.3, 4.7, 3, 2.4, 2.8],
  answers: 0.52,
  social: [1.2, 0.7, 0.5],
  reached: 0.6,
  opens: 0.42,
  quarter: { orders: 1.4, recency: [40, 0.5], visits: 1 },
};

/** @type {Group} */
export const lapsed = {
  name: "lapsed",
  size: 560,
  age: [45, 7],
  recency: [440, 0.18],
  orders: 1.2,
  basket: [58, 0.2],
  discount: [0.15, 0.046],
  eco: [0.01, 0.01],
  sessions: [1, 0.66],
  repertoire: 1.6,
  categories: [
    ["Party and trends", 4],
    ["Basics", 4],
    ["Shoes and bags", 3],
    ["Outlet", 2],
    ["Workwear", 2],
    ["Home and sleep", 2],
  ],
  returned: 0.06,
  tenure: 40,
  female: 0.55,
  income: [3, 4, 4, 2, 1],
  regions: everywhere,
  survey: [2.9, 3.2, 2.9, 2.9, 2.7],
  answers: 0.24,
  social: [0.3, 0.1, 0.1],
  reached: 0.3,
  opens: 0.09,
  quarter: { orders: 0, recency: [440, 0.18], visits: 0.5 },
};

/** Young parents: after the split they order small parcels all the time. @type {Group} */
export const familiesWithBabies = {
  ...families,
  name: "families-with-babies",
  quarter: { orders: 8, recency: [4, 0.5], basket: [34, 0.2], visits: 6 },
};

/** Parents of older children: after the split they come rarely. @type {Group} */
export const familiesWithSchoolchildren = {
  ...families,
  name: "families-with-schoolchildren",
  quarter: { orders: 1, recency: [62, 0.25], basket: [120, 0.2], visits: 0.3 },
};

/** Arrive in the last three months. @type {Group} */
export const students = {
  name: "students",
  size: 320,
  age: [21, 1.8],
  recency: [18, 0.45],
  orders: 2.6,
  basket: [27, 0.2],
  discount: [0.2, 0.057],
  eco: [0.02, 0.02],
  sessions: [26, 0.41],
  repertoire: 2.2,
  categories: [
    ["Party and trends", 9],
    ["Basics", 4],
    ["Outlet", 2],
  ],
  returned: 0.1,
  tenure: 60,
  female: 0.56,
  income: [8, 3, 1, 0.3, 0.1],
  regions: cities,
  survey: [3.5, 4.1, 1.5, 4.4, 4.5],
  answers: 0.46,
  social: [3.6, 6, 3.5],
  reached: 0.6,
  opens: 0.34,
  quarter: { orders: 2.6, recency: [18, 0.45], visits: 1 },
};

/** The six groups of the first date, in the order of the files of this folder. */
export const firstGroups = [families, bargainHunters, youngProfessionals, lapsed, retirees, ecoMinded];

/** Customers of no group at the first date; and those of them who never ordered. */
export const unattached = { size: 300, withoutOrder: 30 };

/** Share of the retirees who close their account between the dates: every file forgets them. */
export const retireesLeaving = 0.45;

/** Newcomers of the last three months who belong to no group yet. */
export const newcomers = 20;
