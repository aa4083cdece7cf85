import { dateOf } from "./calendar.js";
import { ageAt } from "./people.js";

/**
 * What each of the six systems writes into its file.
 *
 * @typedef {import("./people.js").Person} Person
 * @typedef {import("./shopping.js").Line} Line
 * @typedef {import("./attention.js").Visits} Visits
 * @typedef {import("./attention.js").Answers} Answers
 * @typedef {import("./attention.js").Activity} Activity
 * @typedef {import("./campaigns.js").Mailing} Mailing
 * @typedef {readonly string[]} Row
 */

/** First line of each file. */
export const headers = {
  customers: ["customer_id", "age", "gender", "income_band", "postcode_region", "joined"],
  orders: ["customer_id", "order_id", "date", "product", "category", "quantity", "unit_price", "discount"],
  survey: ["customer_id", ...Array.from({ length: 12 }, (_, i) => `q${String(i + 1).padStart(2, "0")}`)],
  web: ["customer_id", "quarter", "sessions", "pages", "carts"],
  social: ["customer_id", "follows", "shares", "mentions"],
  campaigns: ["customer_id", "campaign", "sent_on", "sent", "opened", "clicked", "converted"],
};

/** @param {Person} person @param {number} asOf @returns {Row} */
export function customerRow(person, asOf) {
  return [
    person.id,
    String(ageAt(person, asOf)),
    person.gender,
    person.income,
    person.region,
    dateOf(person.joined),
  ];
}

/** @param {Line} line @returns {Row} */
export function orderRow({ customer, order, day, product, category, quantity, price, discount }) {
  const euros = `${Math.floor(price / 100)}.${String(price % 100).padStart(2, "0")}`;
  return [customer, order, dateOf(day), product, category, String(quantity), euros, String(discount / 100)];
}

/** @param {Answers} answers @returns {Row} */
export function surveyRow({ customer, items }) {
  return [customer, ...items.map((answer) => (answer === undefined ? "" : String(answer)))];
}

/** @param {Visits} visits @returns {Row} */
export function webRow({ customer, quarter, sessions, pages, carts }) {
  return [customer, dateOf(quarter), String(sessions), String(pages), String(carts)];
}

/** @param {string} customer @param {readonly number[]} counts @returns {Row} */
export function socialRow(customer, counts) {
  return [customer, ...counts.map(String)];
}

/** @param {Mailing} mailing @returns {Row} */
export function campaignRow({ customer, campaign, day, opened, clicked, converted }) {
  return [
    customer,
    campaign,
    dateOf(day),
    "1",
    ...[opened, clicked, converted].map((yes) => (yes ? "1" : "0")),
  ];
}

/**
 * CSV text: comma, line feed, double quotes only where needed.
 *
 * @param {readonly Row[]} rows
 */
export function toCsv(rows) {
  const fields = /[",\r\n]/;
  /** @param {string} text */
  const quoted = (text) => (fields.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(quoted).join(",")).join("\n")}\n`;
}
