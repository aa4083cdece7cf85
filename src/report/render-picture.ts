import { escapeHtml } from "../core/escape-html.js";
import { isObject, type JsonObject } from "../notebook/notebook.js";
import { joinLines } from "./executed-notebook.js";
import { printedText, withoutEmails } from "./redact.js";

/** Picture formats of a notebook that every browser shows, the one that stays sharp first. */
const rasterTypes: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The picture among the forms of an output, inside the page; undefined where there is none. A script in an SVG cannot run in an image. */
export function pictureHtml(data: JsonObject, metadata: unknown): string | undefined {
  const alt = escapeHtml(describe(data));
  const svg = joinLines(data["image/svg+xml"]);
  if (/<svg[\s>]/.test(svg)) return svgHtml(svg, alt);
  const type = rasterTypes.find((one) => isBase64(joinLines(data[one])));
  if (type === undefined) return undefined;
  const source = `data:${type};base64,${joinLines(data[type]).replace(/\s/g, "")}`;
  return imageHtml(source, alt, declaredSize(metadata, type));
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/=\s]+$/.test(text) && text.trim() !== "";
}

function svgHtml(svg: string, alt: string): string {
  const named = /<svg[^>]*\sxmlns=/.test(svg)
    ? svg
    : svg.replace(/<svg(?=[\s>])/, '<svg xmlns="http://www.w3.org/2000/svg"');
  const source = `data:image/svg+xml;base64,${Buffer.from(withoutEmails(named)).toString("base64")}`;
  return imageHtml(source, alt, svgSize(named));
}

function imageHtml(source: string, alt: string, size: PictureSize | undefined): string {
  const sized = size ? ` width="${size.width}" height="${size.height}"` : "";
  return `<img class="picture" alt="${alt}"${sized} src="${source}">`;
}

/** Python describes its pictures as `<Figure size 640x480 with 1 Axes>`, which tells a listener nothing. */
function describe(data: JsonObject): string {
  const text = printedText(joinLines(data["text/plain"])).trim().slice(0, 200);
  return text === "" || /^<.*>$/s.test(text) ? "Picture without a description" : text;
}

function declaredSize(metadata: unknown, type: string): PictureSize | undefined {
  const declared = isObject(metadata) ? metadata[type] : undefined;
  return isObject(declared) ? saneSize(Number(declared.width), Number(declared.height)) : undefined;
}

/** The size an SVG asks for; without it a browser would draw 300 pixels, or the whole width. */
function svgSize(svg: string): PictureSize | undefined {
  const tag = /<svg[^>]*>/.exec(svg)?.[0] ?? "";
  const [width, height] = ["width", "height"].map((name) =>
    pixels(new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]),
  );
  if (width !== undefined && height !== undefined) return saneSize(width, height);
  const box = /\sviewBox\s*=\s*["']([^"']*)["']/
    .exec(tag)?.[1]
    ?.trim()
    .split(/[\s,]+/)
    .map(Number);
  return box?.length === 4 ? saneSize(box[2]!, box[3]!) : undefined;
}

const pixelsPerUnit: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["px", 1],
  ["pt", 4 / 3],
  ["in", 96],
  ["cm", 37.8],
  ["mm", 3.78],
]);

function pixels(length: string | undefined): number | undefined {
  const parts = /^\s*([\d.]+)(\w*)\s*$/.exec(length ?? "");
  const unit = parts && pixelsPerUnit.get(parts[2]!);
  return unit ? Number(parts[1]) * unit : undefined;
}

/** Within the page's width, and not so small that nobody sees it; nothing for numbers that are none. */
function saneSize(width: number, height: number): PictureSize | undefined {
  if (!(width > 0 && height > 0 && Number.isFinite(width) && Number.isFinite(height))) return undefined;
  const scale = Math.min(1, 920 / width, 1600 / height);
  const atLeast = (value: number): number => Math.max(8, Math.round(value * scale));
  return { width: atLeast(width), height: atLeast(height) };
}
