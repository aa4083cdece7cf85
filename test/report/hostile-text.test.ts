import assert from "node:assert/strict";
import { test } from "node:test";
import { segmentSizes } from "#src/charts/segment-sizes.js";
import { markdown } from "#src/notebook/markdown.js";
import { renderReport } from "#src/report/render-report.js";
import { madeOverview, prose, shown } from "./made-report.js";

const evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'=cmd()\u0000%{x}\ud800";

test("hostile text in every place is shown and never obeyed", () => {
  const card = madeOverview.cards[0]!;
  const sizes = segmentSizes([{ key: evil, name: evil, size: 3, share: 1, revenueShare: 1 }]);
  const html = renderReport({
    title: evil,
    overview: {
      ...madeOverview,
      workbook: evil,
      asOf: evil,
      headline: evil,
      method: evil,
      cards: [{ ...card, key: evil, name: evil, verdictWords: evil, markers: [evil], action: evil }],
    },
    notebooks: [
      {
        fileName: `${evil}.ipynb`,
        notebook: {
          cells: [
            prose(`# ${evil}\n\n${evil}\n\n[click](javascript:alert(3)) ![out](https://x.example/a.png)`),
            shown(evil, [sizes, sizes.table, markdown`${evil}`]),
            {
              cell_type: "code",
              source: evil,
              outputs: [
                {
                  output_type: "display_data",
                  data: {
                    "text/html": `${evil}<a href="javascript:alert(4)">a</a><iframe src="https://x.example"></iframe><p style="x" onclick="y">z</p>`,
                  },
                },
                { output_type: "stream", name: "stdout", text: evil },
                { output_type: "error", ename: evil, evalue: evil },
                { output_type: "display_data", data: { "image/png": `"><script>alert(5)</script>` } },
              ],
            },
          ],
        },
      },
    ],
    run: {
      parameters: [{ name: evil, value: evil }],
      inputs: [{ name: evil, sha256: evil }],
      versions: [{ name: evil, version: evil }],
      seconds: 1,
    },
    account: {
      sources: [{ name: evil, rowsRead: 1, rowsKept: 0, dropped: [{ reason: evil, rows: 1 }] }],
      customers: { found: 1, kept: 1, dropped: [] },
    },
    files: [{ name: evil, bytes: 1 }],
  });
  const scripts = [...html.matchAll(/<script\b([^>]*)>/g)].map((match) => match[1]!.trim());
  assert.deepEqual(
    scripts.sort(),
    [
      "",
      "",
      'type="application/json"',
      'type="application/json" id="palettes"',
      'type="application/octet-stream" id="plotly-bundle"',
    ].sort(),
  );
  const text = html.replace(/<script\b[\s\S]*?<\/script>/g, "");
  const bare = text.replace(/="[^"]*"/g, '=""');
  assert.doesNotMatch(bare, /<img src=x|<iframe|<[^>]*\s(?:on[a-z]+|style)=/);
  assert.doesNotMatch(text, /href="javascript/);
  assert.doesNotMatch(text, /(?:src|href)="[^"]*x\.example/);
  assert.match(text, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
});
