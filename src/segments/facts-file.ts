import { readFileSync } from "node:fs";
import { InputError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import type { Definition } from "./definition.js";
import type { SegmentFacts } from "./segment-facts.js";

/** Facts as JSON: the same facts give the same bytes. */
export function factsText(facts: SegmentFacts): string {
  return `${JSON.stringify(facts, null, 1)}\n`;
}

/**
 * Reads what a run wrote as `profile.json`.
 *
 * @throws InputError if it cannot be read, is no such file or belongs to another definition.
 */
export function readFacts(path: string, definition: Definition): SegmentFacts {
  const facts = parse(readText(path), path);
  if (facts.fingerprint === definition.fingerprint) return facts;
  throw new InputError(
    `readFacts: profile must be of the definition with fingerprint ${definition.fingerprint.slice(0, 12)}, got ${facts.fingerprint.slice(0, 12)} in ${path}`,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileError(error, {
      caller: "readFacts",
      requirement: "profile must be a file that can be read",
      path,
    });
  }
}

function parse(text: string, path: string): SegmentFacts {
  let facts: Partial<SegmentFacts> | null = null;
  try {
    facts = JSON.parse(text) as Partial<SegmentFacts> | null;
  } catch {
    // Said below.
  }
  if (
    typeof facts?.fingerprint === "string" &&
    Array.isArray(facts.segments) &&
    Array.isArray(facts.features)
  )
    return facts as SegmentFacts;
  throw new InputError(`readFacts: profile must be what a run wrote as profile.json, got ${path}`);
}
