import assert from "node:assert/strict";
import { test } from "node:test";
import { customerLines, fitCustomers } from "./customer-lines.js";
import { runCommand } from "./run-command.js";
import { type CommandResult, folderWith, segbook } from "./segbook.js";

/** Exit code 2, one sentence, no stack, nothing on standard output. */
function isRefused(result: CommandResult, message: RegExp): void {
  assert.equal(result.exitCode, 2, result.errors || result.output);
  assert.match(result.errors, message);
  assert.doesNotMatch(result.errors, /\n\s+at |node:internal|mistake of ours/);
  assert.equal(result.output, "");
}

test("a workbook that is not there", () => {
  isRefused(segbook(folderWith({}), ["check"]), /segbook\.yaml/);
});

test("a command that does not exist names the nearest one, and so does an option", () => {
  isRefused(segbook(folderWith({}), ["chekc"]), /Did you mean "check"/);
  isRefused(segbook(folderWith({}), ["check", "--workbok", "x"]), /Did you mean "workbook"/);
});

test("a negative number is a value, not an option", () => {
  const folder = folderWith({ "customers.csv": customerLines });
  isRefused(
    segbook(folder, [...fitCustomers, "--output", "d.json", "--count", "-1"]),
    /--count must be a whole number of at least 1, got "-1"\n$/,
  );
});

test("a target that was named but cannot be run does not pass for verified", async () => {
  const folder = folderWith({ "customers.csv": customerLines });
  await runCommand(folder, [...fitCustomers, "--output", "d.json"]);
  const verify = ["verify", "--definition", "d.json", "--targets", "postgresql"];
  assert.equal(segbook(folder, verify, { PGHOST: "" }).exitCode, 1);
});
