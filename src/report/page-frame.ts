import { createHash } from "node:crypto";
import { escapeHtml } from "../core/escape-html.js";

/** What every page of ours has: a policy, a title, one style sheet, and a body. */
export interface FrameParts {
  readonly title: string;
  readonly policy: string;
  readonly style: string;
  readonly body: string;
}

/** An HTML document that asks for nothing from anywhere and is found by no search engine. */
export function pageFrame({ title, policy, style, body }: FrameParts): string {
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
${body}
</body>
</html>
`;
}

/** What a policy calls a script or style of this text. */
export function sourceHash(source: string): string {
  return `'sha256-${createHash("sha256").update(source, "utf8").digest("base64")}'`;
}
