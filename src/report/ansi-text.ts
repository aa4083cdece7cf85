import { stripVTControlCharacters } from "node:util";
import { escapeHtml } from "../core/escape-html.js";
import { withoutEmails } from "./redact.js";

const colours = "black red green yellow blue magenta cyan white".split(" ");

interface Style {
  readonly colour?: string | undefined;
  readonly isBold?: boolean;
}

/**
 * What a program printed to a terminal, as HTML: the eight colours and bold type as classes, everything else that steers a
 * terminal taken out, e-mail addresses too.
 */
export function ansiHtml(text: string): string {
  const parts = withoutEmails(text).split(/\u001b\[([\d;]*)m/);
  let style: Style = {};
  return parts
    .map((part, i) => {
      if (i % 2 === 1) {
        style = nextStyle(style, part);
        return "";
      }
      return spanHtml(escapeHtml(stripVTControlCharacters(part)), style);
    })
    .join("");
}

function nextStyle(style: Style, codes: string): Style {
  const numbers = codes.split(";").map(Number);
  let next = style;
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i]!;
    if (code === 38 || code === 48) {
      // One of 256 colours, or of 16 million: their numbers are not codes.
      i += numbers[i + 1] === 5 ? 2 : 4;
    } else next = styleAfter(next, code);
  }
  return next;
}

function styleAfter(style: Style, code: number): Style {
  if (code === 0) return {};
  if (code === 1) return { ...style, isBold: true };
  if (code === 22) return { ...style, isBold: false };
  if (code === 39) return { ...style, colour: undefined };
  if (code >= 30 && code <= 37) return { ...style, colour: colours[code - 30] };
  if (code >= 90 && code <= 97) return { ...style, colour: colours[code - 90] };
  return style;
}

function spanHtml(html: string, { colour, isBold }: Style): string {
  if (html === "" || (colour === undefined && !isBold)) return html;
  const classes = [...(colour === undefined ? [] : [`ansi-${colour}`]), ...(isBold ? ["ansi-bold"] : [])];
  return `<span class="${classes.join(" ")}">${html}</span>`;
}
