import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { utils, write } from "xlsx";
import type { CommandInput } from "#src/commands/command.js";
import { exportForPeople, type PeopleExport } from "#src/commands/export-for-people.js";
import { scanFolder } from "#src/commands/scan-folder.js";
import { leakLines } from "#src/disclosure/check-texts.js";
import { factsText } from "#src/segments/facts-file.js";
import { writeDefinition } from "#src/segments/write-definition.js";
import { madeFacts } from "../made-facts.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
after(() => rmSync(folder, { recursive: true }));

test("every file of a run is looked into but those whose purpose is to name customers", () => {
  const run = join(folder, "run");
  mkdirSync(join(run, "notebooks"), { recursive: true });
  const sheet = utils.aoa_to_sheet([["customer"], ["000317"]]);
  const files: Readonly<Record<string, string | Buffer>> = {
    "index.html": "<p>fine</p>",
    "assignments.csv": "customer_id\n000076\n",
    "account.json": '{"customer": "000076"}',
    "notebooks/a.ipynb": '{"text": "customer \\"000076\\""}',
    "mine.csv": "customer_id,spend\n000076,12\n000317,13\n",
    "mine.xlsx": write(utils.book_new(sheet, "Mine"), { type: "buffer", bookType: "xlsx", bookSST: true }),
    "picture.png": "000076",
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(run, name), content);
  const leaks = scanFolder(run, { keys: ["000076", "000317"], keyName: "customer_id" });
  // A line means nothing in a sheet.
  assert.deepEqual(
    leakLines(leaks).map((line) => line.replace(/(xlsx) line \d+/, "$1")),
    ["mine.csv line 2: 2 customer keys", "mine.xlsx: customer key", "notebooks/a.ipynb line 1: customer key"],
  );
});

const { definition, facts } = madeFacts();
const definitionFile = join(folder, "definition.json");
writeDefinition(definitionFile, definition);

function exported(to: PeopleExport["to"], written: string, options: Readonly<Record<string, string>> = {}) {
  const input = { text: (name: string) => options[name] } as CommandInput;
  const output = { written, path: join(folder, written) };
  const asked = { to, definition, definitionFile, output, proof: undefined };
  return exportForPeople(asked, input, { folder, environment: {} });
}

test("cards need a profile and say how to get one; with it they are written, and so is the workbook", async () => {
  await assert.rejects(
    exported("cards", "cards.html"),
    /segbook export: --to cards must have a profile, got none in .*segbook run writes profile\.json/,
  );
  const alone = await exported("excel", "alone.xlsx");
  assert.match(alone.text, /note: no profile\.json of a run stands beside the definition/);
  writeFileSync(join(folder, "profile.json"), factsText(facts));
  assert.equal((await exported("cards", "cards.html")).exitCode, 0);
  assert.match(readFileSync(join(folder, "cards.html"), "utf8"), /<article class="sheet">/);
  assert.doesNotMatch((await exported("excel", "all.xlsx")).text, /note/);
  await assert.rejects(
    exported("excel", "all.csv"),
    /--output must end in \.xlsx with --to excel, got "all\.csv"/,
  );
});

test("a profile that names somebody is not exported, unless that is allowed by name and then said", async () => {
  const [first, ...others] = facts.segments;
  const leaking = { ...facts, segments: [{ ...first!, markers: ["like anna@kundin.de"] }, ...others] };
  writeFileSync(join(folder, "leaking.json"), factsText(leaking));
  const options = { profile: "leaking.json" };
  await assert.rejects(
    exported("cards", "cards.html", options),
    /must name no person, got profile line \d+: e-mail address/,
  );
  await exported("cards", "allowed.html", { ...options, allow: "personal-data" });
  assert.match(readFileSync(join(folder, "allowed.html"), "utf8"), /Privacy rule set aside by personal-data/);
});
