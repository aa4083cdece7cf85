import { deflateSync } from "node:zlib";
import type { ExecutedCell, ExecutedNotebook } from "#src/report/executed-notebook.js";

/** A notebook as an analyst's Python tools leave one: every kind of output that people bring along. Nothing in it is ours. */
export function foreignNotebook(): ExecutedNotebook {
  return {
    metadata: { kernelspec: { language: "python" }, language_info: { name: "python" } },
    cells: [
      markdown(
        "# Where do spring buyers come from?\n\nA look at **2,400 orders**; they cost $5 to $90 each.<br>The share of a channel is $p_i = \\frac{n_i}{\\sum_j n_j}$, and\n\n$$\n\\mathrm{HHI} = \\sum_i p_i^2\n$$\n\nmeasures how few channels there are.",
      ),
      markdown("## Channels\n\n![The shop](attachment:shop%20front.png)\n\n### By week", {
        "shop front.png": { "image/png": pngOf(80, 40) },
      }),
      code("print(colored('done', 'green'))", [
        {
          output_type: "stream",
          name: "stdout",
          text: "read   0%\rread  50%\rread 100%\n\u001b[32mdone\u001b[0m in \u001b[1;34m2.1 s\u001b[0m\n",
        },
        {
          output_type: "stream",
          name: "stderr",
          text: "FutureWarning: groupby will change its default\n",
        },
      ]),
      code("px.sankey(flows)", [display(plotly(sankey, "From channel to basket"))]),
      code("px.line_polar(profile)", [display(plotly(polar, "Interest by theme"))]),
      code("px.scatter(orders, render_mode='webgl')", [display(plotly(cloud, "Orders by day and value"))]),
      code("go.Table(...)", [display(plotly(plotlyTable, ""))]),
      code("fig, ax = plt.subplots()", [
        display({ "image/png": pngOf(640, 240), "text/plain": "<Figure size 640x240 with 1 Axes>" }),
        display({ "image/svg+xml": matplotlibSvg, "text/plain": "Orders per week, rising" }),
      ]),
      code("orders.head(300)", [
        { ...display({ "text/html": pandasTable(300), "text/plain": "..." }), output_type: "execute_result" },
      ]),
      code("sympy.Eq(...)", [
        display({
          "text/latex": "$\\displaystyle \\int_{0}^{1} x^{2}\\, dx = \\frac{1}{3}$",
          "text/plain": "Eq(…)",
        }),
        display({ "text/latex": "\\begin{tabular}{l} not mathematics \\end{tabular}" }),
      ]),
      code("JSON(settings)", [
        display({ "application/json": settings, "text/plain": "<IPython.core.display.JSON object>" }),
      ]),
      code("tqdm(…)", [
        display({
          "application/vnd.jupyter.widget-view+json": { model_id: "1" },
          "text/plain": "HBox(children=())",
        }),
        display({
          "application/vnd.vegalite.v5+json": { mark: "bar" },
          "text/plain": "<VegaLite 5 object>",
        }),
      ]),
      {
        ...code("orders['missing']", [
          {
            output_type: "error",
            ename: "KeyError",
            evalue: "'missing'",
            traceback: [
              "\u001b[0;31mKeyError\u001b[0m  Traceback (most recent call last)",
              "Cell \u001b[0;32mIn[9], line 1\u001b[0m\n\u001b[0;32m----> 1\u001b[0m orders[\u001b[38;5;124m'missing'\u001b[39m]",
              "\u001b[0;31mKeyError\u001b[0m: 'missing'",
            ],
          },
        ]),
        metadata: { tags: ["raises-exception"] },
      },
    ],
  };
}

function markdown(source: string, attachments?: Readonly<Record<string, unknown>>): ExecutedCell {
  return { cell_type: "markdown", source, ...(attachments && { attachments }) };
}

function code(source: string, outputs: NonNullable<ExecutedCell["outputs"]>): ExecutedCell {
  return { cell_type: "code", source, execution_count: 1, outputs };
}

function display(data: Readonly<Record<string, unknown>>): NonNullable<ExecutedCell["outputs"]>[number] {
  return { output_type: "display_data", data, metadata: {} };
}

/** A figure as plotly's Python package sends it: its theme inside, and HTML with a program beside. */
function plotly(
  traces: readonly Readonly<Record<string, unknown>>[],
  title: string,
): Readonly<Record<string, unknown>> {
  const layout = {
    template: {
      layout: { font: { color: "#2a3f5f" }, plot_bgcolor: "#E5ECF6", xaxis: { gridcolor: "white" } },
    },
    ...(title !== "" && { title: { text: title, font: { color: "black" } } }),
  };
  return {
    "application/vnd.plotly.v1+json": {
      data: traces,
      layout,
      config: { plotlyServerURL: "https://x.example" },
    },
    "text/html": "<div><script>Plotly.newPlot('x')</script></div>",
  };
}

const sankey = [
  {
    type: "sankey",
    node: { label: ["Newsletter", "Search", "Children", "Outdoor"] },
    link: { source: [0, 0, 1, 1], target: [2, 3, 2, 3], value: [8, 4, 2, 8] },
  },
];

const polar = [
  {
    type: "scatterpolar",
    name: "Families",
    r: [4, 3, 2, 5, 4],
    theta: ["price", "quality", "brand", "eco", "price"],
    fill: "toself",
  },
  {
    type: "scatterpolar",
    name: "Singles",
    r: [2, 4, 5, 2, 2],
    theta: ["price", "quality", "brand", "eco", "price"],
    fill: "toself",
  },
];

/** Numbers packed as bytes, as plotly's Python package has done since version 6. */
const cloud = [
  {
    type: "scattergl",
    mode: "markers",
    x: packed(Float64Array.from({ length: 2400 }, (_, i) => i % 365)),
    y: packed(Float64Array.from({ length: 2400 }, (_, i) => 40 + 30 * Math.sin(i * 1.7) + (i % 7))),
  },
];

const plotlyTable = [
  {
    type: "table",
    header: { values: ["Channel", "Orders"], fill: { color: "paleturquoise" } },
    cells: {
      values: [
        ["Newsletter", "Search"],
        [1200, 1200],
      ],
    },
  },
];

function packed(values: Float64Array): Readonly<Record<string, string>> {
  return { dtype: "f8", bdata: Buffer.from(values.buffer).toString("base64") };
}

const matplotlibSvg = `<?xml version="1.0" encoding="utf-8"?>
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="300pt" height="120pt" viewBox="0 0 300 120" xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M10 100 L100 60 L200 70 L290 20" fill="none" stroke="#1f77b4" stroke-width="2"/><text x="10" y="20" font-size="12">Orders per week</text></svg>`;

function pandasTable(rows: number): string {
  const body = Array.from(
    { length: rows },
    (_, i) =>
      `<tr><th>${i}</th><td>${["Newsletter", "Search"][i % 2]}</td><td>${(i * 1.37).toFixed(2)}</td><td>${i % 9 === 0 ? "NaN" : i}</td></tr>`,
  );
  return `<div>\n<style scoped>.dataframe tbody tr th { vertical-align: top; }</style>\n<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>channel</th><th>value</th><th>items</th></tr></thead><tbody>${body.join("\n")}</tbody></table>\n</div>`;
}

const settings = {
  shop: "Sample",
  channels: ["newsletter", "search"],
  limits: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`limit${i}`, i * 10])),
};

/** A small picture: a grey field, as a PNG in base64. */
function pngOf(width: number, height: number): string {
  const rows = Buffer.concat(
    Array.from({ length: height }, () => Buffer.concat([Buffer.of(0), Buffer.alloc(width, 0x99)])),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]).toString("base64");
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(content.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(checksum(body), 4 + body.length);
  return frame;
}

/** CRC-32 as PNG has it. */
function checksum(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
