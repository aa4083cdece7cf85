import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { droppedOf, loadShop } from "./made-shop.js";

function workbook(join: string): string {
  return `
name: Test shop
asOf: 2026-03-31
money: { currency: EUR }
sources:
  orders:
    kind: transactions
    path: orders.csv
    columns: { invoice: invoice, date: date, quantity: quantity, price: price }
    join: { through: cards, on: card, ${join} }
  cards:
    kind: mapping
    path: cards.csv
    columns: { key: card, customer: id }
basis: [spend]
`;
}

const orders =
  "card,invoice,date,quantity,price\n001,A1,2026-01-05,1,1\n001,A2,2026-01-06,1,1\n002,A3,2026-01-06,1,1\n003,A4,2026-01-06,1,1\n,A5,2026-01-06,1,1\n";
const cards = "card,id\n001,ann\n001,ann\n002,bob\n";

function load(join: string, mapping: string = cards) {
  return loadShop(
    { "segbook.yaml": workbook(join), "orders.csv": orders, "cards.csv": mapping },
    async (engine) =>
      (await engine.rows(`SELECT customer_id, invoice FROM "transactions" ORDER BY invoice`)).map((row) => [
        ...row.values(),
      ]),
  );
}

test("a join shows what it kept, lost and doubled, and multiplies nothing", async () => {
  const { account, result } = await load("lossLimit: 0.5");
  assert.deepEqual(result, [
    ["ann", "A1"],
    ["ann", "A2"],
    ["bob", "A3"],
  ]);
  assert.deepEqual(droppedOf(account), { "missing-customer": [1, [6]], "no-match": [1, [5]] });
  assert.deepEqual(account.sources[0]!.join, {
    through: "cards",
    keptKeys: 2,
    keptRows: 3,
    lostKeys: 1,
    lostRows: 1,
    doubledKeys: 0,
    doubledRows: 0,
  });
});

test("a join that loses more than the limit stops", async () => {
  await assert.rejects(load("lossLimit: 0.05"), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.equal(
      error.message,
      "loadSources: sources.orders.join must lose at most 5 % of the rows, got 1 of 4 (25 %) with 1 keys that cards does not have, the first at line 5. Raise lossLimit if that is right",
    );
    return true;
  });
});

test("a key of several customers stops the join, or its rows are dropped where the workbook says so", async () => {
  const doubled = `${cards}002,eve\n`;
  await assert.rejects(
    load("lossLimit: 0.5", doubled),
    /sources\.orders\.join must find one customer per key, got 1 keys of 1 rows that mean several in cards, the first at line 4\. Mend cards, or say doubled: drop$/,
  );
  const { account, result } = await load("lossLimit: 0.5, doubled: drop", doubled);
  assert.equal(result?.length, 2);
  assert.deepEqual(droppedOf(account), {
    "missing-customer": [1, [6]],
    "no-match": [1, [5]],
    "ambiguous-key": [1, [4]],
  });
});
