import { darkPalette, lightPalette } from "../charts/theme.js";
import { drawingScript } from "./drawing-script.js";
import { pageFrame, sourceHash } from "./page-frame.js";
import { pageStyle } from "./page-style.js";
import type { PackedBundle } from "./plotly-bundle.js";
import { readingScript } from "./reading-script.js";

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly body: string;
  /** Absent on a page without figures. */
  readonly bundle?: PackedBundle | undefined;
}

/** Hash of the empty style element that plotly fills through the object model. */
const emptyStyleHash = sourceHash("");

/** A whole page: strict policy by hashes, one style sheet, its scripts, and plotly only where there is something to draw. */
export function pageHtml({ title, body, bundle }: PageParts): string {
  const style = pageStyle();
  const scripts = [readingScript, ...(bundle ? [drawingScript, bundle.source] : [])];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(sourceHash).join(" ")}`,
    `style-src ${sourceHash(style)} ${emptyStyleHash}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const drawing = bundle ? drawingHtml(bundle) : "";
  return pageFrame({ title, policy, style, body: `${body}\n<script>${readingScript}</script>\n${drawing}` });
}

/** The drawing script unpacks the bundle, whose hash the policy knows, when the page stands. */
function drawingHtml({ packed }: PackedBundle): string {
  const palettes = JSON.stringify({ light: lightPalette, dark: darkPalette });
  return `<script type="application/json" id="palettes">${palettes}</script>
<script type="application/octet-stream" id="plotly-bundle">${packed}</script>
<script>${drawingScript}</script>`;
}
