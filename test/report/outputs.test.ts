import assert from "node:assert/strict";
import { test } from "node:test";
import type { CellOutput, ExecutedCell } from "#src/report/executed-notebook.js";
import { prose } from "./made-report.js";
import { article, output } from "./report-of.js";

function printed(...outputs: readonly CellOutput[]): ExecutedCell {
  return { cell_type: "code", source: "x", outputs };
}

function stream(text: string, name: string = "stdout"): CellOutput {
  return { output_type: "stream", name, text };
}

test("outputs take the richest form that is safe: picture, HTML, Markdown, LaTeX, JSON, text", () => {
  const forms: [string, unknown, RegExp][] = [
    ["image/svg+xml", "<svg/>".replace("/", " /"), /src="data:image\/svg\+xml;base64,/],
    ["image/png", "iVBORw0KGgo=", /src="data:image\/png;base64,iVBORw0KGgo="/],
    ["image/jpeg", "/9j/4AAQ", /src="data:image\/jpeg;base64,\/9j\/4AAQ"/],
    ["image/gif", "R0lGODlh", /src="data:image\/gif;base64,/],
    ["image/webp", "UklGRg==", /src="data:image\/webp;base64,/],
    ["text/html", ["<b>ri", "ch</b>"], /<b>rich<\/b>/],
    ["text/markdown", "*well*", /<em>well<\/em>/],
    ["text/latex", "$x^2$", /<msup><mi>x<\/mi><mn>2<\/mn><\/msup>/],
    ["application/json", { a: 1 }, /&quot;a&quot;: 1/],
    ["text/plain", "a < b", /a &lt; b/],
  ];
  for (let i = 0; i < forms.length; i++) {
    const html = article([output(Object.fromEntries(forms.slice(i)))]);
    assert.match(html, forms[i]![2], forms[i]![0]);
    assert.equal(html.match(/class="(?:picture|output|prose|formula|printed)"/g)!.length, 1, forms[i]![0]);
  }
});

test("execute_result is shown like display_data", () => {
  const cell = printed({ output_type: "execute_result", data: { "text/plain": "42" }, metadata: {} });
  assert.match(article([cell]), /<pre class="printed" tabindex="0">42<\/pre>/);
});

test("an SVG is an image, in which no script runs, at a size that fits the page", () => {
  const svg = (attributes: string): string =>
    article([output({ "image/svg+xml": `<svg ${attributes}><script>alert(1)</script></svg>` })]);
  assert.doesNotMatch(svg("onload='alert(1)'"), /<svg|alert|onload/);
  assert.match(svg("width='300pt' height='150pt'"), /width="400" height="200"/);
  assert.match(svg("width='90000' height='9000'"), /width="920" height="92"/);
  assert.match(svg("viewBox='0 0 60 30'"), /width="60" height="30"/);
  assert.doesNotMatch(svg("width='100%' height='-1'"), /(?:width|height)=/);
});

test("a picture that is no picture is not put in the page", () => {
  const html = article([output({ "image/png": '"><script>alert(1)</script>', "text/plain": "fallback" })]);
  assert.doesNotMatch(html, /<script|<img/);
  assert.match(html, /fallback/);
});

test("a picture has the size that its maker declared, and words only if there are some", () => {
  const size = { "image/png": { width: 320, height: 200 } };
  const data = { "image/png": "iVBORw0KGgo=", "text/plain": "<Figure size 640x480 with 1 Axes>" };
  const html = article([output(data, size)]);
  assert.match(html, /alt="Picture without a description" width="320" height="200"/);
});

test("HTML is cleaned: nothing runs, styles, fetches, submits or names an e-mail", () => {
  const hostile = `<style>body{display:none}</style><script>alert(1)</script><p onclick="x()" style="color:red">kept</p>
    <img src="https://x.example/pixel.gif"><img src=x onerror=alert(1)><iframe src="https://x.example"></iframe><form action="https://x.example"><input></form>
    <a href="javascript:alert(1)">link</a><svg><script>alert(2)</script></svg><math><mtext><style><img src=x onerror=alert(1)></style></mtext></math><object data=x></object>ann@mail.example.org`;
  const html = article([output({ "text/html": hostile })]);
  assert.match(html, /<p>kept<\/p>/);
  assert.doesNotMatch(
    html.replace(/="[^"]*"/g, '=""'),
    /script|style|onerror|onclick|iframe|<form|<input|<svg|<object|<img/,
  );
  assert.doesNotMatch(html, /x\.example|javascript:|mail\.example/);
});

test("tables of pandas and others are dressed like ours: numbers on the right, words on the left, long ones cut by name", () => {
  const row = (i: number): string => `<tr><th>${i}</th><td>name ${i}</td><td>${i}.50</td><td>NaN</td></tr>`;
  const body = Array.from({ length: 300 }, (_, i) => row(i)).join("");
  const html = article([
    output({
      "text/html": `<div><style scoped>th{}</style><table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>name</th><th>price</th><th>gone</th></tr></thead><tbody>${body}</tbody></table></div>`,
    }),
  ]);
  assert.match(
    html,
    /<th class="segbook-right"><\/th><th>name<\/th><th class="segbook-right">price<\/th><th>gone<\/th>/,
  );
  assert.match(
    html,
    /<th class="segbook-right">7<\/th><td>name 7<\/td><td class="segbook-right">7\.50<\/td>/,
  );
  assert.match(html, /200 of 300 rows\./);
  assert.doesNotMatch(html, /name 200|dataframe|scoped/);
});

test("HTML that is only a program says so in one line", () => {
  const html = article([output({ "text/html": "<div id=x></div><script>draw()</script>" })]);
  assert.match(html, /This output is a program or a frame in HTML, which a report does not run/);
});

test("HTML nested without end costs no time, and deep data no error", () => {
  const html = article([output({ "text/html": "<div>".repeat(100_000) }), prose("<b>".repeat(100_000))]);
  assert.equal(html.match(/HTML nested too deeply to be shown/g)!.length, 2);
  const deep = JSON.parse("[".repeat(9000) + "]".repeat(9000));
  assert.match(article([output({ "application/json": deep })]), /<article/);
});

test("HTML too long for any page is named, not carried", () => {
  const html = article([output({ "text/html": "<p>x</p>".repeat(700_000) })]);
  assert.match(html, /An HTML output of 6 million characters stands in the notebook/);
});

test("formulas become MathML, in prose and in outputs; money stays money; broken LaTeX is shown as written", () => {
  const html = article([
    prose("It costs $5 to $90, or $p_i^2$.\n\n$$\n\\frac{a}{b}\n$$\n\nand $\\notacommand{x}$ <b>bold</b>"),
    output({ "text/latex": "\\begin{tabular}{l} <b> \\end{tabular}" }),
  ]);
  assert.match(html, /It costs \$5 to \$90, or <span class="katex"><math/);
  assert.match(html, /<div class="formula" tabindex="0"><span class="katex"><math[^>]*display="block"/);
  assert.match(html, /<code class="latex">\\notacommand\{x\}<\/code>/);
  assert.match(html, /\\begin\{tabular\}\{l\} &lt;b&gt;/);
});

test("LaTeX cannot style, link, fetch or hang", () => {
  const html = article([
    prose(
      "$\\fcolorbox{red}{blue}{x}$ $\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://x.example/a.png}$",
    ),
    output({ "text/latex": "$\\def\\a{\\a\\a}\\a$" }),
  ]);
  assert.doesNotMatch(html, /\sstyle=|<a |src=/);
});

test("an author's HTML in prose is cleaned and kept; markup in a Markdown output is data and shown", () => {
  const author = article([prose('<b>bold</b><br><script>alert(1)</script><p style="x" onclick="y">p</p>')]);
  assert.match(author, /<b>bold<\/b><br \/>/);
  assert.doesNotMatch(author, /<script|style=|onclick/);
  assert.match(article([output({ "text/markdown": "<b>Shop</b>" })]), /&lt;b&gt;Shop/);
});

test("an unclosed tag in prose cannot swallow the page", () => {
  const html = article([prose("<details><div>"), prose("next")]);
  assert.equal(html.match(/<details>/g)?.length, html.match(/<\/details>/g)?.length);
});

test("a picture attached to a Markdown cell is shown; one from elsewhere leaves its description", () => {
  const attachments = { "a b.png": { "image/png": "iVBORw0KGgo=" } };
  const html = article([
    {
      cell_type: "markdown",
      source: "![mine](attachment:a%20b.png) ![theirs](https://x.example/p.png) ![gone](attachment:gone.png)",
      attachments,
    },
  ]);
  assert.match(html, /<img src="data:image\/png;base64,iVBORw0KGgo=" alt="mine"/);
  assert.equal(html.match(/<img/g)!.length, 1);
  assert.match(html, /theirs gone/);
});

test("long JSON is folded, short JSON is open", () => {
  const long = { values: Array.from({ length: 40 }, (_, i) => `<${i}>`) };
  const html = article([output({ "application/json": long })]);
  assert.match(html, /<details class="fold"><summary>Data, 44 lines<\/summary><pre[^>]*>\{/);
  assert.match(html, /&lt;39&gt;/);
});

test("terminal colours become classes, every other code of a terminal is taken out, progress lines end as their last state", () => {
  const text =
    "\u001b[1;31mbad\u001b[0m \u001b[38;5;124mdeep\u001b[39m \u001b]8;;https://x.example\u0007link\u001b]8;;\u0007\n 10%\r100%\n";
  const html = article([printed(stream(text))]);
  assert.match(html, /<span class="ansi-red ansi-bold">bad<\/span> deep link\n100%<\/pre>/);
});

test("pieces of one stream are one text; what came as a warning is marked", () => {
  const html = article([printed(stream("a"), stream("b\n"), stream("careful", "stderr"))]);
  assert.match(
    html,
    /<pre class="printed" tabindex="0">ab<\/pre>\n<pre class="printed warning" tabindex="0">careful/,
  );
});

test("what a cell printed without end is cut, and the cut is named", () => {
  assert.match(article([printed(stream("y".repeat(25_000)))]), /… 5,000 more characters<\/pre>/);
});

test("an error shows its message, and where it happened under it", () => {
  const error: CellOutput = {
    output_type: "error",
    ename: "KeyError",
    evalue: "'<b>'",
    traceback: [
      "\u001b[31mKeyError\u001b[0m",
      "Cell In[1], line 2",
      "----> 2 orders['<b>']",
      "KeyError: '<b>'",
    ],
  };
  const html = article([printed(error)]);
  assert.match(html, /<pre class="printed error" tabindex="0">KeyError: &#39;&lt;b&gt;&#39;<\/pre>/);
  assert.match(
    html,
    /<details class="fold"><summary>Where<\/summary><pre[^>]*><span class="ansi-red">KeyError/,
  );
});

test("a widget or an unknown kind of output is named in one plain line", () => {
  const widget = { "application/vnd.jupyter.widget-view+json": { model_id: "1" }, "text/plain": "HBox()" };
  assert.match(article([output(widget)]), /An interactive widget stands here in the notebook/);
  const vega = { "application/vnd.vegalite.v5+json": {}, "text/plain": "<VegaLite 5 object>" };
  const html = article([output(vega)]);
  assert.match(html, /A report cannot show this output \(application\/vnd\.vegalite\.v5\+json\)\./);
  assert.doesNotMatch(html, /VegaLite 5 object/);
});

test("outputs of any shape do not break the page", () => {
  const odd: unknown[] = [
    null,
    1,
    "text",
    [],
    {},
    { output_type: "stream" },
    { output_type: "error" },
    { output_type: "display_data", data: null },
    { output_type: "display_data", data: { "text/html": 7, "image/png": {}, "text/plain": null } },
    { output_type: "display_data", data: { "application/vnd.plotly.v1+json": { data: [null] } } },
    { output_type: "display_data", data: { "application/vnd.plotly.v1+json": "x" }, metadata: 3 },
  ];
  for (const one of odd) assert.ok(article([printed(one as CellOutput)]), JSON.stringify(one));
});
