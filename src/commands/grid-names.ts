import type { Combination } from "../parameters/parameter-grid.js";

/** Longest part of a folder's name that says a value, in characters. */
const valueLength = 40;

/**
 * The folder of each combination, such as `asOf=2026-01-31,clusterCount=5`: what no file name may hold becomes `_`, and of two equal
 * names the second gets a number.
 */
export function folderNames(combinations: readonly Combination[]): string[] {
  const taken = new Set<string>();
  return combinations.map(({ chosen }) => {
    const name = chosen
      .map(([parameter, value]) => `${parameter}=${fileNamePart(valueText(value))}`)
      .join(",");
    let unique = name;
    // Some file systems do not tell large letters from small ones.
    for (let i = 2; taken.has(unique.toLowerCase()); i++) unique = `${name}-${i}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** A value as it is typed: text without quotes, the rest as JSON. */
export function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function fileNamePart(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}._+ -]/gu, "_").trim();
  return (
    [...plain]
      .slice(0, valueLength)
      .join("")
      .replace(/[. ]+$/, "") || "empty"
  );
}
