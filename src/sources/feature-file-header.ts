import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { InputError } from "../core/errors.js";

/** A header is looked for in this many bytes. */
const headBytes = 1 << 20;

/**
 * The column names in the first line of a delimited file, exactly as written; BOM and CRLF are no part of them.
 *
 * We read them ourselves because a database renames names that are empty, repeated or equal but for case.
 *
 * @throws InputError if the file is empty, not UTF-8, or its first line does not end within 1 MB.
 */
export function readHeader(caller: string, path: string, delimiter: string): string[] {
  const head = readHead(caller, path);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    throw new InputError(`${caller}: the file must be UTF-8, got UTF-16 in ${path}`);
  const text = new TextDecoder("utf-8").decode(head);
  const names = parseFirstRecord(text, delimiter);
  if (names === undefined)
    throw new InputError(
      `${caller}: the first line must be a header within 1 MB, got no end of it in ${path}`,
    );
  if (names.length === 1 && names[0] === "")
    throw new InputError(`${caller}: the first line must be a header, got nothing in ${path}`);
  if (names.some((name) => name.includes("\ufffd")))
    throw new InputError(`${caller}: the header must be UTF-8, got other bytes in ${path}`);
  return names;
}

function readHead(caller: string, path: string): Uint8Array {
  const buffer = new Uint8Array(headBytes);
  const file = openSync(path, "r");
  try {
    const head = buffer.subarray(0, readSync(file, buffer, 0, headBytes, 0));
    return path.toLowerCase().endsWith(".gz") ? unzipHead(caller, path, head) : head;
  } finally {
    closeSync(file);
  }
}

function unzipHead(caller: string, path: string, head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    throw new InputError(
      `${caller}: a file called .gz must be compressed with gzip, got other bytes in ${path}`,
    );
  }
}

/** Fields up to the first line end outside quotes; undefined if a quote is still open where the text ends. */
function parseFirstRecord(text: string, delimiter: string): string[] | undefined {
  const fields: string[] = [];
  let field = "";
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (isQuoted && character === '"' && text[i + 1] === '"') {
      field += '"';
      i++;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) field += character;
    else if (character === delimiter) {
      fields.push(field);
      field = "";
    } else if (character === "\n" || character === "\r") return [...fields, field];
    else field += character;
  }
  return isQuoted || text.length >= headBytes ? undefined : [...fields, field];
}
