import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { SourceAccount } from "#src/sources/account.js";
import { loadShop, ordersHeader } from "./made-shop.js";

interface Example {
  readonly yaml: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expected: string;
}

/** The examples of docs/sources.md: a block of YAML, the files, what comes of them. */
function examplesOf(page: string): Example[] {
  const blocks = [...page.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gms)].map(([, kind, name, text]) => ({
    kind: kind!,
    name: name!,
    text: text!,
  }));
  const starts = blocks.flatMap(({ kind }, i) => (kind === "yaml" ? [i] : []));
  return starts.map((start, i) => {
    const own = blocks.slice(start, starts[i + 1]);
    return {
      yaml: own[0]!.text,
      files: Object.fromEntries(
        own.filter(({ kind }) => kind === "csv").map(({ name, text }) => [name, text]),
      ),
      expected: own.find(({ kind }) => kind === "text")!.text,
    };
  });
}

function linesOf({ name, rowsRead, rowsKept, dropped, steps = [], join, cells }: SourceAccount): string[] {
  const reasons = dropped.map(({ reason, rows }) => `, ${rows} ${reason}`).join("");
  const joined =
    join === undefined
      ? []
      : [
          `  join through ${join.through}: ${join.keptRows} rows kept, ${join.lostRows} lost, ${join.doubledRows} doubled`,
        ];
  return [
    `${name}: ${rowsRead} read, ${rowsKept} kept${reasons}`,
    ...joined,
    ...steps.map(
      ({ step, dropped, changed, detail }) =>
        `  ${step}: ${dropped} dropped, ${changed} changed${detail === "" ? "" : `; ${detail}`}`,
    ),
    ...cells.map(({ column, count, reason }) => `  ${column}: ${count} ${reason}`),
  ];
}

test("every example on the page about sources gives what stands below it", async () => {
  const examples = examplesOf(readFileSync("docs/sources.md", "utf8"));
  assert.equal(examples.length, 4);
  for (const { yaml, files, expected } of examples) {
    const isAlone = yaml.includes("kind: transactions");
    const buyers = `buyers: { kind: transactions, path: buyers.csv, columns: { customer: customer, invoice: invoice, date: date, quantity: quantity, price: price } }\n`;
    const sources = `${yaml}${isAlone ? "" : buyers}`.replaceAll(/^(?=.)/gm, "  ");
    const workbook = `name: Example\nasOf: 2026-03-31\nmoney: { currency: EUR }\nsources:\n${sources}basis: [spend]\n`;
    const { account } = await loadShop({
      "segbook.yaml": workbook,
      ...files,
      ...(isAlone ? {} : { "buyers.csv": `${ordersHeader}\nann,A1,2026-01-05,hat,1,1\n` }),
    });
    const shown = account.sources.filter(({ name }) => name !== "buyers").flatMap(linesOf);
    assert.deepEqual(shown, expected.trimEnd().split("\n"));
  }
});
