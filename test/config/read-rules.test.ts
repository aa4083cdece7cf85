import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readRules } from "#src/config/read-rules.js";
import { featuresOfRules } from "#src/config/rules-features.js";
import { InputError } from "#src/core/errors.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-rules-"));
const file = join(folder, "rules.yaml");
after(() => rmSync(folder, { recursive: true }));

const text = `asOf: 2026-03-31
rules:
  scores:
    - { name: V, feature: visits, highIsGood: true, cuts: [2, 5] }
  segments:
    - name: New
      when: { feature: joined, is: ">=", value: { daysBeforeAsOf: 30 } }
    - name: Big
      when:
        all:
          - { feature: spend, is: ">", value: 100 }
          - { not: { feature: country, in: [DE] } }
          - { score: V, is: ">", value: 1 }
  otherwise: fallback
`;

function refusal(change: (text: string) => string): string {
  writeFileSync(file, change(text));
  try {
    readRules(file);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.message.replace(file, "rules.yaml").replace("readWorkbook: ", "");
  }
  assert.fail("must be refused");
}

test("a file of rules says which features it reads, and as what", () => {
  writeFileSync(file, text);
  const { rules } = readRules(file);
  assert.deepEqual(
    [...featuresOfRules(rules)],
    [
      ["visits", "number"],
      ["joined", "date"],
      ["spend", "number"],
      ["country", "category"],
    ],
  );
});

test("what is wrong in a file of rules is said with line and column", () => {
  const cases: readonly (readonly [(text: string) => string, RegExp])[] = [
    [
      (t) => t.replace("value: 100", "valeu: 100"),
      /^rules\.segments\[1\]\.when\.all\[0\] must have the members .*line 11, column 13$/,
    ],
    [
      (t) => t.replace('is: ">", value: 100', 'is: "=>", value: 100'),
      /all\[0\]\.is must be one of < <= > >= = !=, got "=>" at .*line 11, column 35$/,
    ],
    [
      (t) => t.replace("score: V,", "score: W,"),
      /score must be one of the scores \(V\), got "W" at .*line 13, column 22. Did you mean "V"\?$/,
    ],
    [
      (t) => t.replace("[2, 5]", "[5, 2]"),
      /^rules\.scores\[0\]\.cuts\[1\] must be more than 5, got 2 at .*line 4, column 63$/,
    ],
    [(t) => t.replace("asOf: 2026-03-31\n", ""), /^rules must come with the key asOf/],
    [(t) => t.replace("03-31", "02-30"), /^asOf must be a day of the calendar, got "2026-02-30"/],
    [
      (t) => t.replace("segments:", "segment:"),
      /^rules\.segment must be one of the keys of rules .* Did you mean "segments"\?$/,
    ],
    [
      (t) => `${t}  tiers: { feature: spend, by: pareto }\n`,
      /^rules must have one of the keys rfm, tiers, segments, got tiers and segments/,
    ],
    [
      () => "rules:\n  tiers: { feature: spend, by: thresholds }\n",
      /tiers must have the key cuts with by: thresholds/,
    ],
    [() => "rules:\n  tiers: { feature: spend, by: paretto }\n", /Did you mean "pareto"\?$/],
    [(t) => t.replace("{ not: {", "{ nor: {"), /got nor at/],
    [
      (t) => t.replace('{ feature: spend, is: ">", value: 100 }', "{ segment: s1, of: eco }"),
      /of must come with the key nested, which names definition files, got "eco" at .*line 11/,
    ],
  ];
  for (const [change, message] of cases) assert.match(refusal(change), message);
});
