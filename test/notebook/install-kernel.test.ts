import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { test } from "node:test";
import { installKernel } from "#src/notebook/install-kernel.js";
import { scratchFolder } from "./made-notebook.js";

test("the kernel description names Node and the launcher by absolute paths that exist", (context) => {
  const prefix = scratchFolder(context);
  const path = installKernel({ prefix });
  assert.equal(path, join(prefix, "share", "jupyter", "kernels", "segbook", "kernel.json"));
  const { argv, ...rest } = JSON.parse(readFileSync(path, "utf8"));
  assert.deepEqual(rest, {
    display_name: "TypeScript (segbook)",
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { debugger: false },
  });
  assert.equal(argv.at(-1), "{connection_file}");
  assert.ok([argv[0], argv.at(-2)].every((file: string) => isAbsolute(file) && existsSync(file)));
});
