import assert from "node:assert/strict";
import { appendFileSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { type CommandResult, folderWith, segbook } from "../../commands/segbook.js";
import { type MadeLine, madeDates, madeLines, madeWorkbook, ordersFile } from "./made-shop.js";
import { filesOf } from "./refresh-folder.js";

const [first, second] = madeDates;
const lines = madeLines(120);

/** A first state of customers with an age, so that a whole source can go wrong. */
let shop: string;

const workbook = madeWorkbook
  .replace("[1, 4]", "[3, 3]")
  .replace(
    "sources:\n",
    `sources:
  people:
    kind: customers
    path: people.csv
    columns: { customer: customer }
    attributes: { age: { column: age, type: number, unit: years, meaning: Age in years } }
`,
  )
  .replace("basis: [", "basis: [age, ");

function peopleFile(age: (i: number) => string): string {
  const keys = [...new Set(lines.map(({ customer }) => customer))];
  return `customer,age\n${keys.map((key, i) => `${key},${age(i)}`).join("\n")}\n`;
}

const usualAge = (i: number): string => String(20 + 20 * (i % 3) + (i % 7));

before(() => {
  shop = folderWith({
    "segbook.yaml": workbook,
    "orders.csv": ordersFile(lines),
    "people.csv": peopleFile(usualAge),
  });
  const { exitCode, errors } = segbook(shop, ["refresh", "--as-of", first, "--quiet"]);
  assert.equal(exitCode, 0, errors);
});

/** A refresh of a copy of the shop in which something went wrong; the state before goes on, byte for byte. */
function refreshBad(spoil: (folder: string) => void, asOf: string = second): CommandResult {
  const folder = folderWith({});
  cpSync(shop, folder, { recursive: true });
  spoil(folder);
  const history = filesOf(join(folder, "history"));
  const result = segbook(folder, ["refresh", "--as-of", asOf]);
  const after = filesOf(join(folder, "history"));
  for (const [file, hash] of history) assert.equal(after.get(file), hash, file);
  rmSync(folder, { recursive: true });
  return result;
}

const writeOrders =
  (change: (line: MadeLine, i: number) => readonly MadeLine[]) =>
  (folder: string): void =>
    writeFileSync(join(folder, "orders.csv"), ordersFile(lines.flatMap(change)));

const isSince = ({ date }: MadeLine): boolean => date > first;
const numberOf = ({ customer }: MadeLine): number => Number(customer.slice(1));

/** Data that can be read, but not be what the data before were. */
const refused: readonly {
  readonly title: string;
  readonly spoil: (folder: string) => void;
  readonly gates: readonly string[];
  readonly says: RegExp;
}[] = [
  {
    title: "orders that shrank by half",
    spoil: writeOrders((line, i) => (i % 2 === 0 ? [line] : [])),
    gates: ["sourceLoss"],
    says: /Gate sourceLoss: orders lost the most rows/,
  },
  {
    title: "a file that was appended to itself",
    spoil: (folder) => appendFileSync(join(folder, "orders.csv"), ordersFile(lines).replace(/^.*\n/, "")),
    gates: ["repeatedRows"],
    says: /Gate repeatedRows: 50 % of the order lines repeat another of the same invoice and count double/,
  },
  {
    title: "two files that overlap by a month",
    spoil: writeOrders((line) => (line.date.startsWith("2025-05") ? [line, line] : [line])),
    gates: ["repeatedDays"],
    says: /Gate repeatedDays: Every order line of \d+ days between 2025-05-\d\d and 2025-05-\d\d \(\d+ lines\) is there twice/,
  },
  {
    title: "a month in cents",
    spoil: writeOrders((line) => [isSince(line) ? { ...line, price: 100 * line.price } : line]),
    gates: ["moneyFactor"],
    says: /Gate moneyFactor: An order is worth [\d.]+ times what it was/,
  },
  {
    title: "a file without half of the customers",
    spoil: (folder) => {
      writeOrders((line) => (numberOf(line) < 59 ? [line] : []))(folder);
      writeFileSync(join(folder, "people.csv"), peopleFile(usualAge).split("\n").slice(0, 60).join("\n"));
    },
    gates: ["sourceLoss", "overlap"],
    says: /Gate overlap: 59 of the 120 customers before \(49\.2 %\) are still there/,
  },
  {
    title: "other customers altogether",
    spoil: (folder) => {
      for (const file of ["orders.csv", "people.csv"]) {
        const text = readFileSync(join(folder, file), "utf8");
        writeFileSync(join(folder, file), text.replaceAll(/^K/gm, "2-K"));
      }
    },
    gates: ["overlap", "continuity"],
    says: /Gate overlap: None of the 120 customers before is there any more; was the key written in another way\?/,
  },
  {
    title: "a basis feature without a value",
    spoil: (folder) =>
      writeFileSync(
        join(folder, "people.csv"),
        peopleFile(() => ""),
      ),
    gates: ["emptyFeatures"],
    says: /Gate emptyFeatures: Most customers have no value of Age/,
  },
];

for (const { title, spoil, gates, says } of refused)
  test(`${title}: the gate says what is wrong and the state before goes on`, () => {
    const { exitCode, output, errors } = refreshBad(spoil);
    assert.equal(exitCode, 1, errors + output);
    for (const gate of gates) assert.match(errors, new RegExp(`\\b${gate}\\b`));
    assert.match(errors, new RegExp(`the state of ${first} goes on`));
    assert.match(output, says);
    assert.match(output, /this refresh was refused/);
  });

const record = `history/states/${first}/record.json`;

/** What no refresh can begin with. */
const impossible: readonly {
  readonly title: string;
  readonly spoil: (folder: string) => void;
  readonly asOf?: string;
  readonly says: RegExp;
}[] = [
  {
    title: "a day before the last one",
    spoil: () => undefined,
    asOf: "2025-05-31",
    says: /asOf must not be before the newest state \(2025-06-30\), got 2025-05-31/,
  },
  {
    title: "the same day from other data",
    spoil: writeOrders((line, i) => (i === 0 ? [] : [line])),
    asOf: first,
    says: /got changes of the source orders\. --again/,
  },
  {
    title: "a column with another name",
    spoil: (folder) =>
      writeFileSync(join(folder, "orders.csv"), ordersFile(lines).replace("price", "unit_price")),
    says: /orders\.csv must have the column "price", got .*"quantity"/,
  },
  {
    title: "a workbook without a feature of the recipe",
    spoil: (folder) =>
      writeFileSync(
        join(folder, "segbook.yaml"),
        workbook.replace(/ {4}attributes:.*\n/, "").replace("[age, ", "["),
      ),
    says: /age/,
  },
  {
    title: "a record that was edited",
    spoil: (folder) => appendFileSync(join(folder, record), " "),
    says: /record\.json\. Restore/,
  },
  {
    title: "a record that is cut off",
    spoil: (folder) => truncateSync(join(folder, record), 100),
    says: /record\.json\. Restore/,
  },
  {
    title: "a pointer to a state that is gone",
    spoil: (folder) => rmSync(join(folder, "history/states", first), { recursive: true }),
    says: /got no file at .*record\.json\. Restore/,
  },
  {
    title: "a pointer that is no JSON",
    spoil: (folder) => writeFileSync(join(folder, "history/current.json"), "{"),
    says: /no JSON at .*current\.json\. Restore/,
  },
  {
    title: "assignments that are cut off",
    spoil: (folder) => truncateSync(join(folder, `history/states/${first}/assignments.parquet`), 1000),
    says: /assignments\.parquet/,
  },
  {
    title: "features that are gone",
    spoil: (folder) => rmSync(join(folder, `history/states/${first}/features.parquet`)),
    says: /features\.parquet/,
  },
  {
    title: "a definition that was edited",
    spoil: (folder) => appendFileSync(join(folder, `history/states/${first}/definition.json`), "}"),
    says: /definition\.json/,
  },
  {
    title: "an account that is cut off",
    spoil: (folder) => truncateSync(join(folder, `history/states/${first}/account.json`), 40),
    says: /account\.json/,
  },
];

for (const { title, spoil, asOf, says } of impossible)
  test(`${title}: one error that says where, and the history stays`, () => {
    const { exitCode, output, errors } = refreshBad(spoil, asOf);
    assert.equal(exitCode, 2, errors);
    assert.equal(output, "");
    assert.match(errors, says);
    assert.equal(errors.trim().split("\n").length, 1, errors);
  });
