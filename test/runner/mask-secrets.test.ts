import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createCellOutputs } from "#src/runner/cell-outputs.js";
import { createMask } from "#src/runner/mask-secrets.js";

const secret = `p"4's<wörd>&\\n`;
const mask = createMask(new Map([["SHOP_KEY", secret]]));
const html = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

for (const [how, text] of [
  ["as it is", secret],
  ["as JSON", JSON.stringify({ secret })],
  ["as HTML", html],
  ["as HTML with its quotes escaped", html.replaceAll('"', "&quot;").replaceAll("'", "&#39;")],
  ["in a web address", `https://shop.test/?key=${encodeURIComponent(secret)}`],
  ["as a printed object", inspect({ secret })],
] as const) {
  test(`a secret is masked when it is written ${how}`, () => {
    const masked = mask(text);
    assert.match(masked, /\[secret SHOP_KEY\]/);
    assert.doesNotMatch(masked, /rd/);
  });
}

test("secrets are masked in every value and key of a JSON value, the longest first", () => {
  const two = createMask(
    new Map([
      ["A", "token"],
      ["B", "token-long"],
      ["EMPTY", ""],
    ]),
  );
  assert.deepEqual(two({ "a token": ["token-long", 1, null, { b: "no" }] }), {
    "a [secret A]": ["[secret B]", 1, null, { b: "no" }],
  });
});

test("a secret is masked in streams, also between two pieces of one, in displays, updates and errors", () => {
  const outputs = createCellOutputs(new Map(), { mask: createMask(new Map([["KEY", "open-sesame"]])) });
  const send = (type: string, content: Record<string, unknown>): void => {
    const header = { msg_id: "", msg_type: type, session: "", username: "", version: "", date: "" };
    outputs.receive({ identities: [], header, content });
  };
  send("stream", { name: "stdout", text: "a open-" });
  send("stream", { name: "stdout", text: "sesame b\n" });
  const transient = { display_id: "x" };
  send("display_data", {
    data: { "application/json": { k: ["open-sesame"] } },
    metadata: { m: "open-sesame" },
    transient,
  });
  send("display_data", { data: { "text/html": "first" }, metadata: {}, transient: { display_id: "y" } });
  send("update_display_data", {
    data: { "text/html": "<b>open-sesame</b>" },
    metadata: {},
    transient: { display_id: "y" },
  });
  send("error", { ename: "Error", evalue: "no open-sesame", traceback: ["at open-sesame"] });
  const text = JSON.stringify(outputs.outputs());
  assert.doesNotMatch(text, /sesame/);
  assert.equal(text.match(/\[secret KEY\]/g)?.length, 6);
});
