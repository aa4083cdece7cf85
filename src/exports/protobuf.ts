/** One field of a protobuf message, written out. */
export type ProtobufField = Uint8Array;

/** A whole number, as protobuf's varint; negative ones as two's complement of 64 bits. */
export function integerField(number: number, value: number): ProtobufField {
  return joinBytes([varint(number << 3), varint(value)]);
}

/** Text as UTF-8. */
export function textField(number: number, value: string): ProtobufField {
  return bytesField(number, new TextEncoder().encode(value));
}

/** Raw bytes, or an inner message. */
export function bytesField(number: number, value: Uint8Array): ProtobufField {
  return joinBytes([varint((number << 3) | 2), varint(value.length), value]);
}

/** A message inside another. */
export function messageField(number: number, fields: readonly ProtobufField[]): ProtobufField {
  return bytesField(number, joinBytes(fields));
}

/** Fields one after the other: a message is nothing else. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}
