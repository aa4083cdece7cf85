import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";

function readWith(
  connection: string,
  source = "connection: shop, table: sales.orders",
): ReturnType<typeof readWorkbook> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-connections-"));
  const file = join(folder, "segbook.yaml");
  writeFileSync(
    file,
    `name: Shop
asOf: 2026-03-31
money: { currency: EUR }
connections:
  shop: { ${connection} }
sources:
  orders: { kind: transactions, ${source}, columns: { customer: id, invoice: id, date: day, quantity: quantity, price: price } }
basis: [recency_days]
`,
  );
  try {
    return readWorkbook(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a source may be a table of a named connection, whose authority's file lies beside the workbook", () => {
  const { connections, sources } = readWith(
    "kind: postgresql, host: db.example.org, user: reader, passwordFrom: SHOP_PASSWORD, caFile: shop.pem",
  );
  assert.match(connections.get("shop")!.caFile!, /^\/.*segbook-connections-.*\/shop\.pem$/);
  assert.deepEqual(
    [sources[0]!.format, sources[0]!.connection, sources[0]!.table],
    ["table", "shop", "sales.orders"],
  );
});

test("a literal password is refused with what to write instead, and not shown", () => {
  assert.throws(
    () => readWith("kind: mysql, user: reader, password: s3cret"),
    (error: Error) => {
      assert.match(
        error.message,
        /connections\.shop\.password .*"password" at .*line 5.*Write passwordFrom:/,
      );
      assert.ok(!error.message.includes("s3cret"));
      return true;
    },
  );
  assert.throws(() => readWith("kind: trino, url: 'https://ann:s3cret@trino.example.org', catalog: hive"), {
    name: "InputError",
    message: /connections\.shop\.url must be an address/,
  });
});

test("a connection that is not declared is refused with the nearest name", () => {
  assert.throws(() => readWith("kind: mysql, user: reader", "connection: shp, table: orders"), {
    message: /must be a name under connections \(shop\), got "shp".*Did you mean "shop"/,
  });
});
