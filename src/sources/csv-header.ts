import { describeValue, didYouMean, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** The columns of a file, by name, and those that the workbook needs. */
export interface HeaderCheck {
  readonly header: readonly string[];
  readonly needed: readonly string[];
  /** Of delimited text: what the workbook says stands between fields. */
  readonly delimiter?: string;
}

/**
 * Throws unless every needed column is in the header exactly once. Other columns are not looked at.
 *
 * @throws InputError (without the file's name) with the nearest name, or with the delimiter that the file seems to use.
 */
export function checkHeader({ header, needed, delimiter }: HeaderCheck): void {
  const repeated = needed.find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (repeated !== undefined)
    throw new InputError(`must name each column once, got ${describeValue(repeated)} twice in its header`);
  const missing = needed.find((name) => !header.includes(name));
  if (missing === undefined) return;
  const likely = delimiter === undefined ? undefined : likelyDelimiter(header, needed, delimiter);
  const hint =
    likely === undefined
      ? didYouMean(missing, header)
      : `. The file seems to use ${JSON.stringify(likely)} between fields: say delimiter: ${JSON.stringify(likely)}`;
  throw new InputError(
    `must have the column ${describeValue(missing)}, got ${listForMessage(header.map(describeValue))} in its header${hint}`,
  );
}

function likelyDelimiter(
  header: readonly string[],
  needed: readonly string[],
  declared: string,
): string | undefined {
  const line = header.join(declared);
  return [";", ",", "\t", "|"]
    .filter((other) => other !== declared)
    .find((other) => {
      const names = line.split(other).map((name) => name.replaceAll('"', "").trim());
      return names.length > 1 && needed.filter((name) => names.includes(name)).length > needed.length / 2;
    });
}
