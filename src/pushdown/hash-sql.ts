import { integerLiteral } from "../engine/sql-numbers.js";
import { quoteText } from "../engine/sql-text.js";
import type { PushdownDialect } from "./pushdown-engine.js";

/** Hashes are whole numbers from 0 to this, exclusive: 13 hexadecimal digits of an MD5. */
export const hashRange: number = 2 ** 52;

/**
 * SQL: a hash of a text column and a seed, the same number in every engine, so that the same rows are drawn everywhere.
 *
 * @param purpose - Keeps draws for different ends apart.
 */
export function hashSql(column: string, purpose: string, dialect: PushdownDialect): string {
  const text = `${column} || ${quoteText(`:${purpose}`, dialect)}`;
  switch (dialect) {
    case "duckdb":
      return `CAST('0x' || substr(md5(${text}), 1, 13) AS BIGINT)`;
    case "trino":
      return `from_base(substr(lower(to_hex(md5(to_utf8(${text})))), 1, 13), 16)`;
    case "spark":
      return `CAST(conv(substr(md5(${text}), 1, 13), 16, 10) AS BIGINT)`;
  }
}

/** Beyond 12 a Poisson number of mean 1 has a chance below 10^-10. */
const mostDraws = 12;

/** SQL: how often a resample draws a row, Poisson with mean 1, from its hash. */
export function poissonSql(hash: string): string {
  const branches: string[] = [];
  let chance = Math.exp(-1);
  let upTo = chance;
  for (let draws = 0; draws < mostDraws; draws++) {
    branches.push(`WHEN ${hash} < ${integerLiteral(Math.floor(upTo * hashRange))} THEN ${draws}`);
    chance /= draws + 1;
    upTo += chance;
  }
  return `CASE ${branches.join(" ")} ELSE ${mostDraws} END`;
}
