// Writes the sample shop: node data/generate/sample-shop.js [FOLDER]
// FOLDER gets data/sample/<date>/… and test/sample/truth/…; default: the project itself. Needs the build in dist/.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { createRandom } from "../../dist/core/random.js";
import { drawActivity, drawAnswers, drawVisits } from "./attention.js";
import { asOfDates, dayOf, firstAsOf } from "./calendar.js";
import { drawMailings } from "./campaigns.js";
import { plantFaults } from "./dirt.js";
import { faults } from "./faults.js";
import { drawPeople } from "./people.js";
import { drawLines } from "./shopping.js";
import {
  campaignRow,
  customerRow,
  headers,
  orderRow,
  socialRow,
  surveyRow,
  toCsv,
  webRow,
} from "./tables.js";

/** @typedef {ReturnType<typeof drawShop>} Shop */

const seed = 20_260_331;
const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Everything that ever happens in the shop. */
function drawShop() {
  const random = createRandom(seed);
  const people = drawPeople(random.fork(1));
  /** @template T @param {number} stream @param {(random: import("./draws.js").Random, person: import("./people.js").Person) => T[]} draw */
  const drawEach = (stream, draw) => people.flatMap((person, i) => draw(random.fork(stream).fork(i), person));
  return {
    people,
    lines: drawLines(random.fork(2), people),
    visits: drawEach(3, drawVisits),
    answers: drawEach(4, drawAnswers),
    activity: drawEach(5, drawActivity),
    mailings: drawEach(6, drawMailings),
  };
}

/** What is known at the end of a day, source by source, without faults. @param {Shop} shop @param {number} asOf */
function knownAt({ people, ...shop }, asOf) {
  const isLater = asOf > firstAsOf;
  const present = people.filter((person) => person.joined <= asOf && !(isLater && person.leaves));
  const ids = new Set(present.map(({ id }) => id));
  /** @template {{ customer: string }} T @param {readonly T[]} list */
  const ofPresent = (list) => list.filter(({ customer }) => ids.has(customer));
  return {
    present,
    rows: {
      customers: present.map((person) => customerRow(person, asOf)),
      orders: ofPresent(shop.lines)
        .filter(({ day }) => day <= asOf)
        .map(orderRow),
      survey: ofPresent(shop.answers)
        .filter(({ late }) => isLater || !late)
        .map(surveyRow),
      web: ofPresent(shop.visits)
        .filter(({ quarter }) => quarter <= asOf)
        .map(webRow),
      social: ofPresent(shop.activity).map(({ customer, before, after }) =>
        socialRow(customer, isLater ? after : before),
      ),
      campaigns: ofPresent(shop.mailings)
        .filter(({ day }) => day <= asOf)
        .map(campaignRow),
    },
  };
}

/** Name of the group that a person belongs to in the truth. @param {import("./people.js").Person} person @param {number} asOf */
function groupAt(person, asOf) {
  const { name } = asOf > firstAsOf ? person.after : person.before;
  return name === "newcomer" ? "none" : name;
}

/** @param {Shop} shop @param {string} date */
function writeDate(shop, date) {
  const asOf = dayOf(date);
  const { present, rows } = knownAt(shop, asOf);
  const unknownIds = Array.from({ length: 200 }, (_, i) => String(900_000 + 37 * i));
  for (const [i, [source, clean]] of Object.entries(rows).entries()) {
    const random = createRandom(seed + asOf).fork(i);
    const dirty = plantFaults(random, clean, { source, planted: faults[date], asOf, unknownIds });
    write(`data/sample/${date}/${source}.csv`, toCsv([headers[source], ...dirty]));
  }
  const truth = present.map((person) => [person.id, groupAt(person, asOf)]);
  write(`test/sample/truth/${date}.csv`, toCsv([["customer_id", "group"], ...truth]));
}

/** Orders are large and go compressed. @param {string} path @param {string} text */
function write(path, text) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  if (path.endsWith("/orders.csv")) writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
  else writeFileSync(file, text);
}

const shop = drawShop();
for (const date of asOfDates) {
  writeDate(shop, date);
  const name = date === asOfDates[0] ? "faults" : `faults-${date}`;
  write(`test/sample/truth/${name}.json`, `${JSON.stringify(faults[date], null, 2)}\n`);
}
