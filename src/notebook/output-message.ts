import { isObject, type JsonObject } from "./notebook.js";

/** A thrown text can be of any length, and a traceback repeats it. */
const longestText = 100_000;

/**
 * The output that a notebook file holds for a message of type `error`, `display_data` or `execute_result`, as the format wants it
 * whatever the sender sent.
 */
export function readOutput(type: string, content: JsonObject): JsonObject {
  if (type === "error") return readError(content);
  const output = { output_type: type, data: readBundle(content.data), metadata: readMetadata(content) };
  if (type !== "execute_result") return output;
  return { ...output, execution_count: readCount(content.execution_count) };
}

/** Data and metadata of a display, to replace those of an earlier one. */
export function readDisplay(content: JsonObject): JsonObject {
  return { data: readBundle(content.data), metadata: readMetadata(content) };
}

/** The id by which a later message may replace this display. */
export function displayIdOf(content: JsonObject): string | undefined {
  const id = isObject(content.transient) ? content.transient.display_id : undefined;
  return typeof id === "string" ? id : undefined;
}

/** A whole number, or null if the sender sent something else. */
export function readCount(count: unknown): number | null {
  return Number.isInteger(count) && Number(count) >= 0 ? Number(count) : null;
}

/** A text of bearable length. */
export function shorten(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

function readError({ ename, evalue, traceback }: JsonObject): JsonObject {
  const lines = Array.isArray(traceback) ? traceback.map((line) => shorten(String(line))) : [];
  return {
    output_type: "error",
    ename: String(ename),
    evalue: shorten(String(evalue)),
    traceback: lines,
  };
}

function readMetadata({ metadata }: JsonObject): JsonObject {
  return isObject(metadata) ? metadata : {};
}

/** JSON types hold anything; every other type holds text. */
function readBundle(data: unknown): JsonObject {
  if (!isObject(data)) return {};
  const entries = Object.entries(data).map(([type, value]) => {
    const isText = typeof value === "string" || /^application\/(.*\+)?json$/.test(type);
    return [type, isText ? value : JSON.stringify(value ?? null)];
  });
  return Object.fromEntries(entries);
}
