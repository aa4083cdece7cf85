import assert from "node:assert/strict";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findBrowser } from "#src/report/find-browser.js";
import { writePdf } from "#src/report/pdf.js";
import { writeReport } from "#src/report/write-report.js";
import { folderWith } from "../commands/segbook.js";
import { foreignNotebook } from "./foreign-notebook.js";

/** A program in the place of a browser. */
function fakeBrowser(script: string): { folder: string; environment: Record<string, string> } {
  const folder = folderWith({ "report.html": "<p>report</p>" });
  const path = join(folder, "chromium");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { folder, environment: { PATH: folder } };
}

test("the browser is the named one, else the first on the path, else none", () => {
  const { folder, environment } = fakeBrowser("exit 0");
  const path = join(folder, "chromium");
  assert.equal(findBrowser(environment), path);
  assert.equal(findBrowser({ PATH: "", SEGBOOK_CHROMIUM: path }), path);
  assert.equal(findBrowser({ PATH: "", CHROMIUM: path }), path);
  assert.throws(() => findBrowser({ SEGBOOK_CHROMIUM: "/nowhere/chromium" }), {
    name: "InputError",
    message: 'findBrowser: SEGBOOK_CHROMIUM must name a browser, got "/nowhere/chromium"',
  });
});

test("without a browser a PDF is refused with the way to get one", {
  skip: process.platform === "darwin",
}, async () => {
  await assert.rejects(writePdf("report.html", "report.pdf", { environment: { PATH: "" } }), {
    name: "MachineError",
    message:
      /^writePdf: browser must be installed, got no Chromium, Chrome or Edge on the path\. Install one \(apt-get install chromium/,
  });
});

test("a browser that hangs is ended in time, and leaves no file", async () => {
  const { folder, environment } = fakeBrowser("sleep 60");
  const pdf = join(folder, "report.pdf");
  const started = performance.now();
  await assert.rejects(writePdf(join(folder, "report.html"), pdf, { environment, timeoutSeconds: 1 }), {
    name: "MachineError",
    message: /^withHeadlessPage: browser must answer, got no answer within 1 seconds at /,
  });
  assert.ok(performance.now() - started < 10_000);
  assert.equal(existsSync(pdf), false);
});

test("a browser that dies is named", async () => {
  const { folder, environment } = fakeBrowser("exit 7");
  await assert.rejects(
    writePdf(join(folder, "report.html"), join(folder, "report.pdf"), { environment }),
    /browser must answer, got its end \(exit code 7\) at /,
  );
});

test("a browser that fails costs a report its still pictures, nothing else", async () => {
  const { folder, environment } = fakeBrowser("exit 7");
  const written = await writeReport(
    join(folder, "out.html"),
    {
      title: "Foreign",
      kind: "notebooks",
      notebooks: [{ fileName: "foreign.ipynb", notebook: foreignNotebook() }],
      run: { parameters: [], inputs: [], versions: [] },
      files: [],
    },
    { environment },
  );
  assert.match(
    written.lack ?? "",
    /^figures of other makers have no still picture for readers without scripts: /,
  );
  assert.ok(existsSync(join(folder, "out.html")));
});
