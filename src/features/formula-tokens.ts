import { InputError } from "../core/errors.js";

/** A feature of the team's own as text, and where it stands. */
export interface FormulaText {
  /** Name of the feature. */
  readonly feature: string;
  readonly text: string;
}

export interface FormulaToken {
  /** `name` is a word or `` `any text` ``; `sign` an operator, bracket or comma; `end` comes last. */
  readonly kind: "number" | "text" | "name" | "sign" | "end";
  /** Without quotes. */
  readonly value: string;
  /** Of the first character, from 1. */
  readonly column: number;
  readonly isQuoted: boolean;
}

const pattern =
  /(?<blank>\s+)|(?<number>\d+(?:\.\d+)?(?![\w.]))|(?<name>[A-Za-z_]\w*)|`(?<quotedName>(?:[^`]|``)+)`|"(?<double>(?:[^"]|"")*)"|'(?<single>(?:[^']|'')*)'|(?<sign><=|>=|<>|!=|==|[-+*/()<>=,])/uy;

/**
 * The words of a formula.
 *
 * @throws InputError at the first character that begins none.
 */
export function formulaTokens(formula: FormulaText): readonly FormulaToken[] {
  const tokens: FormulaToken[] = [];
  let start = 0;
  while (start < formula.text.length) {
    pattern.lastIndex = start;
    const match = pattern.exec(formula.text);
    if (!match)
      refuseFormula(
        formula,
        start + 1,
        unreadRequirement(formula.text, start),
        JSON.stringify(formula.text.slice(start, start + 12)),
      );
    const token = tokenOf(match.groups!, start + 1);
    if (token) tokens.push(token);
    start = pattern.lastIndex;
  }
  return [...tokens, { kind: "end", value: "the end", column: formula.text.length + 1, isQuoted: false }];
}

function tokenOf(
  groups: Readonly<Record<string, string | undefined>>,
  column: number,
): FormulaToken | undefined {
  const { number, name, quotedName, double, single, sign } = groups;
  const at = { column, isQuoted: false };
  if (number !== undefined) return { ...at, kind: "number", value: number };
  if (name !== undefined) return { ...at, kind: "name", value: name };
  if (quotedName !== undefined)
    return { column, isQuoted: true, kind: "name", value: quotedName.replaceAll("``", "`") };
  if (double !== undefined) return { ...at, kind: "text", value: double.replaceAll('""', '"') };
  if (single !== undefined) return { ...at, kind: "text", value: single.replaceAll("''", "'") };
  if (sign !== undefined) return { ...at, kind: "sign", value: sign };
  return undefined;
}

function unreadRequirement(text: string, start: number): string {
  const first = text[start]!;
  if (first === '"' || first === "'" || first === "`") return `close the ${first} that it opens`;
  if (/\d/.test(first)) return "write numbers as 12 or 12.5";
  return "hold names, numbers, quoted texts, brackets and + - * / = <> < <= > >= only";
}

/**
 * Ends the reading of a formula with one clear error.
 *
 * @param column - Of the character at fault, from 1.
 * @param requirement - What the formula must do.
 */
export function refuseFormula(
  { feature }: FormulaText,
  column: number,
  requirement: string,
  got: string,
  hint: string = "",
): never {
  throw new InputError(
    `listFeatures: the expression of ${JSON.stringify(feature)} must ${requirement}, got ${got} at column ${column}${hint}`,
  );
}
