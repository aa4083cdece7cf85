import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import { installKernel } from "#src/kernel/install-kernel.js";
import { scratchFolder } from "../notebook/made-notebook.js";

const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));

test("the kernel description names Node and the launcher by absolute paths that exist", (context) => {
  const prefix = scratchFolder(context);
  const { kernel } = installKernel({ prefix });
  assert.equal(kernel, join(prefix, "share", "jupyter", "kernels", "segbook"));
  const { argv, ...rest } = readJson(join(kernel, "kernel.json"));
  assert.deepEqual(rest, {
    display_name: "TypeScript (segbook)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  });
  assert.equal(argv.at(-1), "{connection_file}");
  assert.ok([argv[0], argv.at(-2)].every((file: string) => isAbsolute(file) && existsSync(file)));
  assert.match(readFileSync(join(kernel, "logo-svg.svg"), "utf8"), /^<svg /);
});

test("the extension holds every module that its modules import, and plotly's bundles", (context) => {
  const { extension } = installKernel({ prefix: scratchFolder(context) });
  const { jupyterlab } = readJson(join(extension, "package.json"));
  const load = join(extension, jupyterlab._build.load);
  assert.ok(existsSync(load));
  const root = join(load, "..", "..");
  assert.ok(["cartesian", "strict"].every((bundle) => existsSync(join(root, `plotly-${bundle}.js`))));
  for (const file of readdirSync(join(root, "lab"))) {
    const text = readFileSync(join(root, "lab", file), "utf8");
    for (const [, target] of text.matchAll(/from "([^"]+)"/g))
      assert.ok(existsSync(join(root, "lab", target!)), `${file} imports ${target}`);
  }
});

test("installing again replaces what an earlier version left and rewrites nothing that is the same", (context) => {
  const prefix = scratchFolder(context);
  const { extension } = installKernel({ prefix });
  const { jupyterlab } = readJson(join(extension, "package.json"));
  const load = join(extension, jupyterlab._build.load);
  const written = statSync(load).mtimeMs;
  mkdirSync(join(extension, "static", "earlier"));
  writeFileSync(join(extension, "static", "earlier", "stale.js"), "");
  installKernel({ prefix });
  assert.equal(readdirSync(join(extension, "static")).length, 1);
  assert.equal(statSync(load).mtimeMs, written);
});

test("a prefix that cannot be written is the user's to mend", (context) => {
  const file = join(scratchFolder(context), "file");
  writeFileSync(file, "");
  assert.throws(
    () => installKernel({ prefix: file }),
    (error) => error instanceof InputError && /a file where a folder is due/.test(error.message),
  );
});
