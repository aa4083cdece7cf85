import { escapeHtml } from "../core/escape-html.js";

export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly size?: number;
  readonly colour?: string;
}

/** Lines of a plotly text, its few tags and entities undone. */
function textLines(text: string): readonly string[] {
  return text.split("<br>").map((line) =>
    line
      .replace(/<[^<>]*>/g, "")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&#123;/g, "{")
      .replace(/&amp;/g, "&"),
  );
}

/** A text of one or more lines, centred on its place from top to bottom. */
export function svgText(text: string, { x, y, anchor, size = 12, colour = "#1f2328" }: TextPlace): string {
  const lines = textLines(text);
  const top = y - ((lines.length - 1) * size * 1.2) / 2 + size * 0.35;
  const spans = lines.map(
    (line, i) =>
      `<tspan x="${x}" y="${Math.round((top + i * size * 1.2) * 10) / 10}">${xmlText(line)}</tspan>`,
  );
  return `<text text-anchor="${anchor}" font-size="${size}" fill="${colour}">${spans.join("")}</text>`;
}

/** Text that XML allows: escaped, without the control characters that would break the whole picture. */
function xmlText(text: string): string {
  return escapeHtml(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""));
}

/** About how wide a text comes out, in pixels. */
export function textWidth(text: string, size: number): number {
  return Math.max(0, ...textLines(text).map((line) => line.length * size * 0.58));
}
