import { createHash } from "node:crypto";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";

const keyTable = "segbook_audience_key";
const blockBytes = 64;
const leastBytes = 32;

/**
 * Gives the engine a secret for {@link hmacSql}. It lives in memory until the engine is closed and is never written.
 *
 * @throws InputError if the secret has fewer than 32 bytes; the message does not show it.
 */
export async function useKey(engine: Engine, key: string): Promise<void> {
  const bytes = Buffer.from(key);
  if (bytes.length < leastBytes)
    throw new InputError(
      `exportAudiences: key must have at least ${leastBytes} bytes, got ${bytes.length}. One is made by: openssl rand -hex 32`,
    );
  const short = bytes.length > blockBytes ? createHash("sha256").update(bytes).digest() : bytes;
  const block = Buffer.alloc(blockBytes);
  short.copy(block);
  const masked = (mask: number): string => Buffer.from(block.map((byte) => byte ^ mask)).toString("hex");
  await engine.run(`CREATE OR REPLACE TEMPORARY TABLE ${keyTable} AS
    SELECT unhex('${masked(0x36)}') AS inner_key, unhex('${masked(0x5c)}') AS outer_key`);
}

/** SQL of HMAC-SHA-256 (RFC 2104) of a text under the key, in lower-case hexadecimal digits. */
export function hmacSql(text: string): string {
  const [inner, outer] = ["inner_key", "outer_key"].map((name) => `(SELECT ${name} FROM ${keyTable})`);
  // Not concat(), which turns bytes into text first.
  return `sha256(${outer} || unhex(sha256(${inner} || encode(${text}))))`;
}
