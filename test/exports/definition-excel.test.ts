import assert from "node:assert/strict";
import { test } from "node:test";
import { type CellObject, read, type WorkSheet } from "xlsx";
import { definitionExcel } from "#src/exports/definition-excel.js";
import type { Definition } from "#src/segments/definition.js";
import { profileFacts } from "#src/segments/profile-facts.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import type { SegmentFacts } from "#src/segments/segment-facts.js";
import { categoryColumn, numberColumn, tableOf } from "../customer-tables.js";
import { madeDefinition } from "../made-definitions.js";
import { madeFacts } from "../made-facts.js";

const cellsOf = (sheet: WorkSheet): CellObject[] =>
  Object.entries(sheet).flatMap(([place, cell]) => (place.startsWith("!") ? [] : [cell as CellObject]));

function open(definition: Definition, options: Parameters<typeof definitionExcel>[1] = {}) {
  return read(definitionExcel(definition, options), { cellNF: true, cellFormula: true });
}

test("the workbook holds no formula, and hostile names stand in it as harmless text", () => {
  const [first, second, ...others] = madeDefinition(5).segments;
  const definition = {
    ...madeDefinition(5),
    segments: [
      { ...first!, name: '=HYPERLINK("http://evil","win")' },
      { ...second!, name: "@SUM(A1)\n<script>" },
      ...others,
    ],
  };
  const book = open(definition);
  const cells = Object.values(book.Sheets).flatMap(cellsOf);
  assert.deepEqual(
    cells.filter((cell) => cell.f !== undefined || cell.t === "e"),
    [],
  );
  const texts = cells.filter(({ t }) => t === "s").map(({ v }) => String(v));
  assert.deepEqual(
    texts.filter((text) => /^[=+\-@]/.test(text)),
    [],
  );
  assert.ok(texts.includes('\'=HYPERLINK("http://evil","win")'));
  const raw = open(definition, { privacy: { minimumCell: 10, allow: ["formulas"] } });
  const rawTexts = Object.values(raw.Sheets)
    .flatMap(cellsOf)
    .map(({ v }) => String(v));
  assert.ok(rawTexts.includes('=HYPERLINK("http://evil","win")'));
  assert.ok(rawTexts.some((text) => text.includes("Privacy rule set aside by formulas")));
});

test("numbers are numbers with formats of their own: counts, per cent, currency, days", () => {
  const { definition, facts } = madeFacts();
  const book = open(definition, { facts });
  assert.deepEqual(book.SheetNames.slice(0, 6), [
    "About",
    "Segments",
    "Profile",
    "Medians",
    "Index",
    "Counts",
  ]);
  const row = ["C2", "D2", "E2", "F2"].map((place) => book.Sheets.Segments![place] as CellObject);
  assert.deepEqual(
    row.map(({ t, z }) => [t, z]),
    [
      ["n", "#,##0"],
      ["n", "0.0%"],
      ["n", '#,##0\\ "EUR"'],
      ["n", "0.0%"],
    ],
  );
  const day = cellsOf(book.Sheets.About!).find(({ z }) => String(z).startsWith("yyyy"));
  assert.equal(day?.v, 46_112, "31 March 2026 as Excel counts days");
});

test("the same definition gives the same bytes, and facts of another one are refused", () => {
  const { definition, facts } = madeFacts();
  const bytes = () => Buffer.from(definitionExcel(definition, { facts }));
  assert.ok(bytes().equals(bytes()));
  assert.throws(
    () => definitionExcel(madeDefinition(9), { facts }),
    /definitionExcel: facts must be of the definition with fingerprint [0-9a-f]{12}, got/,
  );
});

test("a small cell of the profile cannot be worked out from the workbook's sheets", () => {
  const regions = ["north", "south", "west"];
  const counts = [
    [40, 30, 3],
    [31, 40, 20],
    [12, 60, 40],
  ];
  const rows = counts.flatMap((own, i) => own.flatMap((n, j) => Array.from({ length: n }, () => ({ i, j }))));
  const table = tableOf(
    categoryColumn(
      "region",
      rows.map(({ i }) => regions[i]!),
    ),
    numberColumn(
      "age",
      rows.map(({ i }) => 20 + i),
    ),
  );
  const { definition, facts } = madeFacts();
  const segments = facts.segments.slice(0, 3);
  const profile = profileSegments(
    table,
    rows.map(({ j }) => j),
    { segments },
  );
  const own: SegmentFacts = { ...facts, segments, features: profileFacts(profile) };
  const sheet = open(definition, { facts: own }).Sheets.Counts!;
  const shown = [2, 3, 4].map((row) =>
    ["F", "G", "H"].map((column) => (sheet[`${column}${row}`] as CellObject).v),
  );
  // Most frequent first: west, south, north.
  assert.deepEqual(shown, [
    [12, 60, 40],
    [31, "not shown", "not shown"],
    [40, "not shown", "not shown"],
  ]);
});
