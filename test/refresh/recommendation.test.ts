import assert from "node:assert/strict";
import { test } from "node:test";
import { completeRefresh } from "#src/config/refresh-config.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import type { RefreshEvidence } from "#src/refresh/recommend-refresh.js";
import { recommendRefresh } from "#src/refresh/recommend-refresh.js";
import { type DataEvidence, judgeData, judgeResult } from "#src/refresh/refresh-gates.js";
import { checkSources } from "#src/refresh/source-checks.js";
import { findRepeatedLines } from "#src/refresh/source-checks-lines.js";
import type { CleaningAccount, DropReason } from "#src/sources/account.js";

const { gates: limits } = completeRefresh();

/** An account of one source of orders. */
function account(
  rowsKept: number,
  totals: { readonly invoices: number; readonly revenue: number; readonly currency?: string },
  dropped: readonly (readonly [DropReason, number])[] = [],
): CleaningAccount {
  const rowsRead = rowsKept + dropped.reduce((sum, [, rows]) => sum + rows, 0);
  return {
    sources: [
      {
        name: "orders",
        path: "orders.csv",
        sha256: "0".repeat(64),
        rowsRead,
        rowsKept,
        dropped: dropped.map(([reason, rows]) => ({ reason, rows, examples: [] })),
        cells: [],
      },
    ],
    customers: { found: 100, kept: 100, dropped: [] },
    totals: { currency: "EUR", revenueMinor: String(100 * totals.revenue), ...totals },
  };
}

const usual = account(3000, { invoices: 1000, revenue: 50_000 });

function failed(change: Partial<DataEvidence>): readonly string[] {
  const evidence: DataEvidence = {
    sources: checkSources(usual, usual),
    repeatedLines: { share: 0 },
    customers: { before: 1000, common: 950 },
    emptyFeatures: [],
    ...change,
  };
  return judgeData(evidence, limits)
    .filter(({ passed }) => !passed)
    .map(({ name, reason }) => `${name}: ${reason}`);
}

test("data like those of before pass every gate", () => {
  assert.deepEqual(failed({}), []);
});

test("a source that lost half of its rows, half of the customers gone, nobody in common: each is said", () => {
  const [shrunk] = failed({
    sources: checkSources(usual, account(1200, { invoices: 400, revenue: 20_000 })),
  });
  assert.equal(
    shrunk,
    "sourceLoss: orders lost the most rows of all sources, 60 % (3,000 rows before, 1,200 now); at most 25 % may be missing.",
  );
  const [gone] = failed({ customers: { before: 1000, common: 430 } });
  assert.equal(
    gone,
    "overlap: 430 of the 1,000 customers before (43 %) are still there; at least 50 % must be.",
  );
  const [strangers] = failed({ customers: { before: 1000, common: 0 } });
  assert.equal(
    strangers,
    "overlap: None of the 1,000 customers before is there any more; was the key written in another way?",
  );
});

test("a month in minor units shows in the orders since, though all orders together hide it", () => {
  const month = account(3300, { invoices: 1100, revenue: 50_000 + 100 * 50 * 100 });
  const [money] = failed({ sources: checkSources(usual, month) });
  assert.equal(
    money,
    "moneyFactor: An order is worth 100 times what it was, beyond 5 times either way: rather another currency, or minor units, than other customers.",
  );
  const [euros] = failed({ sources: checkSources(usual, account(3000, { invoices: 1000, revenue: 500 })) });
  assert.match(euros!, /worth 1 \/ 100 of what it was/);
  const pounds = checkSources(usual, account(3000, { invoices: 1000, revenue: 50_000, currency: "GBP" }));
  assert.equal(pounds.orderValueFactor, null);
  assert.deepEqual(pounds.notes, [
    "Money was in EUR and is in GBP now: amounts of the two dates do not compare.",
  ]);
});

test("a file appended twice is a note where its rows count once, and fails a gate where they count double", () => {
  const cleaned = checkSources(
    usual,
    account(3000, { invoices: 1000, revenue: 50_000 }, [["exact-duplicate", 3000]]),
  );
  assert.deepEqual(cleaned.notes, [
    "orders: 3,000 of 6,000 rows (50 %) repeat others and count once; a file may have been appended twice.",
  ]);
  const [doubled] = failed({ repeatedLines: { share: 0.5 } });
  assert.match(
    doubled!,
    /^repeatedRows: 50 % of the order lines repeat another of the same invoice and count double/,
  );
  const days = { count: 2, first: "2026-03-30", last: "2026-03-31", lines: 120 };
  assert.deepEqual(failed({ repeatedLines: { share: 0, days } }), [
    "repeatedDays: Every order line of 2 days between 2026-03-30 and 2026-03-31 (120 lines) is there twice, with its invoice, and counts double: do two files overlap? `cleaning: [{ step: exact-duplicates }]` counts each line once.",
  ]);
});

test("lines that repeat another of their invoice are counted, everyday dirt is not, and a day that two files share is found", async () => {
  const engine = await openDuckDb();
  const lines = `SELECT (i % 90)::VARCHAR AS customer_id, (i // 3)::VARCHAR AS invoice, DATE '2026-01-01' + (i % 60)::INTEGER AS date,
    'p' || i % 3 AS product, NULL::VARCHAR AS product_name, 1 + i % 4 AS quantity, 100 * i AS amount FROM range(3000) line(i)`;
  try {
    await engine.run(`CREATE TABLE "transactions" AS ${lines}`);
    assert.deepEqual(await findRepeatedLines(engine), { share: 0 });
    await engine.run(`INSERT INTO "transactions" ${lines} WHERE i < 100`);
    assert.deepEqual(await findRepeatedLines(engine), { share: 0 });
    await engine.run(`INSERT INTO "transactions" ${lines} WHERE i >= 100 AND i % 60 = 7`);
    const days = { count: 1, first: "2026-01-08", last: "2026-01-08", lines: 100 };
    assert.deepEqual(await findRepeatedLines(engine), { share: 0, days });
    await engine.run(`INSERT INTO "transactions" ${lines} WHERE i >= 100 AND i % 60 <> 7`);
    assert.equal((await findRepeatedLines(engine)).share, 0.5);
  } finally {
    engine.close();
  }
});

test("a source that is gone or new is told, and a basis feature without a value stops the refit", () => {
  const web = { ...usual, sources: usual.sources.map((source) => ({ ...source, name: "web" })) };
  const sources = checkSources(usual, web);
  assert.deepEqual(sources.notes, ["The source orders is gone.", "The source web is new."]);
  assert.match(failed({ sources })[0]!, /^sourceLoss: orders lost the most rows of all sources, 100 %/);
  assert.match(
    failed({ emptyFeatures: ["Age"] })[0]!,
    /^emptyFeatures: Most customers have no value of Age any more/,
  );
});

test("continuity and age are judged by their limits", () => {
  const age = { createdFor: "2026-03-31", asOf: "2026-07-31", days: 122, limit: 100, isStale: true };
  assert.deepEqual(
    judgeResult({ continuity: 0.74, age }, limits).map(({ name, passed, reason }) => [name, passed, reason]),
    [
      ["continuity", true, "Segments of 74 % of the common customers keep their key; at least 50 % must."],
      ["age", false, "The definition in force is defined for 2026-03-31; 122 days old; limit 100: stale."],
    ],
  );
  const [nobody] = judgeResult({ continuity: null, age: null }, limits);
  assert.equal(nobody!.passed, false);
});

const families = { key: "s1", name: "Families" };
const hunters = { key: "s2", name: "Hunters" };
const quiet: RefreshEvidence = {
  segments: [
    { ...families, status: "continued" },
    { ...hunters, status: "continued" },
  ],
  former: [
    { ...families, status: "continued" },
    { ...hunters, status: "continued" },
  ],
  drift: { features: [], drifting: [], rows: { before: 1000, after: 1000 }, notes: [] },
  mix: {
    segments: [],
    statistic: 1,
    degreesOfFreedom: 1,
    pValue: 0.3,
    cramersV: 0,
    floor: 0.1,
    isDrifting: false,
    sentence: "",
  },
  classifier: null,
  basis: ["age"],
  movedByRefit: 0.01,
  verdictBefore: "natural",
  verdictOfRefit: "natural",
  age: null,
  gates: [],
};
const drifted: RefreshEvidence["drift"] = {
  ...quiet.drift,
  drifting: ["age"],
  features: [
    {
      name: "age",
      label: "Age",
      unit: "years",
      kind: "number",
      isDrifting: true,
      missingBefore: 0,
      missingAfter: 0,
      number: null,
      category: null,
      tests: [],
      sentence: "",
    },
  ],
};
const split: Pick<RefreshEvidence, "segments" | "former"> = {
  segments: [
    { key: "s3", name: "Segment 3", status: "split" },
    { ...hunters, status: "continued" },
    { key: "s4", name: "Students", status: "born" },
  ],
  former: [
    { ...families, status: "split" },
    { ...hunters, status: "continued" },
  ],
};

test("keep where nothing drifted, also where the refit differs by chance, or drift leaves customers where they were", () => {
  assert.deepEqual(recommendRefresh(quiet), {
    word: "keep",
    reasons: ["No basis feature drifted.", "Every segment of the refit continues one of before."],
  });
  assert.deepEqual(recommendRefresh({ ...quiet, ...split }), {
    word: "keep",
    reasons: [
      "No basis feature drifted.",
      "The refit differs (Families split, Students is new), but nothing about the customers did, so that is chance.",
    ],
  });
  assert.deepEqual(recommendRefresh({ ...quiet, drift: drifted }), {
    word: "keep",
    reasons: [
      "Basis features drifted (Age), but the refit puts only 1 % of the customers into another segment.",
      "Every segment of the refit continues one of before.",
    ],
  });
});

test("refit where customers and segments changed, drift moves customers, or the definition is stale", () => {
  assert.deepEqual(recommendRefresh({ ...quiet, ...split, drift: drifted, movedByRefit: 0.2 }), {
    word: "refit",
    reasons: [
      "Segments changed: Families split, Students is new.",
      "Basis features drifted (Age), and the refit puts 20 % of the customers into another segment.",
    ],
  });
  const age = { createdFor: "2026-03-31", asOf: "2026-07-31", days: 122, limit: 100, isStale: true };
  assert.deepEqual(recommendRefresh({ ...quiet, age }), {
    word: "refit",
    reasons: ["The definition is 122 days old; it lasts 100."],
  });
});

test("rethink where a gate fails or nothing reliable is left, whatever else holds", () => {
  const gates = judgeResult({ continuity: 0.3, age: null }, limits);
  assert.deepEqual(recommendRefresh({ ...quiet, ...split, drift: drifted, gates }), {
    word: "rethink",
    reasons: ["Segments of 30 % of the common customers keep their key; at least 50 % must."],
  });
  const lost = { ...quiet, verdictOfRefit: "no-reliable-segments" } as const;
  const verdicts = "The verdict on the refit is “no reliable segments”, that on the definition “natural”.";
  assert.deepEqual(recommendRefresh({ ...lost, drift: drifted }), { word: "rethink", reasons: [verdicts] });
  const unmoved = recommendRefresh(lost);
  assert.deepEqual([unmoved.word, unmoved.reasons.at(-1)], ["keep", verdicts]);
  assert.equal(recommendRefresh({ ...quiet, drift: drifted, verdictOfRefit: "reproducible" }).word, "keep");
  const never = { verdictBefore: "no-reliable-segments", verdictOfRefit: "no-reliable-segments" } as const;
  assert.equal(recommendRefresh({ ...quiet, ...never }).word, "keep");
});
