import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { darkPalette, lightPalette } from "../charts/theme.js";
import { escapeHtml } from "../core/escape-html.js";
import { drawingScript } from "./drawing-script.js";
import { pageStyle } from "./page-style.js";

/** Hash of the empty style element that plotly fills through the object model. */
const emptyStyleHash = sourceHash("");

/** A whole page: strict policy by hashes, one style sheet, one plotly bundle, one drawing script. */
export function pageHtml({ title, body }: { readonly title: string; readonly body: string }): string {
  const bundle = readPlotlyBundle();
  const style = pageStyle();
  const policy = [
    "default-src 'none'",
    `script-src ${sourceHash(bundle)} ${sourceHash(drawingScript)}`,
    `style-src ${sourceHash(style)} ${emptyStyleHash}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const exchange = Object.entries(lightPalette).map(([role, light]) => [
    light,
    darkPalette[role as keyof typeof darkPalette],
  ]);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#segments">To the segments</a>
${body}
<script type="application/json" id="dark-palette">${JSON.stringify(exchange)}</script>
<script>${bundle}</script>
<script>${drawingScript}</script>
</body>
</html>
`;
}

function readPlotlyBundle(): string {
  const path = createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min");
  return readFileSync(path, "utf8").replaceAll("\r", "");
}

function sourceHash(source: string): string {
  return `'sha256-${createHash("sha256").update(source, "utf8").digest("base64")}'`;
}
