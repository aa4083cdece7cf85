import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { FeatureConfig } from "#src/config/workbook-config.js";
import { InputError } from "#src/core/errors.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { listFeatures } from "#src/features/catalogue.js";
import { readCustomerTable } from "#src/features/customer-table.js";
import { configOf } from "./sample-config.js";
import { shopSources, shopTables } from "./shop-tables.js";

const engine = await openDuckDb({ threads: 2 });
await engine.run(shopTables);
after(() => engine.close());

const { customers, transactions, survey, web, social, campaigns } = shopSources;
const sources = [customers, transactions, survey, web, social, campaigns];

function configWith(expression: string, more: Partial<FeatureConfig> = { unit: "units" }) {
  return configOf(sources, { features: new Map([["own", { expression, ...more }]]) });
}

async function valuesOf(expression: string, more?: Partial<FeatureConfig>): Promise<unknown[]> {
  const { columns } = await readCustomerTable(engine, configWith(expression, more));
  return [...columns.find(({ feature }) => feature.name === "own")!.values];
}

const absent = Number.NaN;

test("own features compute what they say: customers a, b, c of the small shop, by hand", async () => {
  const expected: readonly (readonly [string, readonly unknown[]])[] = [
    ["sum(amount)", [20, 3.33, absent]],
    ["coalesce(sum(amount where amount > 5), 0)", [20, 0, 0]],
    ["sum(amount where quantity > 1) / count_distinct(invoice)", [10 / 4, 3.33, absent]],
    ["count()", [5, 1, 0]],
    ["count(where not is_return and category in ('Shoes', 'Hats'))", [2, 0, 0]],
    ["count(where category is missing)", [0, 1, 0]],
    ["days_since(max(date where not is_return))", [59, 0, absent]],
    ["days_between(min(date), '2026-03-31')", [89, 0, absent]],
    ["max(sum(amount) per invoice where not is_return)", [15, 3.33, absent]],
    ["median(amount where not is_return)", [7.5, 3.33, absent]],
    ["quantile(quantity, 0.25)", [1, 4, absent]],
    ["mean(quantity)", [0.6, 4, absent]],
    ["if(sum(amount) >= 20, 1, sum(amount) > 3.32, 2, 3)", [1, 2, 3]],
    ["case when count() > 1 then 10 when count() = 1 then 5 else 0 end", [10, 5, 0]],
    ["count_distinct(invoice) > 2", [1, 0, 0]],
    ["sum(amount) * 0.5 - 1", [9, 3.33 * 0.5 - 1, absent]],
    ["2 + 3 * -(4 - 1) + count()", [-2, -6, -7]],
    ["sqrt(sum(quantity) * sum(quantity))", [3, 4, absent]],
    ["max(weekday(date))", [6, 2, absent]],
    ["count(where month(date) = 1)", [4, 0, 0]],
  ];
  for (const [expression, values] of expected)
    assert.deepEqual(await valuesOf(expression), values, expression);
});

test("texts become categories, other kinds of source and hostile names are read as well", async () => {
  assert.deepEqual(await valuesOf("most_frequent(category where not is_return)", {}), [
    "Organic",
    null,
    null,
  ]);
  assert.deepEqual(await valuesOf("last(category)", {}), ["Shoes", null, null]);
  assert.deepEqual(await valuesOf('if(max(date) > "2026-02-28", "new", "old")', {}), ["old", "new", "old"]);
  assert.deepEqual(await valuesOf("sum(pages) / sum(sessions)", { unit: "pages", source: "web" }), [
    3.5,
    absent,
    absent,
  ]);
  assert.deepEqual(await valuesOf('`a"b` * 2', { unit: "points", source: "customers" }), [absent, 2, 6]);
  assert.deepEqual(await valuesOf("q1 + q2 + (6 - q3)", { unit: "score", source: "survey" }), [
    14,
    absent,
    absent,
  ]);
  assert.deepEqual(
    await valuesOf("if(`__proto__` = '''; DROP TABLE customers; --', 1, 0)", {
      unit: "x",
      source: "customers",
    }),
    [0, 0, 0],
  );
});

test("an own feature has the label, meaning and unit that were written, and may be the basis", () => {
  const written = { expression: "sum(amount)  *  2", unit: "EUR", label: "Twice", block: "money" };
  const config = configOf(sources, { features: new Map([["twice", written]]), basis: ["twice"] });
  const { expression: _, ...feature } = listFeatures(config).find(({ name }) => name === "twice")!;
  assert.deepEqual(feature, {
    name: "twice",
    label: "Twice",
    unit: "EUR",
    type: "number",
    role: "basis",
    meaning: "As computed: sum(amount) * 2",
    source: "transactions",
    window: "all",
    missing: "as its expression says",
    block: "money",
  });
});

test("a formula that cannot be read is one clear error with the column and the nearest name", () => {
  const refused: readonly (readonly [string, string])[] = [
    [
      "sum(amuont)",
      'name columns of transactions: invoice, date, product, category, region, quantity, amount, discount_amount, is_return, got "amuont" at column 5. Did you mean "amount"?',
    ],
    ["summ(amount)", 'got "summ" at column 1. Did you mean "sum"?'],
    [
      "amount / 2",
      "put amount inside sum, max, count_distinct or another aggregate, as a customer has many rows in transactions, got it alone at column 1",
    ],
    ["sum(amount", "have ) after what sum( opens, got the end at column 11"],
    ["sum(amount) +", "have a name, a number, a quoted text or a bracket here, got the end at column 14"],
    ["sum(amount) sum(amount)", 'end or go on with an operator, got "sum" at column 13'],
    [
      "sum(amount; DROP TABLE t)",
      'hold names, numbers, quoted texts, brackets and + - * / = <> < <= > >= only, got "; DROP TABLE" at column 11',
    ],
    ["count(where category = 'Shoes)", "close the ' that it opens"],
    ["sum(category)", "give sum a number or money, got a text at column 5"],
    ["sum(is_return)", "give sum a number or money, got a condition at column 5. Write count(where …)?"],
    [
      "sum(amount where quantity)",
      "have a condition here, such as quantity > 1, got a whole number at column 18",
    ],
    [
      "sum(sum(amount))",
      "not put an aggregate inside another without per, as in max(sum(amount) per invoice), got sum at column 5",
    ],
    [
      "max(date)",
      "give a number, money, a text or a condition, got a date at column 1. Write days_since(…)?",
    ],
    [
      "max(date) - min(date)",
      "have numbers or money on both sides of -, got a date at column 1. Write days_between(a, b)?",
    ],
    ["count(where date > '2026-02-30')", 'write dates as YYYY-MM-DD, got "2026-02-30" at column 20'],
    [
      "count(where category > 5)",
      "choose between values of one type, a text, got a whole number at column 24",
    ],
    ["sum(amount) * sum(amount)", "not multiply money by money, got both at column 1"],
    ["quantile(amount, 50)", "give quantile a share from 0 to 1 written out"],
    ["99999999999999999999", "hold whole numbers within ±(2^53 − 1), got 99999999999999999999 at column 1"],
    ["1.5e3", "write numbers as 12 or 12.5"],
    [`${"(".repeat(70)}1${")".repeat(70)}`, "nest at most 60 levels deep"],
    [`${"-".repeat(2)}1`, 'have a name, a number, a quoted text or a bracket here, got "-" at column 2'],
    ["", "have a name, a number, a quoted text or a bracket here, got the end at column 1"],
  ];
  for (const [expression, message] of refused)
    assert.throws(
      () => listFeatures(configWith(expression)),
      (error) =>
        error instanceof InputError &&
        error.message.startsWith('listFeatures: the expression of "own" must ') &&
        error.message.includes(message),
      `${expression}: ${message}`,
    );
});

test("a number needs a unit, a category none, and parts of an expression do not stand alone", () => {
  const refused: readonly (readonly [Partial<FeatureConfig> & { readonly expression?: string }, RegExp])[] = [
    [{ expression: "sum(amount)" }, /"own" must have a unit, as its expression gives a number, got none/],
    [
      { expression: "last(category)", unit: "EUR" },
      /must have no unit, as its expression gives a text, got "EUR"/,
    ],
    [{ unit: "EUR" }, /a name under features must be one of|unit must stand beside an expression/],
    [
      { expression: "count()", unit: "x", source: "support" },
      /the source of "own" must be one of customers, transactions/,
    ],
  ];
  for (const [written, message] of refused)
    assert.throws(() => listFeatures(configOf(sources, { features: new Map([["own", written]]) })), message);
});
