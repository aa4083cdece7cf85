import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openHistory } from "#src/refresh/open-history.js";
import type { RefreshRecord } from "#src/refresh/refresh-record.js";
import { drawSegments } from "#src/workbook/draw-segments.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { stateVariable } from "#src/workbook/state-in-force.js";
import { folderWith, segbook } from "../../commands/segbook.js";
import { type MadeLine, madeDates, madeLines, madeWorkbook, ordersFile } from "./made-shop.js";
import { filesOf } from "./refresh-folder.js";

const [first, second] = madeDates;
const lines = madeLines(300);
const states = "history/states";

/** The made shop with segments by rules; those who order often come first. */
function shopOf(rules: string): string {
  const text = madeWorkbook.replace(/^segmentation:.*\n/m, "");
  return folderWith({ "segbook.yaml": `${text}rules:\n${rules}`, "orders.csv": ordersFile(lines) });
}

const nobody = '    - { name: Nobody, when: { feature: order_count, is: ">", value: 1000 } }\n';
const often = '    - { name: Often, when: { feature: order_count, is: ">=", value: 8 } }\n';
const lapsed = '    - { name: Lapsed, when: { feature: recency_days, is: ">", value: 200 } }\n';
const rest = "    - { name: Rest, when: { all: [] } }\n";

/** Segment of each customer on a day, counted from the order lines. */
function segmentsOn(day: string, hasLapsed: boolean): ReadonlyMap<string, string> {
  const known = new Map<string, MadeLine[]>();
  for (const line of lines)
    if (line.date <= day) known.set(line.customer, [...(known.get(line.customer) ?? []), line]);
  return new Map([...known].map(([customer, own]) => [customer, segmentOf(own, day, hasLapsed)]));
}

function segmentOf(own: readonly MadeLine[], day: string, hasLapsed: boolean): string {
  const last = Math.max(...own.map(({ date }) => Date.parse(date)));
  if (new Set(own.map(({ invoice }) => invoice)).size >= 8) return "Often";
  return hasLapsed && Date.parse(day) - last > 200 * 86_400_000 ? "Lapsed" : "Rest";
}

/** Customers by segment at both dates, "Often → Rest"; all are still there. */
function movesOf(hasLapsed: boolean): ReadonlyMap<string, number> {
  const was = segmentsOn(first, hasLapsed);
  const moves = [...segmentsOn(second, hasLapsed)].map(
    ([customer, now]) => `${was.get(customer) ?? "New"} → ${now}`,
  );
  return countsOf(moves);
}

function countsOf(words: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of [...words].sort()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function recordOf(folder: string, day: string): RefreshRecord {
  return JSON.parse(readFileSync(join(folder, states, day, "record.json"), "utf8")) as RefreshRecord;
}

/** What a notebook gets whose claims a refresh tests: the rules of the first day, not those drawn anew. */
async function assertFrozenInNotebooks(folder: string): Promise<void> {
  const book = await openWorkbook(join(folder, "segbook.yaml"), { asOf: second });
  const staged = { asOf: second, folder: join(folder, states, second), former: null };
  try {
    assert.equal((await drawSegments(book)).definition.createdFor, second);
    process.env[stateVariable] = JSON.stringify(staged);
    assert.equal((await drawSegments(book)).definition.createdFor, first);
  } finally {
    delete process.env[stateVariable];
    book.close();
  }
}

test("rules score the new day, every move is one of the data, and shares that drift ask for a look at the rules", async () => {
  const folder = shopOf(`  segments:\n${nobody}${often}${lapsed}${rest}`);
  const { exitCode, output, errors } = segbook(folder, ["refresh", "--as-of", second]);
  assert.equal(exitCode, 1, errors);
  assert.match(output, /Recommendation: rethink\. .*Look at the rules\./);
  const record = recordOf(folder, second);
  assert.deepEqual(
    record.segments.map(({ name, status }) => [name, status]),
    ["Nobody", "Often", "Lapsed", "Rest"].map((name) => [name, "continued"]),
  );
  assert.equal(record.definition.decision, "kept");
  assert.equal(record.classifier, undefined);
  // Counted from the order lines.
  const { rows, columns, counts } = record.migration!.matrix;
  const found = rows.flatMap((from, i) =>
    columns.map((to, j) => [`${from.name} → ${to.name}`, counts[i]![j]!] as const),
  );
  assert.deepEqual(new Map(found.filter(([, count]) => count > 0)), movesOf(true));
  for (const { definitionChanged } of record.migration!.decomposition.customers)
    assert.equal(definitionChanged, 0);
  const definitions = [first, second].map((day) =>
    readFileSync(join(folder, states, day, "definition.json")),
  );
  assert.deepEqual(definitions[0], definitions[1]);
  const history = (await openHistory(join(folder, "history")))!;
  const sizes = countsOf(segmentsOn(second, true).values());
  for (const { asOf, name, customers } of await history.sizes())
    if (asOf === second) assert.equal(customers, sizes.get(name), name);
  history.close();
  assert.match(readFileSync(join(folder, states, second, "index.html"), "utf8"), /Look at the rules/);
  await assertFrozenInNotebooks(folder);
  const before = filesOf(join(folder, "history"));
  assert.match(segbook(folder, ["refresh", "--as-of", second]).output, /already done/);
  assert.deepEqual(filesOf(join(folder, "history")), before);
  writeFileSync(join(folder, "segbook.yaml"), madeWorkbook);
  const clusters = segbook(folder, ["refresh", "--as-of", "2025-10-31"]);
  assert.equal(clusters.exitCode, 2);
  assert.match(
    clusters.errors,
    /must be of the kind that the workbook asks for \(kmeans-lattice\), got rules/,
  );
});

test("rules whose segments keep their shares are kept, whatever moved beneath them", () => {
  const folder = shopOf(`  segments:\n${often}${rest}`);
  const { exitCode, output, errors } = segbook(folder, ["refresh", "--as-of", second]);
  assert.equal(exitCode, 0, errors);
  assert.match(output, /Recommendation: keep\. /);
  const moved = [...movesOf(false)].filter(([move]) => /Often → Rest|Rest → Often/.test(move));
  const { common, stayers } = recordOf(folder, second).migration!.matrix;
  assert.equal(common, segmentsOn(first, false).size);
  const count = moved.reduce((sum, [, customers]) => sum + customers, 0);
  assert.ok(count > 0);
  assert.equal(Math.round(stayers * common), common - count);
  assert.deepEqual(recordOf(folder, second).notes, []);
  // Other rules than those in force are told, and do not come into force.
  const file = join(folder, "segbook.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("value: 8", "value: 9"));
  const next = segbook(folder, ["refresh", "--as-of", "2025-10-01"]);
  assert.match(next.output, /The workbook's rules are not those in force\. Those in force hold/);
  assert.match(readFileSync(join(folder, states, "2025-10-01", "definition.json"), "utf8"), /"value": ?8/);
});
