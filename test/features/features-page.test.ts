import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { describeCatalogue } from "./describe-catalogue.js";

const page = "docs/features.md";

test("the page of features lists the catalogue as it is (SEGBOOK_WRITE_DOCS=1 writes it anew)", () => {
  const [before, rest] = readFileSync(page, "utf8").split("<!-- catalogue -->\n");
  const after = rest!.split("<!-- /catalogue -->")[1]!;
  const wanted = `${before}<!-- catalogue -->\n${describeCatalogue()}\n<!-- /catalogue -->${after}`;
  if (process.env.SEGBOOK_WRITE_DOCS === "1") writeFileSync(page, wanted);
  assert.equal(readFileSync(page, "utf8"), wanted);
});
