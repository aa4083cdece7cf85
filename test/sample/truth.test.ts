import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

type Counts = Record<string, Record<string, number>>;

interface Reference {
  readonly contentSha256: Record<string, string>;
  readonly dropped: Counts;
  readonly cells: Counts;
  readonly customers: number;
  readonly withoutOrder: number;
  readonly groups: Record<string, number>;
  readonly chosen: number;
  readonly adjustedRandIndex: readonly number[];
}

const dates = ["2026-03-31", "2026-06-30"] as const;
const readme = readFileSync("data/README.md", "utf8");

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

function referenceOf(date: string): Reference {
  return readJson<Record<string, Reference>>("test/reference/sample-shop.json")[date]!;
}

function faultsOf(date: string): { rows: Counts; cells: Counts } {
  const name = date === dates[0] ? "faults" : `faults-${date}`;
  const { cells, ...rows } = readJson<Counts & { cells: Counts }>(`test/sample/truth/${name}.json`);
  return { rows, cells };
}

function groupsOf(date: string): Map<string, string> {
  const lines = readFileSync(`test/sample/truth/${date}.csv`, "utf8").trimEnd().split("\n").slice(1);
  return new Map(lines.map((line) => line.split(",") as [string, string]));
}

function countByName(names: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

for (const date of dates) {
  test(`pandas finds in the files of ${date} exactly the faults that were planted`, () => {
    const { dropped, cells } = referenceOf(date);
    assert.deepEqual({ rows: dropped, cells }, faultsOf(date));
  });

  test(`the reference numbers of ${date} were computed from the committed files`, () => {
    for (const [source, expected] of Object.entries(referenceOf(date).contentSha256)) {
      const path = `data/sample/${date}/${source}.csv`;
      const content = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
      assert.equal(createHash("sha256").update(content).digest("hex"), expected, source);
    }
  });

  test(`the truth of ${date} names a group for every customer, and the README its size`, () => {
    const sizes = countByName(groupsOf(date).values());
    assert.deepEqual(sizes, referenceOf(date).groups);
    const column = dates.indexOf(date);
    for (const [group, size] of Object.entries(sizes)) {
      const cells = readme.match(
        new RegExp(`^\\| \`${group}\` \\|.*?\\| ([\\d,–]+) \\| ([\\d,–]+) \\|$`, "m"),
      );
      assert.equal(cells?.[column + 1], size.toLocaleString("en"), group);
    }
  });

  test(`the README lists every fault of ${date} with its count`, () => {
    const { rows, cells } = faultsOf(date);
    const column = dates.indexOf(date);
    const listed = (source: string, reason: string) =>
      readme.match(new RegExp(`^\\| ${source} \\| \`${reason}\` \\|.*\\| (\\d+|–) \\| (\\d+|–) \\|$`, "m"))?.[
        column + 1
      ];
    for (const [source, counts] of Object.entries(rows))
      for (const [reason, count] of Object.entries(counts))
        assert.equal(listed(source, reason), String(count), `${source} ${reason}`);
    for (const [source, counts] of Object.entries(cells))
      for (const [reason, count] of Object.entries(counts))
        assert.equal(listed(`${source} cell`, reason), String(count), `${source} cell ${reason}`);
  });
}

test("six groups stand out on the first date for scikit-learn, and they are the planted ones", () => {
  const { chosen, adjustedRandIndex, customers, withoutOrder } = referenceOf("2026-03-31");
  assert.equal(customers, 4000);
  assert.equal(withoutOrder, 30);
  assert.equal(chosen, 6);
  assert.ok(adjustedRandIndex[chosen - 1]! >= 0.93);
});

test("between the dates the families split, the retirees shrink and the students arrive", () => {
  const [first, second] = dates.map(groupsOf) as [Map<string, string>, Map<string, string>];
  const families = [...first].filter(([, group]) => group === "families").map(([id]) => second.get(id));
  assert.deepEqual(Object.keys(countByName(families as string[])).sort(), [
    "families-with-babies",
    "families-with-schoolchildren",
  ]);
  assert.ok([...second].filter(([, group]) => group === "students").every(([id]) => !first.has(id)));
  for (const [id, group] of first) {
    if (group === "retirees") assert.ok([undefined, "retirees"].includes(second.get(id)));
    else if (group !== "families") assert.equal(second.get(id), group);
  }
});
