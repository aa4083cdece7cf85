import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";

/** Words of an error as they stand in the source: the first argument of `new InputError(…)`. */
interface Message {
  readonly file: string;
  readonly text: string;
}

/** Errors that say what happened to the machine or in a notebook, and errors that another file words. */
const worded: ReadonlySet<string> = new Set([
  "config/check-schema.ts",
  "core/file-error.ts",
  "engine/duckdb.ts",
  "parameters/parameter-values.ts",
  "segments/check-definition.ts",
  "segments/read-definition.ts",
  "sources/read-raw-table.ts",
  "sources/feature-file-fault.ts",
]);

/** Readers of one file do not know what to call it; readRawTable puts `loadSources: <file>` before it. */
const nameless: ReadonlySet<string> = new Set([
  "sources/choose-table.ts",
  "sources/csv-header.ts",
  "sources/duckdb-file.ts",
  "sources/excel-file.ts",
  "sources/excel-sheet.ts",
  "sources/file-bytes.ts",
  "sources/json-file.ts",
  "sources/json-text.ts",
  "sources/open-file.ts",
  "sources/parquet-file.ts",
  "sources/record-ledger.ts",
  "sources/scan-csv.ts",
  "sources/sqlite-file.ts",
  "sources/typed-relation.ts",
  "sources/unpack-file.ts",
]);

function messagesOf(file: string): Message[] {
  const text = readFileSync(join("src", file), "utf8");
  // To parse every file takes seconds.
  if (!/new\s+(Input|Run|Machine)Error/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && /^(Input|Run|Machine)Error$/.test(node.expression.getText()))
      found.push({
        file,
        text: (node.arguments?.[0]?.getText() ?? "").slice(1, -1),
      });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const messages = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap(messagesOf);

test("every error names the function and the argument, says what must be and what came", () => {
  const grammar = /^(?:[\w ]|\$\{[^}]+\})+: .*(?:must|\$\{(?:requirement|rule)\}).*, got:? /s;
  const wrong = messages.filter(
    ({ file, text }) => !worded.has(file) && !nameless.has(file) && !grammar.test(text),
  );
  assert.ok(messages.length > 100);
  assert.deepEqual(wrong, []);
});

test("a fault of a nameless scan begins with what must be", () => {
  const wrong = messages.filter(({ file, text }) => nameless.has(file) && !/^must .+, got /s.test(text));
  assert.deepEqual(wrong, []);
});

test("no error ends in a full stop or shouts", () => {
  assert.deepEqual(
    messages.filter(({ text }) => /[.!]$/.test(text)),
    [],
  );
});
