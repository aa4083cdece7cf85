/** What a bundle's HTML form holds beside the figure: the same numbers as a table, and a still picture. */
export interface HtmlTwin {
  readonly table: Element | null;
  readonly picture: HTMLImageElement | null;
}

/** Reads the twin that our own figures carry; another program's HTML has none. */
export function readTwin(html: unknown, sanitize: (html: string) => string): HtmlTwin {
  if (typeof html !== "string" || !html.includes("segbook-")) return { table: null, picture: null };
  const clean = new DOMParser().parseFromString(sanitize(html), "text/html").body;
  const picture = clean.querySelector("img");
  const isInline = picture?.src.startsWith("data:image/") ?? false;
  return { table: clean.querySelector("details"), picture: isInline ? picture : null };
}
