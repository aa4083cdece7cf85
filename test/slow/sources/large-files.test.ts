import assert from "node:assert/strict";
import { test } from "node:test";
import { droppedOf, loadOrders, ordersHeader } from "../../sources/made-shop.js";

/** Order lines as numbered in the file, the first below the header on line 2. */
function orderLines(until: number, product: (line: number) => string): string {
  const lines = Array.from(
    { length: until - 1 },
    (_, i) => `${i % 9000},A${i},2026-01-05,${product(i + 2)},2,9.95`,
  );
  return `${[ordersHeader, ...lines].join("\n")}\n`;
}

for (const [what, others] of [
  ["plain", "hat"],
  ["quoted", '"hat, ""red"""'],
] as const)
  test(`a quote that opens at line 400,000 of 600,000 ${what} lines costs that line and names it, in bounded memory`, async () => {
    const csv = orderLines(600_000, (line) => (line === 400_000 ? '"hat' : others));
    const before = process.resourceUsage().maxRSS;
    const { account } = await loadOrders(csv);
    const [source] = account.sources;
    assert.deepEqual(droppedOf(account), { "unterminated-quote": [1, [400_000]] });
    assert.deepEqual([source!.rowsRead, source!.rowsKept], [599_999, 599_998]);
    const megabytes = (process.resourceUsage().maxRSS - before) / 1024;
    assert.ok(megabytes < 600, `${megabytes} MB more`);
  });

test("a field of 10 MB costs its line, quoted or not", async () => {
  const long = "x".repeat(10_000_000);
  const csv = orderLines(1000, (line) => (line === 400 ? long : line === 600 ? `"${long}"` : "hat"));
  const { account } = await loadOrders(csv);
  assert.deepEqual(droppedOf(account), { "line-too-long": [2, [400, 600]] });
});
