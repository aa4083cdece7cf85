import assert from "node:assert/strict";
import { test } from "node:test";
import { customerLines, fitCustomers } from "../../commands/customer-lines.js";
import { folderWith, segbook } from "../../commands/segbook.js";

test("a target that was not named and cannot be run leaves the exit code at 0", () => {
  const folder = folderWith({ "customers.csv": customerLines });
  assert.equal(segbook(folder, [...fitCustomers, "--output", "d.json"]).exitCode, 0);
  const { exitCode, document } = segbook(folder, ["verify", "--definition", "d.json", "--json"], {
    PGHOST: "",
  });
  const targets = document.targets as readonly { target: string; status: string }[];
  assert.equal(targets.find(({ target }) => target === "postgresql")?.status, "not-run");
  assert.equal(exitCode, 0);
});
