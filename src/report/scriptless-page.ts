import { pageFrame, sourceHash } from "./page-frame.js";

/** A page that runs no scripts and asks for nothing from anywhere. */
export function scriptlessPage({
  title,
  style,
  body,
}: Readonly<Record<"title" | "style" | "body", string>>): string {
  const policy = `default-src 'none'; style-src ${sourceHash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return pageFrame({ title, policy, style, body });
}
