import { readFileSync } from "node:fs";

/** The numbers that somebody else's program gave; test/reference holds the script beside each file. */
export function referenceNumbers<Numbers>(name: string): Numbers {
  return JSON.parse(readFileSync(`test/reference/${name}.json`, "utf8"));
}
