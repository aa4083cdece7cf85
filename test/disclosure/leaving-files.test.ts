import assert from "node:assert/strict";
import { test } from "node:test";
import { RunError } from "#src/core/errors.js";
import { findLeaks, leakLines, overrideSentences, requireNoLeaks } from "#src/disclosure/check-texts.js";
import { countCombinations } from "#src/disclosure/count-combinations.js";
import { defuseText } from "#src/disclosure/defuse-text.js";
import { createScanner } from "#src/disclosure/scan-text.js";
import { warnSensitiveNames } from "#src/disclosure/sensitive-names.js";

test("text that a spreadsheet would run gets an apostrophe, in every form; other text stays as it is", () => {
  const bad = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "−1",
  ];
  assert.deepEqual(
    bad.filter((text) => !defuseText(text).startsWith("'")),
    [],
  );
  const good = ["", "a=b", "5 - 3", "Loyal families", "1 = 1", "e-mail", "‘quoted’", "ä"];
  assert.deepEqual(good.map(defuseText), good);
  assert.equal(defuseText('=HYPERLINK("http://x","y")'), '\'=HYPERLINK("http://x","y")');
  assert.equal(defuseText("a\0b\u0007c"), "abc");
});

test("names that ad platforms restrict are warned of; ordinary ones, and Black Friday, are not", () => {
  const topics = (name: string): readonly string[] => warnSensitiveNames([name]).map(({ topic }) => topic);
  assert.deepEqual(topics("Diabetes shoppers"), ["health"]);
  assert.deepEqual(topics("High income, urban"), ["financial status"]);
  assert.deepEqual(topics("Schwangere"), ["health"]);
  assert.deepEqual(topics("Recently divorced"), ["personal hardship"]);
  const ordinary = [
    "Loyal families",
    "Bargain hunters",
    "Young professionals",
    "Lapsed one-timers",
    "Retired regulars",
    "Eco-minded",
    "Black Friday buyers",
    "Champions",
    "Healthy eaters",
  ];
  assert.deepEqual(warnSensitiveNames(ordinary), []);
});

test("by hand: who is alone with region and gender", () => {
  const region = ["north", "north", "north", "south", "south", null];
  const gender = ["f", "f", "m", "m", "m", "m"];
  assert.deepEqual(countCombinations([region, gender], 2), {
    combinations: 4,
    smallest: 1,
    small: 2,
    exposed: 2,
    rows: [2, 5],
  });
  assert.throws(() => countCombinations([["a"], []], 2), /columns must be equally long, got 1 and 0 values/);
});

test("a file that names people stops the work, unless that is allowed by name and then said", () => {
  const leaks = findLeaks(
    [
      { name: "clean.sql", text: "SELECT 1" },
      { name: "index.html", text: "one\nanna@kundin.de, ben@kundin.de\n" },
    ],
    createScanner(),
  );
  assert.deepEqual(leakLines(leaks), ["index.html line 2: 2 e-mail addresses"]);
  const stop = { minimumCell: 10, allow: [] };
  assert.throws(
    () => requireNoLeaks("segbook run", leaks, stop),
    (error: Error) => {
      assert.ok(error instanceof RunError);
      assert.match(
        error.message,
        /^segbook run: what leaves must name no person, got index\.html line 2: 2 e-mail/,
      );
      assert.doesNotMatch(error.message, /anna|ben/);
      return true;
    },
  );
  requireNoLeaks("segbook run", leaks, { minimumCell: 10, allow: ["personal-data"] });
  assert.deepEqual(overrideSentences(stop), []);
  assert.match(
    overrideSentences({ minimumCell: 3, allow: ["personal-data"] }).join(" "),
    /set aside by personal-data.* from 3 customers on, instead of 10/,
  );
});
