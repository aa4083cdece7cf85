import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { droppedOf, loadOrders, ordersHeader } from "./made-shop.js";

const amounts = `SELECT amount FROM "transactions" ORDER BY invoice`;

function prices(list: readonly string[], more: string) {
  const rows = list.map((price, i) => `1;A${i};2026-01-05;hat;1;${price}`);
  return loadOrders(
    [ordersHeader.replaceAll(",", ";"), ...rows].join("\n"),
    async (engine) => (await engine.rows(amounts)).map((row) => row.get("amount")),
    `    delimiter: ";"\n    returns: { policy: net }\n${more}`,
  );
}

test("with a declared thousands separator grouped numbers, currency signs and accounting negatives are read exactly", async () => {
  const good = ["1.234,50", "€ 1.234,50", "1.234.567,89 EUR", "1234,5", "12,00", "-1,00", "(12,00)"];
  const bad = ["1,234.50", "12.34,50", "1.2345,00", "(12,00", "1e5", "EUR"];
  const { account, result } = await prices(
    [...good, ...bad],
    `    decimalSeparator: ","\n    thousandsSeparator: "."`,
  );
  assert.deepEqual(result, [123450, 123450, 123456789, 123450, 1200]);
  assert.deepEqual(droppedOf(account), {
    "negative-price": [2, [7, 8]],
    "not-a-number": [6, [9, 10, 11]],
  });
});

test("without one they are not guessed at", async () => {
  const { account } = await prices(["1.234,50", "(12.00)", "1e5", "€5", "1,5", "7"], "");
  assert.deepEqual(droppedOf(account), { "not-a-number": [5, [2, 3, 4]] });
});

test("spaces and no-break spaces group digits where a space is declared", async () => {
  const { result } = await prices(
    ["1 234,50", "1\u00a0234,50 €", "1\u202f234,50"],
    `    decimalSeparator: ","\n    thousandsSeparator: " "`,
  );
  assert.deepEqual(result, [123450, 123450, 123450]);
});

function dates(list: readonly string[], format: string) {
  const rows = list.map((date, i) => `1,A${i},${date},hat,1,1`);
  return loadOrders([ordersHeader, ...rows].join("\n"), undefined, `    dateFormat: "${format}"`);
}

test("both orders of day and month in one column are refused with an example of each", async () => {
  await assert.rejects(dates(["05/01/2026", "31/01/2026", "02/13/2026"], "%d/%m/%Y"), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.equal(
      error.message,
      'loadSources: column "date" of sources.orders must have one order of day and month (dateFormat %d/%m/%Y), got both: day 31 of month 1 at line 3 of orders.csv, which reads only as declared, and day 13 of month 2 at line 4 of orders.csv, which reads only as %m/%d/%Y',
    );
    return true;
  });
});

test("where every telling day reads the other way round, the right format is named", async () => {
  await assert.rejects(
    dates(["01/05/2026", "02/13/2026"], "%d/%m/%Y"),
    /got day 13 of month 2 at line 3 of orders\.csv, which reads only as %m\/%d\/%Y\. Say dateFormat: "%m\/%d\/%Y"$/,
  );
});

test("31 February, a two-digit year under %Y and other words are no dates", async () => {
  const { account } = await dates(["31.02.2026", "05.01.26", "soon", "05.01.2026"], "%d.%m.%Y");
  assert.deepEqual(droppedOf(account), { "not-a-date": [3, [2, 3, 4]] });
});

test("keys stay as they are written, zeros and long numbers alike", async () => {
  const keys = ["00123", "12345678901234567890", "123"];
  const csv = [ordersHeader, ...keys.map((key, i) => `${key},A${i},2026-01-05,hat,1,1`)].join("\n");
  const { result } = await loadOrders(csv, async (engine) =>
    (await engine.rows(`SELECT customer_id FROM "transactions" ORDER BY invoice`)).map((row) =>
      row.get("customer_id"),
    ),
  );
  assert.deepEqual(result, keys);
});

test("keys that a spreadsheet has rounded are refused, and floats where a column holds nothing else", async () => {
  const csv = (keys: readonly string[]) =>
    [ordersHeader, ...keys.map((key, i) => `${key},A${i},2026-01-05,hat,1,1`)].join("\n");
  await assert.rejects(
    loadOrders(csv(["17", "1.23457E+11"])),
    /columns\.customer must name a column of whole keys, got one that a spreadsheet has rounded \(like 1\.23457E\+11\) in column "customer" at line 3\. Export the keys as text$/,
  );
  await assert.rejects(
    loadOrders(csv(["17850.0", "", "17851.0"])),
    /got only numbers with \.0 in column "customer" at line 2\. Say stripFromKey: '\\\.0\$'$/,
  );
});
