import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import type { CustomerTable } from "#src/core/feature.js";
import { rowsOf } from "#src/core/matrix.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { basisMatrix } from "#src/features/basis-matrix.js";
import { listFeatures } from "#src/features/catalogue.js";
import { applyRecipe } from "#src/features/recipe.js";
import { assignRows } from "#src/methods/assign-rows.js";
import { findCommonRows } from "#src/refresh/common-rows.js";
import { readHistory } from "#src/refresh/history.js";
import { stateFiles } from "#src/refresh/history-layout.js";
import { readStateCustomers, readStateFeatures } from "#src/refresh/state-customers.js";
import { readDefinition } from "#src/segments/read-definition.js";
import { refreshWorkbook } from "#src/workbook/refresh-workbook.js";
import { csvColumns } from "../../csv-columns.js";

const [first, second] = ["2026-03-31", "2026-06-30"] as const;
const place = mkdtempSync(join(tmpdir(), "segbook-refresh-"));
after(() => rmSync(place, { recursive: true, force: true }));

/** A copy of the shop, so that nothing remembered from another run can answer for this one. */
function copyShop(name: string): string {
  const folder = join(place, name);
  const isOurs = (path: string) => !/\.segbook|history/.test(path);
  cpSync("data/sample", folder, { recursive: true, filter: isOurs });
  return folder;
}

const shop = copyShop("shop");
const file = join(shop, "segbook.yaml");
const { record, folder } = await refreshWorkbook(file, { asOf: second });
const history = readHistory(join(shop, "history"))!;

/** Planted group of each customer; only tests read it. */
function plantedGroups(date: string): ReadonlyMap<string, string> {
  const columns = csvColumns(`test/sample/truth/${date}.csv`);
  const groups = columns.get("group")!;
  return new Map(columns.get("customer_id")!.map((key, i) => [key, groups[i]!]));
}
const planted = { [first]: plantedGroups(first), [second]: plantedGroups(second) };

/** Customers of a state with their features, segments and planted groups. */
async function readDate(date: typeof first | typeof second) {
  const state = history.states.find(({ name }) => name === date)!;
  const files = stateFiles(state.folder);
  const definition = readDefinition(files.definition);
  const engine = await openDuckDb();
  try {
    const features = listFeatures(readWorkbook(file, { asOf: date }));
    const table = await readStateFeatures(engine, files.features, { keyName: "customer_id", features });
    const customers = await readStateCustomers(engine, state.folder, definition);
    const groups = table.keys.map((key) => planted[date].get(key) ?? "none");
    return { table, customers, definition, groups };
  } finally {
    engine.close();
  }
}
const [before, now] = [await readDate(first), await readDate(second)];

/** Segment key → the planted group that most of its customers are of. */
function groupsOfSegments({ customers, definition, groups }: typeof before): ReadonlyMap<string, string> {
  return new Map(
    definition.segments.map(({ key }, label) => {
      const counts = new Map<string, number>();
      for (const [i, group] of groups.entries())
        if (customers.labels[i] === label) counts.set(group, (counts.get(group) ?? 0) + 1);
      return [key, [...counts].sort((a, b) => b[1] - a[1])[0]![0]];
    }),
  );
}
const [groupBefore, groupNow] = [groupsOfSegments(before), groupsOfSegments(now)];

test("every segment becomes what was planted: one split, one shrunk, one born, the rest continued", () => {
  const statuses = new Map(record.segments.map(({ key, status }) => [groupNow.get(key), status]));
  assert.deepEqual([...statuses].sort(), [
    ["bargain-hunters", "continued"],
    ["eco-minded", "continued"],
    ["families-with-babies", "split"],
    ["families-with-schoolchildren", "split"],
    ["lapsed", "continued"],
    ["retirees", "continued"],
    ["students", "born"],
    ["young-professionals", "continued"],
  ]);
  const former = new Map(record.former.map(({ key, status }) => [groupBefore.get(key), status]));
  assert.equal(former.get("families"), "split");
  assert.deepEqual([...new Set(former.values())].sort(), ["continued", "split"]);
  const retirees = record.segments.find(({ key }) => groupNow.get(key) === "retirees")!;
  assert.ok(retirees.size < 0.65 * retirees.sizeBefore!, `${retirees.sizeBefore} → ${retirees.size}`);
});

test("key and name stay with a segment that continued and are withheld from the parts of one that split", () => {
  const old = new Map(before.definition.segments.map(({ key, name }) => [key, name]));
  for (const { key, name, status, isNameWithheld } of record.segments) {
    assert.equal(isNameWithheld, status === "split");
    if (status === "continued") {
      assert.equal(groupNow.get(key), groupBefore.get(key));
      assert.equal(name, old.get(key));
    } else {
      assert.ok(!old.has(key) && ![...old.values()].includes(name), `${key} ${name}`);
    }
  }
  assert.deepEqual(
    now.definition.segments.map(({ key }) => key),
    ["s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"],
  );
  assert.equal(now.definition.lineage, before.definition.fingerprint);
  assert.equal(now.definition.version, 2);
});

test("sizes of both dates are the planted ones, but for those who belong to no group", () => {
  for (const [date, groups] of [
    [before, groupBefore],
    [now, groupNow],
  ] as const)
    for (const [label, { key }] of date.definition.segments.entries()) {
      const group = groups.get(key);
      const size = date.groups.filter((one) => one === group).length;
      const members = date.customers.labels.filter((one) => one === label).length;
      assert.ok(members >= 0.95 * size && members <= size + 90, `${group}: ${members} for ${size}`);
    }
});

/** Nearest planted group of each customer, on the frozen scale: the definition that the plan itself makes. */
function nearestGroups(
  table: CustomerTable,
  { definition, table: made, groups }: typeof before,
): readonly string[] {
  const { recipe } = definition;
  const names = recipe.steps.map(({ feature }) => feature);
  const matrix = applyRecipe(recipe, basisMatrix(made, names));
  const all = [...new Set(groups)].filter((group) => group !== "none").sort();
  const centres = all.map((group) => {
    const members = rowsOf(
      matrix,
      Int32Array.from(groups.keys()).filter((i) => groups[i] === group),
    );
    return names.map((_, j) => {
      let sum = 0;
      for (let i = 0; i < members.rowCount; i++) sum += members.values[i * names.length + j]!;
      return sum / members.rowCount;
    });
  });
  const { labels } = assignRows(applyRecipe(recipe, basisMatrix(table, names)), centres);
  return Array.from(labels, (label) => all[label]!);
}

/** Parts of a group's change by trying all six orders, straight from the planted definitions. */
function plantedParts(group: string): Readonly<Record<"customers" | "definition" | "base", number>> {
  const { before: was, after: is, lapsed, arrived } = findCommonRows(before.table.keys, now.table.keys);
  const scores = [before, now].map(({ table }) => [before, now].map((made) => nearestGroups(table, made)));
  const count = (data: number, definition: number, rows: Int32Array) =>
    rows.reduce((sum, row) => (scores[data]![definition]![row] === group ? sum + 1 : sum), 0);
  const size = (on: ReadonlySet<string>) => {
    const definition = on.has("definition") ? 1 : 0;
    const stayed = on.has("customers") ? count(1, definition, is) : count(0, definition, was);
    return stayed + (on.has("base") ? count(1, definition, arrived) : count(0, definition, lapsed));
  };
  const parts = { customers: 0, definition: 0, base: 0 };
  const names = ["customers", "definition", "base"] as const;
  for (const a of names)
    for (const b of names)
      for (const c of names) {
        if (new Set([a, b, c]).size < 3) continue;
        const on = new Set<string>();
        for (const part of [a, b, c]) {
          const size0 = size(on);
          on.add(part);
          parts[part] += (size(on) - size0) / 6;
        }
      }
  return parts;
}

test("changes of size are parted within 2 points of the plan's own, and parts add up exactly, as those of revenue do", () => {
  const { customers, revenue } = record.migration!.decomposition;
  for (const { change, customersChanged, definitionChanged, baseChanged } of [
    ...customers,
    ...revenue!.changes,
  ])
    assert.equal(customersChanged + definitionChanged + baseChanged, change);
  const points = (part: number) => (100 * part) / record.customers.before;
  for (const { key, ...found } of customers.filter(({ key }) => key !== "unassigned")) {
    const group = groupNow.get(key) ?? groupBefore.get(key)!;
    const plan = plantedParts(group);
    for (const [name, ours, theirs] of [
      ["customers", found.customersChanged, plan.customers],
      ["definition", found.definitionChanged, plan.definition],
      ["base", found.baseChanged, plan.base],
    ] as const)
      assert.ok(Math.abs(points(ours - theirs)) <= 2, `${group}, ${name}: ${ours} instead of ${theirs}`);
  }
  const retirees = customers.find(({ key }) => groupNow.get(key) === "retirees")!;
  assert.ok(Math.abs(points(retirees.baseChanged + 190)) <= 2);
});

test("what is drifting is told, the data pass, and the refit is in force", () => {
  assert.equal(record.recommendation!.word, "refit");
  assert.equal(record.definition.decision, "refitted");
  assert.deepEqual(
    record.gates.filter(({ passed }) => !passed),
    [],
  );
  assert.ok(record.drift.some(({ isDrifting }) => isDrifting));
  assert.deepEqual(record.customers, { before: 4000, after: 4150, common: 3810, arrived: 340, lapsed: 190 });
});

/** Every file of a folder and what is in it. */
function bytesOf(path: string): readonly (readonly [string, string])[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => [name.slice(path.length), readFileSync(name, "base64")] as const)
    .sort();
}

test("the same inputs give the same bytes: again, from scratch, and with one thread but for the workbook's own hash", async () => {
  const again = await refreshWorkbook(file, { asOf: second });
  assert.equal(again.word, "already-done");
  assert.deepEqual(again.record, record);
  const scratch = join(place, "scratch");
  await refreshWorkbook(file, { asOf: second, history: scratch });
  assert.deepEqual(bytesOf(scratch), bytesOf(join(shop, "history")));
  const slow = copyShop("one-thread");
  cpSync(join(shop, ".segbook"), join(slow, ".segbook"), {
    recursive: true,
    filter: (path) => !path.includes("tables"),
  });
  const workbook = readFileSync(join(slow, "segbook.yaml"), "utf8");
  writeFileSync(join(slow, "segbook.yaml"), `${workbook}\nengine: { kind: duckdb, threads: 1 }\n`);
  await refreshWorkbook(join(slow, "segbook.yaml"), { asOf: second });
  const isSame = ([name]: readonly [string, string]) => !/record|current/.test(name);
  assert.deepEqual(
    bytesOf(join(slow, "history")).filter(isSame),
    bytesOf(join(shop, "history")).filter(isSame),
  );
});

test("days before the newest state, and changed inputs of the same day, are refused and change nothing", async () => {
  const kept = bytesOf(join(shop, "history"));
  await assert.rejects(refreshWorkbook(file, { asOf: "2026-05-31" }), /must not be before the newest state/);
  writeFileSync(file, `${readFileSync(file, "utf8")}# a word more\n`);
  await assert.rejects(refreshWorkbook(file, { asOf: second }), /got changes of the workbook file/);
  assert.deepEqual(bytesOf(join(shop, "history")), kept);
  const anew = await refreshWorkbook(file, { asOf: second, isAgain: true });
  assert.equal(anew.folder, join(shop, "history", "states", `${second}-2`));
  const { workbook: _new, ...madeAgain } = anew.record;
  const { workbook: _old, ...made } = record;
  assert.deepEqual(madeAgain, made);
  assert.notEqual(anew.folder, folder);
});
