import { type FormulaText, type FormulaToken, formulaTokens, refuseFormula } from "./formula-tokens.js";

/** The tokens of a formula and how far they are read. */
export interface FormulaReader {
  readonly formula: FormulaText;
  readonly tokens: readonly FormulaToken[];
  position: number;
  /** Brackets and conditions open at this place. */
  depth: number;
}

/** Stands before the first token. @throws InputError if the text has a sign that no formula has. */
export function openFormula(formula: FormulaText): FormulaReader {
  return { formula, tokens: formulaTokens(formula), position: 0, depth: 0 };
}

/** The next token. */
export function peek({ tokens, position }: FormulaReader): FormulaToken {
  return tokens[position]!;
}

/** Takes the next token if it is one of these signs or words. */
export function take(reader: FormulaReader, ...values: readonly string[]): FormulaToken | undefined {
  const token = peek(reader);
  const isAmong =
    token.kind === "sign" ? values.includes(token.value) : values.includes(token.value.toLowerCase());
  if (!isAmong || token.isQuoted || token.kind === "text" || token.kind === "number") return undefined;
  reader.position++;
  return token;
}

/** Takes the next token, which must be this sign or word. @throws InputError */
export function expect(reader: FormulaReader, value: string, purpose: string): void {
  if (!take(reader, value)) refuse(reader, `have ${value} ${purpose}`);
}

/** Refuses the next token. @throws InputError */
export function refuse(reader: FormulaReader, requirement: string): never {
  const { value, column, kind } = peek(reader);
  refuseFormula(reader.formula, column, requirement, kind === "end" ? value : JSON.stringify(value));
}
