import assert from "node:assert/strict";
import { test } from "node:test";
import { buildHash } from "#src/core/build-hash.js";
import { folderWith } from "../commands/segbook.js";

const files = {
  "package.json": '{ "dependencies": { "maths": "1.0.0" } }',
  "node_modules/maths/package.json": '{ "version": "1.0.0" }',
  "dist/core/sum.js": "export const sum = 1;",
  "schema/workbook.schema.json": "{}",
};

test("a build is known again, and any other code, schema or package makes it another one", () => {
  const hash = buildHash(folderWith(files));
  assert.equal(buildHash(folderWith(files)), hash);
  const changes: Readonly<Record<string, string>> = {
    "node_modules/maths/package.json": '{ "version": "1.0.1" }',
    "dist/core/sum.js": "export const sum = 2;",
    "dist/core/more.js": "",
    "schema/workbook.schema.json": "[]",
  };
  for (const [name, content] of Object.entries(changes))
    assert.notEqual(buildHash(folderWith({ ...files, [name]: content })), hash, name);
});
