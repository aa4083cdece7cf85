import { InputError } from "../core/errors.js";
import { lineFeed } from "./csv-field.js";
import { longestRecord } from "./csv-record.js";

/** The bytes of one JSON record, and the line on which it begins; without bytes where it is too long to be one. */
export interface JsonText {
  readonly line: number;
  readonly bytes: Buffer | undefined;
}

/** Lines that are not blank, each a record. Memory is a chunk and a record. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncIterable<JsonText> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let isTooLong = false;
  for await (const chunk of chunks) {
    const buffer = Buffer.concat([rest, chunk]);
    let at = 0;
    for (let end = buffer.indexOf(lineFeed); end >= 0; end = buffer.indexOf(lineFeed, at)) {
      const bytes = isTooLong || end - at > longestRecord ? undefined : buffer.subarray(at, end);
      if (bytes === undefined || !isBlank(bytes)) yield { line, bytes };
      isTooLong = false;
      line++;
      at = end + 1;
    }
    rest = buffer.subarray(at);
    isTooLong ||= rest.length > longestRecord;
    if (isTooLong) rest = Buffer.alloc(0);
  }
  if (isTooLong) yield { line, bytes: undefined };
  else if (!isBlank(rest)) yield { line, bytes: rest };
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every(isSpace);
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

/** Where the scan of an array is. */
interface ArrayState {
  place: "before" | "element" | "between" | "after";
  line: number;
  /** Of the element: where it begins in the buffer, its line, open brackets, whether inside a text and after a backslash. */
  start: number;
  startLine: number;
  depth: number;
  inText: boolean;
  escaped: boolean;
}

/**
 * The elements of a JSON array, as they stand. Memory is a chunk and a record.
 *
 * @throws InputError (without the file's name) if the text is no array, or is not closed.
 */
export async function* splitArray(chunks: AsyncIterable<Buffer>): AsyncIterable<JsonText> {
  const state: ArrayState = {
    place: "before",
    line: 1,
    start: 0,
    startLine: 1,
    depth: 0,
    inText: false,
    escaped: false,
  };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const from = rest.length;
    const buffer = from === 0 ? chunk : Buffer.concat([rest, chunk]);
    yield* elementsIn(buffer, from, state);
    const isOpen = state.place === "element";
    if (isOpen && buffer.length - state.start > 16 * longestRecord)
      throw new InputError(
        `must be a JSON array of objects, got one of more than 32 MB at line ${state.startLine}`,
      );
    rest = isOpen ? buffer.subarray(state.start) : Buffer.alloc(0);
    state.start = 0;
  }
  if (state.place === "before") throw new InputError("must be a JSON array of objects, got an empty file");
  if (state.place !== "after")
    throw new InputError(
      `must be a whole JSON array, got one that is not closed, open at line ${state.startLine}`,
    );
}

function* elementsIn(buffer: Buffer, from: number, state: ArrayState): Iterable<JsonText> {
  for (let at = from; at < buffer.length; at++) {
    const byte = buffer[at]!;
    if (byte === lineFeed) state.line++;
    if (state.place !== "element") {
      if (!isSpace(byte)) enterByte(state, byte, at);
    } else if (endsElement(state, byte)) {
      const bytes = buffer.subarray(state.start, at);
      yield { line: state.startLine, bytes: bytes.length > longestRecord ? undefined : bytes };
      state.place = byte === 0x5d ? "after" : "between";
    }
  }
}

const openBrackets: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closeBrackets: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** A byte between elements: it opens or closes the array, or begins an element. */
function enterByte(state: ArrayState, byte: number, at: number): void {
  if (state.place === "after")
    throw new InputError(`must end after its JSON array, got more at line ${state.line}`);
  if (state.place === "before") {
    if (byte === 0x7b)
      throw new InputError(
        "must be a JSON array of objects, got one object. Say format: ndjson if every line is one",
      );
    if (byte !== 0x5b) throw new InputError("must be a JSON array of objects, got other text");
    state.place = "between";
    state.startLine = state.line;
  } else if (byte === 0x5d) state.place = "after";
  else
    Object.assign(state, { place: "element", start: at, startLine: state.line, depth: 0 }).inText =
      byte === 0x22;
  if (state.place === "element" && openBrackets.has(byte)) state.depth = 1;
}

/** Follows an element. @returns Whether the byte ends it: a comma or the array's bracket outside of it. */
function endsElement(state: ArrayState, byte: number): boolean {
  if (state.inText) {
    if (state.escaped) state.escaped = false;
    else if (byte === 0x5c) state.escaped = true;
    else if (byte === 0x22) state.inText = false;
    return false;
  }
  if (byte === 0x22) state.inText = true;
  else if (state.depth === 0) return byte === 0x2c || byte === 0x5d;
  else if (openBrackets.has(byte)) state.depth++;
  else if (closeBrackets.has(byte)) state.depth--;
  return false;
}
