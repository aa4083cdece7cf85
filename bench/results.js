import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("results.md", import.meta.url));
const title = "# Measurements\n\nWritten by the scripts beside this file; each replaces its own section.\n";

/** The rows of a section's table, without its head; none where there is no such section yet. */
export function readRows(heading) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const section = text.split(/^(?=## )/m).find((one) => one.startsWith(`## ${heading}\n`)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);
}

/** Replaces one section of results.md, leaving the others as they are. */
export function writeSection(heading, text) {
  const before = existsSync(file) ? readFileSync(file, "utf8") : title;
  const [head, ...sections] = before.split(/^(?=## )/m);
  const kept = sections.filter((section) => !section.startsWith(`## ${heading}\n`));
  const own = `## ${heading}\n\n${text.trim()}\n`;
  const all = [...kept.map((section) => `${section.trim()}\n`), own].sort();
  writeFileSync(file, [`${head.trim()}\n`, ...all].join("\n"));
}
