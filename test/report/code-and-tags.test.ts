import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExecutedCell } from "#src/report/executed-notebook.js";
import { prose } from "./made-report.js";
import { article, reportOf } from "./report-of.js";

function cell(metadata: Readonly<Record<string, unknown>>): ExecutedCell {
  return {
    cell_type: "code",
    metadata,
    source: "const visibleCode = 1;",
    outputs: [{ output_type: "stream", name: "stdout", text: "visible output" }],
  };
}

const tagged = (tag: string): string => article([cell({ tags: [tag] })]);

test("remove takes a part out of the file, in both spellings", () => {
  for (const mark of ["-", "_"]) {
    assert.doesNotMatch(tagged(`remove${mark}input`), /visibleCode/);
    assert.match(tagged(`remove${mark}input`), /visible output/);
    assert.doesNotMatch(tagged(`remove${mark}output`), /visible output/);
    assert.match(tagged(`remove${mark}output`), /visibleCode/);
    assert.doesNotMatch(tagged(`remove${mark}cell`), /visibleCode|visible output/);
  }
});

test("hide folds a part, in both spellings and as JupyterLab writes it", () => {
  const foldedOutput = /<details class="fold"><summary>Output<\/summary><pre[^>]*>visible output/;
  const foldedCode = /<details class="code hidden-code"><summary>Code/;
  for (const mark of ["-", "_"]) {
    assert.match(tagged(`hide${mark}output`), foldedOutput);
    assert.match(tagged(`hide${mark}input`), foldedCode);
    assert.match(
      tagged(`hide${mark}cell`),
      /<details class="fold whole-cell"><summary>[^<]*<\/summary><div class="cell"/,
    );
  }
  assert.match(article([cell({ jupyter: { outputs_hidden: true } })]), foldedOutput);
  assert.match(article([cell({ jupyter: { source_hidden: true } })]), foldedCode);
});

test("a hidden Markdown cell is folded too", () => {
  const hidden: ExecutedCell = { ...prose("secret words"), metadata: { tags: ["hide-cell"] } };
  assert.match(article([hidden]), /<details class="fold whole-cell">[\s\S]*secret words[\s\S]*<\/details>/);
});

test("without code no line of any cell is in the file, nor in a traceback", () => {
  const failed: ExecutedCell = {
    cell_type: "code",
    source: "const secretFormula = margin * 7;",
    outputs: [
      {
        output_type: "error",
        ename: "Error",
        evalue: "no margin",
        traceback: ["Error: no margin", "cell 2, line 1", "> 1 const secretFormula = margin * 7;", "x"],
      },
    ],
  };
  const html = reportOf([cell({}), failed], { code: "none" });
  assert.doesNotMatch(html, /visibleCode|secretFormula|margin \* 7|<details class="code|all-code" /);
  assert.match(html, /visible output/);
  assert.match(html, /Error: no margin/);
});

test("the marker that papermill leaves above a failed cell is not part of the story", () => {
  const marker: ExecutedCell = {
    cell_type: "markdown",
    metadata: { tags: ["papermill-error-cell-tag"] },
    source: '# <span style="color:red">An Exception was encountered</span>',
  };
  const html = reportOf([marker, prose("# The real title")]);
  assert.doesNotMatch(html, /An Exception was encountered/);
  assert.match(html, /<h3 id="notebook-01-test">The real title<\/h3>/);
});

test("an error that was meant to happen is no failure of the run", () => {
  const meant: ExecutedCell = {
    cell_type: "code",
    metadata: { tags: ["raises_exception"] },
    source: "boom()",
    outputs: [{ output_type: "error", ename: "Error", evalue: "boom" }],
  };
  assert.doesNotMatch(reportOf([meant]), /did not finish/);
  assert.match(reportOf([{ ...meant, metadata: {} }]), /did not finish/);
});

test("a notebook that was not run says so", () => {
  const idle: ExecutedCell = { cell_type: "code", source: "x", outputs: [], execution_count: null };
  assert.match(article([idle]), /This notebook was not run: it holds no results\./);
});

test("headings of a notebook keep their order under its title, whatever levels it uses", () => {
  const html = article([prose("# Title\n\n### Part\n\n##### Detail\n\n### Next")]);
  assert.deepEqual(
    [...html.matchAll(/<h(\d)[^>]*>([^<]*)/g)].map(([, level, text]) => `${level} ${text}`),
    ["3 Title", "4 Part", "5 Detail", "4 Next"],
  );
});

test("two notebooks of one name, and one whose name has no Latin letter, have places of their own", () => {
  const html = reportOf([], {
    notebooks: ["a/x.ipynb", "b/x.ipynb", "分析.ipynb"].map((fileName) => ({
      fileName,
      notebook: { cells: [prose("# T")] },
    })),
  });
  const ids = [...html.matchAll(/<h3 id="([^"]+)"/g)].map((match) => match[1]);
  assert.deepEqual(
    ids.filter((id) => id!.startsWith("notebook")),
    ["notebook-x", "notebook-x-2", "notebook-"],
  );
});

test("Python code is coloured as Python, an unknown language is plain", () => {
  const page = (name: string): string =>
    reportOf([], {
      notebooks: [
        {
          fileName: "x.ipynb",
          notebook: {
            metadata: { language_info: { name } },
            cells: [{ ...cell({}), source: "def f(): pass" }],
          },
        },
      ],
    });
  assert.match(page("python"), /<span class="hljs-keyword">def<\/span>/);
  assert.match(page("brainfuck"), /<code>def f\(\): pass<\/code>/);
});
