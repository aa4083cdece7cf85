import { createHash } from "node:crypto";
import { escapeHtml } from "../core/escape-html.js";

/** A page that runs no scripts and asks for nothing from anywhere. */
export function scriptlessPage({
  title,
  style,
  body,
}: Readonly<Record<"title" | "style" | "body", string>>): string {
  const hash = createHash("sha256").update(style, "utf8").digest("base64");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'">
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
