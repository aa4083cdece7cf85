import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { findUnshown } from "#src/report/find-unshown.js";
import { article, output, reportOf } from "./report-of.js";

function figure(type: string, rest: Readonly<Record<string, unknown>> = {}) {
  return output({ "application/vnd.plotly.v1+json": { data: [{ type, ...rest }], layout: {} } });
}

/** Which plotly stands in a page. */
function bundleIn(html: string): string {
  const packed = /id="plotly-bundle">([^<]+)</.exec(html)?.[1];
  if (packed === undefined) return "none";
  const source = inflateSync(Buffer.from(packed, "base64")).toString("utf8");
  return /plotly\.js \((\w+) - minified\)/.exec(source)?.[1] ?? source.slice(0, 200);
}

test("the page carries the smallest plotly that draws all its figures", () => {
  assert.equal(bundleIn(reportOf([figure("bar"), figure("pie")])), "basic");
  assert.equal(bundleIn(reportOf([figure("bar"), figure("heatmap")])), "cartesian");
  const strict = reportOf([figure("bar"), figure("sankey")]);
  assert.equal(bundleIn(strict), "strict");
  assert.ok(Buffer.byteLength(strict) < 2_500_000, "packed");
});

test("a figure that would ask a server gives way to a line that says so, and is listed with notebook and cell", () => {
  const cells = [figure("bar"), figure("scattergeo", { lat: [52], lon: [13] }), figure("pointcloud")];
  const html = reportOf(cells);
  assert.equal(bundleIn(html), "basic");
  assert.match(
    html,
    /This figure is not drawn: its trace type is &quot;scattergeo&quot;, which asks a server for its map\. Show bars/,
  );
  assert.equal(html.match(/class="plot"/g)!.length, 1);
  const unshown = findUnshown([{ fileName: "a.ipynb", notebook: { cells } }]);
  assert.equal(unshown.length, 2);
  assert.match(
    unshown[0]!,
    /^a\.ipynb, cell 2: figure not drawn: its trace type is "scattergeo", which asks/,
  );
  assert.match(unshown[1]!, /^a\.ipynb, cell 3: .*"pointcloud", which plotly\.js 4 does not have/);
});

test("nothing in a figure's data can leave the page, style it inline or end its script", () => {
  const hostile = output({
    "application/vnd.plotly.v1+json": {
      data: [
        {
          type: "bar",
          name: "</script><script>alert(1)</script>",
          text: '<a href="https://x.example"><b>t</b></a>',
          hovertext: '<<a>a href="//one"><<<a>span>a href="//two">',
        },
      ],
      layout: {
        images: [{ source: "https://x.example/a.png" }],
        template: { layout: { images: [{ source: "//x.example/b.png" }] } },
        title: { text: "<span style='color:red'>mail ann@mail.example.org</span>" },
      },
      config: { plotlyServerURL: "https://x.example", showSendToCloud: true },
    },
  });
  const html = reportOf([hostile]).replace(/<script>[\s\S]*?<\/script>/g, "");
  assert.doesNotMatch(html, /x\.example|mail\.example|<script>alert|showSendToCloud/);
  assert.match(html, /"text":"\\u003cb>t\\u003c\/b>"/);
  assert.match(html, /"hovertext":"a href=[^<]*"/, "a link inside a link");
  assert.doesNotMatch(html, /"hovertext":"[^,]*u003c/);
});

test("prose with the ids of the page's own data does not stand in for them", () => {
  const prose = {
    cell_type: "markdown",
    source: '<b id="palettes">no</b><b id="plotly-bundle">no</b>',
    metadata: {},
  };
  const html = reportOf([prose, figure("bar")]);
  assert.match(html, /<b id="palettes">/);
  assert.doesNotMatch(html, /getElementById\("(?:palettes|plotly-bundle)"\)/);
});

test("a picture inside a figure stays", () => {
  const source = "data:image/png;base64,iVBORw0KGgo=";
  const html = reportOf([figure("image", { source })]);
  assert.ok(html.includes(JSON.stringify(source)));
});

test("frames travel with the figure, for its sliders", () => {
  const animated = output({
    "application/vnd.plotly.v1+json": { data: [{ type: "bar" }], layout: {}, frames: [{ name: "2026" }] },
  });
  assert.match(reportOf([animated]), /"frames":\[\{"name":"2026"\}\]/);
});

test("a figure without a twin gets its numbers from its traces, packed ones too", () => {
  const packed = Buffer.from(Float64Array.of(1.5, 2.5).buffer).toString("base64");
  const html = article([
    figure("scatter", { name: "North & South", x: ["a", "b"], y: { dtype: "f8", bdata: packed } }),
    figure("sankey", {
      node: { label: ["A", "B"] },
      link: { source: [0], target: [1], value: [7] },
    }),
  ]);
  assert.match(html, /<caption>North &amp; South \(scatter\)<\/caption>/);
  assert.match(html, /<th scope="row" class="segbook-left">b<\/th><td class="segbook-right">2\.5<\/td>/);
  assert.match(html, /<th scope="row" class="segbook-left">A<\/th><td class="segbook-left">B<\/td>/);
});

test("a still picture of a figure stands where scripts are off", () => {
  const stills = new Map([["figure-1", "data:image/webp;base64,UklGRg=="]]);
  assert.match(
    article([figure("sankey")], { stills }),
    /<noscript><img class="segbook-picture" alt="Figure 1" src="data:image\/webp;base64,UklGRg=="><\/noscript>/,
  );
});

test("a figure with more data than a page can carry is named", () => {
  const html = article([figure("bar", { text: "x".repeat(21_000_000) })]);
  assert.match(html, /This figure is not drawn: it holds 21 MB of data/);
});
