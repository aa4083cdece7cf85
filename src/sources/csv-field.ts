/** How delimited text is written: one ASCII byte each; quote −1: nothing is quoted. */
export interface CsvBytes {
  readonly delimiter: number;
  readonly quote: number;
  /** Stands before a quote inside a quoted field; absent: there the quote is doubled. */
  readonly escape?: number;
}

/** Byte of a line feed. */
export const lineFeed = 10;
/** Byte of a carriage return. */
export const carriageReturn = 13;
const space = 32;

/** A field's end: the delimiter, or where the line ends. */
export interface CsvField {
  readonly stop: number;
  readonly isQuoted: boolean;
  /** Bytes between the quotes, or of the whole field. */
  readonly from: number;
  readonly to: number;
  readonly irregular: boolean;
}

/** The field that begins at `at`; "open" where its closing quote is not in the buffer, "broken" where text follows the quote. */
export function fieldAt(
  buffer: Buffer,
  at: number,
  { delimiter, quote, escape: before = quote }: CsvBytes,
): CsvField | "open" | "broken" {
  let first = at;
  while (buffer[first] === space && delimiter !== space) first++;
  if (quote < 0 || buffer[first] !== quote) return plainField(buffer, at, delimiter);
  const close = closingQuote(buffer, first + 1, { quote, before });
  if (close < 0) return "open";
  let stop = close + 1;
  while (buffer[stop] === space && delimiter !== space) stop++;
  const ends = stop >= buffer.length || buffer[stop] === delimiter || isLineEnd(buffer, stop);
  if (!ends) return "broken";
  const irregular = first > at || stop > close + 1 || before !== quote;
  return { stop, isQuoted: true, from: first + 1, to: close, irregular };
}

/** Where the quoted text that begins at `from` ends; −1 where it does not. */
function closingQuote(
  buffer: Buffer,
  from: number,
  { quote, before }: { readonly quote: number; readonly before: number },
): number {
  let close = buffer.indexOf(quote, from);
  if (before === quote) {
    while (close >= 0 && buffer[close + 1] === quote) close = buffer.indexOf(quote, close + 2);
    return close;
  }
  while (close >= 0 && isEscaped(buffer, { from, at: close, before }))
    close = buffer.indexOf(quote, close + 1);
  return close;
}

/** An odd number of escapes (`before`) stands before the byte. */
function isEscaped(
  buffer: Buffer,
  { from, at, before }: { readonly from: number; readonly at: number; readonly before: number },
): boolean {
  let first = at;
  while (first > from && buffer[first - 1] === before) first--;
  return (at - first) % 2 === 1;
}

function plainField(buffer: Buffer, at: number, delimiter: number): CsvField {
  let stop = at;
  let irregular = false;
  while (stop < buffer.length && buffer[stop] !== delimiter && !isLineEnd(buffer, stop)) {
    irregular ||= buffer[stop] === carriageReturn;
    stop++;
  }
  return { stop, isQuoted: false, from: at, to: stop, irregular };
}

function isLineEnd(buffer: Buffer, at: number): boolean {
  const isReturn = buffer[at] === carriageReturn && (at + 1 >= buffer.length || buffer[at + 1] === lineFeed);
  return buffer[at] === lineFeed || isReturn;
}

/** The fields of a record as text, quotes undone. */
export function recordFields(record: Buffer, bytes: CsvBytes): string[] {
  const fields: string[] = [];
  for (let at = 0; at <= record.length; ) {
    const field = fieldAt(record, at, bytes);
    if (typeof field === "string") break;
    const text = record.toString("utf8", field.from, field.to);
    fields.push(field.isQuoted ? unescaped(text, bytes) : text);
    at = field.stop + 1;
  }
  return fields;
}

function unescaped(text: string, bytes: CsvBytes): string {
  const quote = String.fromCharCode(bytes.quote);
  const before = String.fromCharCode(bytes.escape ?? bytes.quote);
  if (quote === before) return text.replaceAll(quote + quote, quote);
  const parts = text.split(before + before);
  return parts.map((part) => part.replaceAll(before, "")).join(before);
}
