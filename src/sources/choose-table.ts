import { describeValue, didYouMean, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";

/**
 * Which of a database file's tables a source reads: the one that it names, or the only one.
 *
 * @throws InputError (without the file's name) if there is no such table, or several and none is named.
 */
export function chooseTable(names: readonly string[], wanted: string | undefined): string {
  if (wanted === undefined && names.length === 1) return names[0]!;
  const shown = listForMessage(names.map(describeValue)) || "none";
  if (wanted === undefined)
    throw new InputError(`must have one table or a table that is named, got ${shown}. Say table: NAME`);
  if (names.includes(wanted)) return wanted;
  throw new InputError(
    `must have the table ${describeValue(wanted)}, got ${shown}${didYouMean(wanted, names)}`,
  );
}
