import assert from "node:assert/strict";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createCommTable } from "#src/kernel/kernel-comms.js";
import { answerPanel } from "#src/kernel/panel.js";
import { type PanelAnswer, type PanelField, panelTarget } from "#src/kernel/panel-messages.js";
import { scratchFolder } from "../notebook/made-notebook.js";

const source = `const clusterCount: number = 4; // segments, 2 to 12; how many
const method: "ward" | "average" = "ward"; // how groups are joined
const isQuick: boolean = false;
const asOf: Date = new Date("2026-03-31");
const weights: number[] = [1, 2];`;

const answer = (request: unknown): PanelAnswer => answerPanel(request, ".");

function fieldsOf(request: unknown): readonly PanelField[] {
  const { kind, ...rest } = answer(request);
  assert.equal(kind, "parameters", JSON.stringify(rest));
  return (rest as { readonly fields: readonly PanelField[] }).fields;
}

test("each type of parameter has its own kind of field, with choices, limits and unit", () => {
  const fields = fieldsOf({ kind: "parameters", source, injected: "" });
  assert.deepEqual(
    fields.map(({ name, control, text }) => [name, control, text]),
    [
      ["clusterCount", "number", "4"],
      ["method", "select", "ward"],
      ["isQuick", "checkbox", "false"],
      ["asOf", "date", "2026-03-31"],
      ["weights", "text", "[1,2]"],
    ],
  );
  assert.deepEqual(fields[1]!.choices, ["ward", "average"]);
  const { unit, least, most, meaning } = fields[0]!;
  assert.deepEqual([unit, least, most, meaning], ["segments", 2, 12, "how many"]);
});

test("values that were injected earlier stand in the fields, beside the notebook's own", () => {
  const [first] = fieldsOf({ kind: "parameters", source, injected: "const clusterCount: number = 6;" });
  assert.deepEqual([first!.text, first!.defaultText], ["6", "4"]);
});

test("checked values come back as the cell that our runner would write", () => {
  const values = [
    ["clusterCount", "6"],
    ["asOf", "2026-02-28"],
  ];
  const checked = answer({ kind: "check", source, values });
  assert.ok(checked.kind === "check");
  assert.deepEqual(checked.faults, []);
  assert.match(checked.injected, /const clusterCount: number = 6;\nconst asOf: Date = new Date\("2026-02-28/);
});

test("nothing is injected where every value is the notebook's own", () => {
  assert.deepEqual(answer({ kind: "check", source, values: [] }), {
    kind: "check",
    injected: "",
    faults: [],
  });
});

test("every wrong value is named with its field, and nothing is injected", () => {
  const values = [
    ["clusterCount", "99"],
    ["method", "single"],
    ["isQuick", "true"],
  ];
  const checked = answer({ kind: "check", source, values });
  assert.ok(checked.kind === "check");
  assert.equal(checked.injected, "");
  assert.deepEqual(
    checked.faults.map(([name]) => name),
    ["clusterCount", "method"],
  );
  assert.match(checked.faults[0]![1], /^must be .*2.*12/);
});

test("a parameters cell that computes is refused in a sentence, not with a broken kernel", () => {
  const refused = answer({ kind: "parameters", source: "const a = Math.sqrt(2);", injected: "" });
  assert.ok(refused.kind === "fault");
  assert.match(refused.message, /must be a literal|must/);
});

test("a request of no known kind is refused", () => {
  for (const request of [undefined, null, 7, {}, { kind: "delete" }, { kind: "check", source: 1 }])
    assert.equal(answer(request).kind, "fault");
});

test("the last run is the newest finished one in the nearest reports folder", (context) => {
  const folder = scratchFolder(context);
  const notebooks = join(folder, "notebooks");
  mkdirSync(notebooks);
  const days = ["shop-2026-01-31", "shop-2026-02-28", "shop-2026-03-31-failed"];
  days.forEach((day, i) => {
    const run = join(folder, "reports", day);
    mkdirSync(run, { recursive: true });
    for (const name of ["run.json", "index.html"]) writeFileSync(join(run, name), "{}");
    utimesSync(join(run, "run.json"), i + 1, i + 1);
  });
  const found = answerPanel({ kind: "lastRun" }, notebooks);
  const run = { name: "shop-2026-02-28", report: "../reports/shop-2026-02-28/index.html" };
  assert.deepEqual(found, { kind: "lastRun", run: { ...run, definition: null, overview: null } });
});

test("the kernel answers the panel over its comm target", async () => {
  const answered = await new Promise<unknown>((resolve) => {
    createCommTable().receive(
      "comm_open",
      { comm_id: "one", target_name: panelTarget, data: { kind: "parameters", source, injected: "" } },
      (type, content) => resolve([type, (content.data as PanelAnswer).kind]),
    );
  });
  assert.deepEqual(answered, ["comm_msg", "parameters"]);
});
