import { readFileSync, statSync } from "node:fs";
import { InputError, MachineError } from "../core/errors.js";
import { internWords } from "../core/intern-words.js";
import { checkDefinition } from "./check-definition.js";
import type { Definition } from "./definition.js";
import { fingerprintOf } from "./fingerprint.js";
import { locateChange } from "./locate-change.js";

/** A definition of 40 segments over 32 features has about 3 MB; anything far larger is something else. */
const mostBytes = 16 * 2 ** 20;

/** Levels of JSON within JSON: the deepest definition has about a hundred. */
const deepestJson = 250;

/**
 * Reads and checks a definition file.
 *
 * @throws InputError if the file is missing, not JSON (naming the line), larger than 16 MB, of a newer schema version, not a
 * definition (naming the member), or was changed by hand: its content must match its fingerprint.
 */
export function readDefinition(path: string): Definition {
  const value = parseJson(readText(path), path);
  const place = ` in ${path}`;
  if (isDeeper(value, deepestJson))
    throw new InputError(
      `readDefinition: the file must not nest deeper than ${deepestJson} levels, got a deeper one${place}`,
    );
  checkSchemaVersion(value, place);
  checkDefinition("readDefinition", value, place);
  const fingerprint = fingerprintOf(value);
  if (fingerprint !== value.fingerprint)
    throw new InputError(
      `readDefinition: fingerprint must be that of the content (${fingerprint.slice(0, 12)}…), got ${value.fingerprint.slice(0, 12)}…${place}. The file was changed after it was written (by its verification rows in ${locateChange(value)}): fit again, or take the original`,
    );
  return value;
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > mostBytes)
      throw new InputError(
        `readDefinition: path must name a file of at most ${mostBytes / 2 ** 20} MB, got ${Math.ceil(size / 2 ** 20)} MB in ${path}. A definition holds no customers`,
      );
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EISDIR" || code === "ENOTDIR")
      throw new InputError(
        `readDefinition: path must name a definition file, got ${path}, which is not a file`,
      );
    throw new MachineError(`readDefinition: cannot read ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return internWords(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch (error) {
    const { message } = error as Error;
    const position = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
    const read = text.slice(0, position).trimEnd();
    const line = `at line ${read.split("\n").length} of ${path}`;
    const isCutOff = read.length === text.trimEnd().length && !message.includes("is not valid JSON");
    const what = isCutOff
      ? `an end of file too early ${line}`
      : `a character that JSON does not allow there ${line}`;
    const isOther = !/^\s*\{/.test(text) && text.trim() !== "";
    throw new InputError(
      `readDefinition: the file must be JSON, got ${isOther ? `something else in ${path}` : what}`,
    );
  }
}

function checkSchemaVersion(value: unknown, place: string): void {
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === "number" && version > 1)
    throw new InputError(
      `readDefinition: schemaVersion must be 1, the newest that this segbook knows, got ${version}${place}. Update segbook`,
    );
}

/** Goes down level by level, without a stack: the file may hold anything. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((item) => (item !== null && typeof item === "object" ? Object.values(item) : []));
  }
  return false;
}
