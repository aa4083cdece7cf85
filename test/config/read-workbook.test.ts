import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import { InputError } from "#src/core/errors.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
const file = join(folder, "segbook.yaml");
after(() => rmSync(folder, { recursive: true, force: true }));

const shop = `name: Shop
asOf: 2026-03-31
money: { currency: EUR }
sources:
  people:
    kind: customers
    path: people.csv
    columns: { customer: id }
    attributes:
      age: { column: age, type: number, meaning: Age, range: [16, 99] }
  orders:
    kind: transactions
    path: [orders.tsv.gz, backup/orders.tsv]
    columns: { customer: id, invoice: no, date: day, quantity: pieces, price: price }
  survey:
    kind: survey
    path: survey.csv
    columns: { customer: id }
    scales:
      mood: { items: [q1, -q2], range: [1, 5], meaning: Mood }
basis: [age, spend]
segmentation: { counts: [1, 8], seed: 7 }
`;

function messageOf(text: string): string {
  writeFileSync(file, text);
  try {
    readWorkbook(file);
  } catch (error) {
    assert.ok(error instanceof InputError, `${(error as Error).stack}`);
    return error.message.replaceAll(folder, "").replaceAll("\\", "/");
  }
  throw new assert.AssertionError({ message: "the workbook was accepted" });
}

function replaced(part: string, by: string): string {
  assert.ok(shop.includes(part));
  return messageOf(shop.replace(part, by));
}

test("defaults are filled in", () => {
  writeFileSync(file, shop);
  const config = readWorkbook(file);
  assert.equal(config.key, "customer_id");
  assert.deepEqual(config.money, { currency: "EUR", decimals: 2 });
  assert.deepEqual(config.segmentation, {
    counts: [1, 8],
    starts: 50,
    seed: 7,
    whenNothingReliable: "constructive",
  });
  const [people, orders] = config.sources;
  assert.deepEqual(
    [people!.format, people!.delimiter, people!.quote, people!.encoding],
    ["csv", ",", '"', "utf-8"],
  );
  assert.deepEqual([orders!.paths, orders!.delimiter], [["orders.tsv.gz", "backup/orders.tsv"], "\t"]);
  assert.deepEqual(
    [orders!.dateFormat, orders!.returns, orders!.cleaning],
    ["%Y-%m-%d", { policy: "drop" }, []],
  );
  assert.equal(people!.attributes.get("age")?.unit, "");
});

test("the two workbooks that come with segbook are valid", () => {
  assert.equal(readWorkbook("data/sample/segbook.yaml").sources.length, 6);
  assert.equal(readWorkbook("data/online-retail/segbook.yaml").money.decimals, 3);
});

test("every key of the schema is described, so that editors can help", () => {
  const undescribed: string[] = [];
  const visit = (schema: unknown, path: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const [name, member] of Object.entries((schema as { properties?: object }).properties ?? {}))
      if (!("description" in member) && !("const" in member) && !("$ref" in member))
        undescribed.push(`${path}.${name}`);
    for (const [name, member] of Object.entries(schema)) visit(member, `${path}.${name}`);
  };
  visit(JSON.parse(readFileSync("schema/workbook.schema.json", "utf8")), "");
  assert.deepEqual(undescribed, []);
});

test("a file that is missing or no YAML is named", () => {
  assert.throws(
    () => readWorkbook("nowhere.yaml"),
    /^InputError: readWorkbook: file must be a readable YAML file, got no such file at nowhere\.yaml$/,
  );
  assert.match(
    messageOf(`${shop}name: Twice\n`),
    /file must be valid YAML, got "Map keys must be unique" at \/segbook\.yaml line 23, column 1$/,
  );
  assert.match(messageOf(`${shop}---\nname: B\n`), /got "Source contains multiple documents" at [^\n]*$/);
  assert.throws(() => readWorkbook("."), /got a folder at \.$/);
  assert.match(
    messageOf(""),
    /^readWorkbook: the file must be a group of keys, got nothing at \/segbook\.yaml line 1, column 1$/,
  );
});

test("a misspelt key is told with line, column and the nearest valid key", () => {
  assert.equal(
    replaced("seed: 7", "sed: 7"),
    'readWorkbook: segmentation.sed must be one of the keys of segmentation (counts, clusterCount, starts, seed, whenNothingReliable, thorough, weights), got "sed" at /segbook.yaml line 22, column 33. Did you mean "seed"?',
  );
  assert.match(
    replaced("price: price", "prise: price"),
    /^readWorkbook: sources\.orders\.columns\.prise must .* at \/segbook\.yaml line 14, column 72\. Did you mean "price"\?$/,
  );
});

test("a wrong word is told with the nearest right one", () => {
  assert.equal(
    replaced("kind: transactions", "kind: transaction"),
    'readWorkbook: sources.orders.kind must be one of customers, transactions, survey, web, social, campaigns, subscriptions, support, mapping, rates, got "transaction" at /segbook.yaml line 12, column 11. Did you mean "transactions"?',
  );
});

test("a key that is missing is named where its group begins", () => {
  assert.equal(
    replaced("date: day, ", ""),
    'readWorkbook: sources.orders.columns must have the key "date", got customer, invoice, quantity, price at /segbook.yaml line 14, column 14',
  );
});

test("a number where text is due comes with a hint", () => {
  assert.match(
    replaced("column: age", "column: 2024"),
    /attributes\.age\.column must be text, got 2024 at .*\. Put it in quotes$/,
  );
});

test("weights of blocks come as a map; equal stays a word", () => {
  writeFileSync(file, shop.replace("seed: 7", "seed: 7, weights: { customers: 0.5 }"));
  assert.deepEqual(readWorkbook(file).segmentation.weights, new Map([["customers", 0.5]]));
  writeFileSync(file, shop.replace("seed: 7", "seed: 7, weights: equal"));
  assert.equal(readWorkbook(file).segmentation.weights, "equal");
});

const cases: readonly (readonly [string, string, RegExp])[] = [
  [
    "asOf: 2026-03-31",
    "asOf: 2026-02-30",
    /asOf must be a day of the calendar, got "2026-02-30" at .* line 2, column 7$/,
  ],
  ["asOf: 2026-03-31", "asOf: 31.03.2026", /asOf must be a day such as 2026-03-31, got "31\.03\.2026"/],
  [
    "asOf: 2026-03-31",
    "asOf: 2026-03-31\nwindow: { from: 2026-04-01 }",
    /window\.from must not be after asOf \(2026-03-31\), got 2026-04-01/,
  ],
  [
    "money: { currency: EUR }\n",
    "",
    /sources\.orders must come with the unit of its prices in the key money, got no money/,
  ],
  ["[age, spend]", "[]", /basis must hold at least 1, got 0 at .* line 21, column 8$/],
  ["[age, spend]", "[age, age]", /basis must not repeat an item, got "age" twice/],
  [
    "seed: 7",
    "seed: 7, weights: equals",
    /segmentation\.weights must be one of equal, got "equals" at .* line 22, column \d+\. Did you mean "equal"\?$/,
  ],
  ["seed: 7", "seed: 7, weights: 2", /segmentation\.weights must be text or a group of keys, got 2/],
  ["seed: 7", "seed: 7, weights: {}", /segmentation\.weights must hold at least 1, got no key/],
  [
    "seed: 7",
    "seed: 7, weights: { survey: -1 }",
    /segmentation\.weights\.survey must be at least 0, got -1 at .* line 22/,
  ],
  [
    "seed: 7",
    "seed: 7, weights: { Survey: 1 }",
    /segmentation\.weights\.Survey must be a word of small letters, digits and _, got "Survey"/,
  ],
  [
    "seed: 7",
    "seed: 7, weights: { survey: heavy }",
    /segmentation\.weights\.survey must be a number, got "heavy"/,
  ],
  ["[1, 8]", "[8, 1]", /segmentation\.counts must go from low to high, got \[8, 1\]/],
  ["[16, 99]", "[99, 16]", /attributes\.age\.range must go from low to high, got \[99, 16\]/],
  [
    "type: number",
    "type: category",
    /attributes\.age\.range must stand at an attribute of type number, got type category/,
  ],
  [
    "meaning: Age",
    "meaning: Age, role: outcome",
    /attributes\.age\.role must be basis, got "outcome" .*\. Take "age" out of basis$/,
  ],
  [
    "meaning: Age",
    "meaning: Age, levels: [a, b]",
    /levels must stand at an attribute of type category, got type number/,
  ],
  [
    "age: {",
    "customer_id: {",
    /attributes\.customer_id must have a name of its own, got "customer_id", which is the key/,
  ],
  ["age: {", "mood: {", /scales\.mood must have a name of its own, got "mood", which is taken/],
  ["-q2", "-q1", /scales\.mood\.items\[1\] must be an answer column that stands in one scale only/],
  ["[1, 5]", "[5, 1]", /scales\.mood\.range must go from low to high/],
  [
    "path: people.csv",
    "path: ../people.csv",
    /sources\.people\.path must stay inside the data folder, got "\.\.\/people\.csv"/,
  ],
  ["path: people.csv", "path: /etc/passwd", /sources\.people\.path must stay inside the data folder/],
  [
    "path: people.csv",
    "path: people.docx",
    /sources\.people\.path must end in \.csv, \.tsv, .*, got "people\.docx"/,
  ],
  ["backup/orders.tsv", "backup/orders.csv", /sources\.orders\.path\[1\] must end like the first path/],
  [
    "kind: survey",
    "kind: customers",
    /sources\.survey\.scales must stand in a source of kind survey, got it in one of kind customers/,
  ],
  ["kind: customers", "kind: social", /sources\.people\.columns must have the key "follows"/],
  [
    "path: people.csv",
    'path: people.csv\n    dateFormat: "%d.%m."',
    /dateFormat must be a strptime pattern with a year/,
  ],
  [
    "path: people.csv",
    "path: people.csv\n    stripFromKey: '('",
    /stripFromKey must be a regular expression, got "\("/,
  ],
  [
    "path: people.csv",
    'path: people.csv\n    delimiter: ";;"',
    /delimiter must be one character, or whitespace, got ";;"/,
  ],
  [
    "path: people.csv",
    "path: people.csv\n    encoding: utf-9",
    /people\.encoding must be an encoding such as .*, got "utf-9"/,
  ],
  [
    "path: people.csv",
    "connection: crm\n    table: people",
    /people\.connection must be a name under connections \(none there\), got "crm"/,
  ],
  ["path: people.csv", "format: csv", /people must have either a path or a connection, got neither/],
  [
    "path: people.csv",
    "path: people.csv\n    sheet: Data",
    /people\.sheet must stand at a source of format excel, got it at format csv/,
  ],
  [
    "path: people.csv",
    "path: people.csv\n    header: false",
    /people\.header must come as a pair: header: false with the columnNames, got header: false alone/,
  ],
  [
    "price: price }",
    "price: price, amount: total }",
    /orders\.columns must have either the key "price" or the key "amount", got .*price, amount at/,
  ],
  [
    "price: price }",
    "price: price }\n    join: { through: cards }",
    /orders\.join\.through must name a source of kind mapping, got "cards" at/,
  ],
  [
    "price: price }",
    "price: price }\n    cleaning: [{ step: cancelations }]",
    /orders\.cleaning\[0\]\.step must be one of .*, got "cancelations" .* Did you mean "cancellations"\?$/,
  ],
  [
    "price: price }",
    "price: price }\n    cleaning: [{ step: cancellations }]",
    /orders\.cleaning\[0\] must come with columns\.product, got no such column/,
  ],
  [
    "price: price }",
    "price: price }\n    cleaning: [{ step: outliers, column: price }]",
    /orders\.cleaning\[0\] must have either limits or quantiles, got neither/,
  ],
  [
    "price: price }",
    "price: price }\n    cleaning: [{ step: time-zone, from: UTC, to: Berlin }]",
    /orders\.cleaning\[0\]\.to must be the name of a time zone such as .*, got "Berlin"/,
  ],
  [
    "price: price }",
    "price: price }\n    cleaning: [{ step: test-accounts }]",
    /orders\.cleaning\[0\] must have the key customers or pattern, got neither/,
  ],
  [
    "price: price }",
    "price: price }\n    thousandsSeparator: '.'",
    /orders\.thousandsSeparator must differ from the decimalSeparator, got "\." for both/,
  ],
  [
    "basis:",
    "engine: { kind: trino, url: 'http://me:secret@host' }\nbasis:",
    /engine must have the key "catalog"|engine\.url must be an address/,
  ],
  [
    "basis:",
    "engine: { kind: duckdb, memory: lots }\nbasis:",
    /engine\.memory must be a size such as 2GB or 800MB, got "lots"/,
  ],
  [
    "path: people.csv",
    "path: people.csv\n    returns: { policy: net }",
    /sources\.people\.returns must stand in a source of kind transactions, got it in one of kind customers/,
  ],
  [
    "basis:",
    "features: { spend: { role: descriptor } }\nbasis:",
    /features\.spend\.role must be basis, got "descriptor"/,
  ],
  [
    "basis:",
    "features: { tenure_days: { role: basis } }\nbasis:",
    /features\.tenure_days\.role must not be basis for a feature outside the basis list/,
  ],
  [
    "basis:",
    "names: { best: { name: Best } }\nbasis:",
    /names\.best must be a segment key such as s1, got "best"/,
  ],
];

test("what a schema cannot say is checked too, each with its place", () => {
  for (const [part, by, message] of cases) assert.match(replaced(part, by), message);
});

test("keys of the user may be any word", () => {
  writeFileSync(file, shop.replace("age: {", "__proto__: {").replace("[age, spend]", "[__proto__]"));
  assert.deepEqual([...readWorkbook(file).sources[0]!.attributes.keys()], ["__proto__"]);
});

test("an as-of day from outside takes the place of the file's, also in source paths", () => {
  writeFileSync(file, shop.replace("path: people.csv", 'path: "{asOf}/people.csv"'));
  const pathOf = (asOf: string): unknown => {
    const config = readWorkbook(file, { asOf });
    return [config.asOf, config.sources[0]!.paths];
  };
  assert.deepEqual(pathOf(""), ["2026-03-31", ["2026-03-31/people.csv"]]);
  assert.deepEqual(pathOf("2026-06-30"), ["2026-06-30", ["2026-06-30/people.csv"]]);
  assert.throws(() => pathOf("2026-02-30"), {
    name: "InputError",
    message: 'readWorkbook: asOf must be a day of the calendar such as 2026-03-31, got "2026-02-30"',
  });
});

test("another spelling of the placeholder is refused", () => {
  assert.equal(
    replaced("path: people.csv", 'path: "{as_of}/people.csv"'),
    'readWorkbook: sources.people.path must write the as-of day as {asOf}, got "{as_of}" at /segbook.yaml line 7, column 11',
  );
});

test("the heap of kernels has a lower limit; without the key Node chooses", () => {
  writeFileSync(file, shop);
  assert.deepEqual(readWorkbook(file).kernel, {});
  writeFileSync(file, `${shop}kernel: { heapMegabytes: 4096 }\n`);
  assert.deepEqual(readWorkbook(file).kernel, { heapMegabytes: 4096 });
  assert.match(
    messageOf(`${shop}kernel: { heapMegabytes: 100 }\n`),
    /kernel\.heapMegabytes must .*256.*, got 100/,
  );
});

test("privacy has its defaults, and a rule that does not exist cannot be set aside", () => {
  writeFileSync(file, shop);
  assert.deepEqual(readWorkbook(file).privacy, { minimumCell: 10, allow: [] });
  writeFileSync(file, `${shop}privacy: { minimumCell: 25, allow: [small-cells] }\n`);
  assert.deepEqual(readWorkbook(file).privacy, { minimumCell: 25, allow: ["small-cells"] });
  assert.match(messageOf(`${shop}privacy: { minimumCell: 0 }\n`), /privacy\.minimumCell must .*1.*, got 0/);
  assert.match(
    messageOf(`${shop}privacy: { allow: [everything] }\n`),
    /privacy\.allow\[0\] must .*personal-data/,
  );
});
