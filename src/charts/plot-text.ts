/**
 * Text made safe for plotly, which reads a small HTML of its own, and broken into lines at spaces.
 *
 * @param width - Characters after which a line is broken; a word longer than that stays whole.
 */
export function plotText(text: string, width: number = Number.POSITIVE_INFINITY): string {
  return wrap(text, width).map(escapePlotText).join("<br>");
}

/** A name for an axis: at most 48 characters, in lines of at most 18. */
export function plotLabel(name: string): string {
  return plotText(cut(name), 18);
}

/** A name under a narrow column: lines of at most 12 characters. */
export function plotColumnLabel(name: string): string {
  return plotText(cut(name), 12);
}

/** A name that stands beside a mark in a plot: at most 24 characters. */
export function shortName(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

function cut(name: string): string {
  return name.length > 48 ? `${name.slice(0, 47)}…` : name;
}

function escapePlotText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/%\{/g, "%&#123;");
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
