import { expect, type FormulaReader, openFormula, peek, refuse, take } from "./formula-reader.js";
import type { FormulaText } from "./formula-tokens.js";

/** A formula as a tree, before its names mean anything. `column` is where it begins, from 1. */
export type Formula = { readonly column: number } & (
  | { readonly kind: "number"; readonly digits: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | FormulaCall
  | {
      readonly kind: "binary";
      readonly operator: "+" | "-" | "*" | "/" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "and" | "or";
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: "negative" | "not" | "isMissing"; readonly operand: Formula }
  | { readonly kind: "in"; readonly operand: Formula; readonly values: readonly Formula[] }
  | { readonly kind: "case"; readonly branches: readonly FormulaBranch[]; readonly otherwise?: Formula }
);

/** `sum(amount per invoice where quantity > 1)`. */
export interface FormulaCall {
  readonly kind: "call";
  readonly name: string;
  readonly values: readonly Formula[];
  readonly per?: Formula;
  readonly where?: Formula;
}

interface FormulaBranch {
  readonly when: Formula;
  readonly value: Formula;
}

const deepest = 60;
const comparisons = ["=", "==", "<>", "!=", "<", "<=", ">", ">="];
/** Words that end a value and are therefore no names unless in back quotes. */
const keywords = [
  "and",
  "or",
  "not",
  "in",
  "is",
  "missing",
  "where",
  "per",
  "case",
  "when",
  "then",
  "else",
  "end",
];

/**
 * Reads a formula: from weakest to strongest `or`, `and`, `not`, comparisons with `in` and `is missing`, `+ -`, `* /`, a sign.
 *
 * @throws InputError with the column where it stops making sense.
 */
export function parseFormula(formula: FormulaText): Formula {
  const reader = openFormula(formula);
  const tree = readEither(reader);
  const rest = peek(reader);
  if (rest.kind !== "end") refuse(reader, "end or go on with an operator");
  return tree;
}

function readEither(reader: FormulaReader): Formula {
  if (++reader.depth > deepest) refuse(reader, `nest at most ${deepest} levels deep`);
  let left = readBoth(reader);
  for (let sign = take(reader, "or"); sign; sign = take(reader, "or"))
    left = { kind: "binary", operator: "or", left, right: readBoth(reader), column: left.column };
  reader.depth--;
  return left;
}

function readBoth(reader: FormulaReader): Formula {
  let left = readNot(reader);
  for (let sign = take(reader, "and"); sign; sign = take(reader, "and"))
    left = { kind: "binary", operator: "and", left, right: readNot(reader), column: left.column };
  return left;
}

function readNot(reader: FormulaReader): Formula {
  const sign = take(reader, "not");
  if (!sign) return readComparison(reader);
  if (++reader.depth > deepest) refuse(reader, `nest at most ${deepest} levels deep`);
  const operand = readNot(reader);
  reader.depth--;
  return { kind: "not", operand, column: sign.column };
}

function readComparison(reader: FormulaReader): Formula {
  const left = readSum(reader);
  const { column } = left;
  const sign = take(reader, ...comparisons);
  if (sign) {
    const operator = sign.value === "==" ? "=" : sign.value === "!=" ? "<>" : sign.value;
    return { kind: "binary", operator: operator as "=", left, right: readSum(reader), column };
  }
  if (take(reader, "is")) {
    const isNegated = take(reader, "not");
    expect(reader, "missing", "after is");
    const missing: Formula = { kind: "isMissing", operand: left, column };
    return isNegated ? { kind: "not", operand: missing, column } : missing;
  }
  if (!take(reader, "in")) return left;
  expect(reader, "(", "after in");
  return { kind: "in", operand: left, values: readList(reader), column };
}

function readSum(reader: FormulaReader): Formula {
  return readChain(reader, ["+", "-"], readProduct);
}

function readProduct(reader: FormulaReader): Formula {
  return readChain(reader, ["*", "/"], readSigned);
}

/** Operands of one precedence, taken from the left. */
function readChain(
  reader: FormulaReader,
  operators: readonly ("+" | "-" | "*" | "/")[],
  readOperand: (reader: FormulaReader) => Formula,
): Formula {
  let left = readOperand(reader);
  for (let sign = take(reader, ...operators); sign; sign = take(reader, ...operators))
    left = {
      kind: "binary",
      operator: sign.value as (typeof operators)[number],
      left,
      right: readOperand(reader),
      column: left.column,
    };
  return left;
}

function readSigned(reader: FormulaReader): Formula {
  const sign = take(reader, "-");
  if (!sign) return readValue(reader);
  return { kind: "negative", operand: readValue(reader), column: sign.column };
}

function readValue(reader: FormulaReader): Formula {
  const token = peek(reader);
  const { column } = token;
  if (take(reader, "(")) {
    const inside = readEither(reader);
    expect(reader, ")", "after what ( opens");
    return inside;
  }
  if (take(reader, "case")) return readCase(reader, column);
  const isKeyword = token.kind === "name" && !token.isQuoted && keywords.includes(token.value.toLowerCase());
  if (token.kind === "sign" || token.kind === "end" || isKeyword)
    refuse(reader, "have a name, a number, a quoted text or a bracket here");
  reader.position++;
  if (token.kind === "number") return { kind: "number", digits: token.value, column };
  if (token.kind === "text") return { kind: "text", value: token.value, column };
  if (token.isQuoted || !take(reader, "(")) return { kind: "name", name: token.value, column };
  return { ...readCall(reader, token.value.toLowerCase()), column };
}

function readCall(reader: FormulaReader, name: string): FormulaCall {
  const values: Formula[] = [];
  const endsList = () => [")", "per", "where"].includes(peek(reader).value.toLowerCase());
  if (!endsList()) {
    values.push(readEither(reader));
    while (take(reader, ",")) values.push(readEither(reader));
  }
  const per = take(reader, "per") ? readSum(reader) : undefined;
  const where = take(reader, "where") ? readEither(reader) : undefined;
  expect(reader, ")", `after what ${name}( opens`);
  return { kind: "call", name, values, ...(per && { per }), ...(where && { where }) };
}

function readCase(reader: FormulaReader, column: number): Formula {
  const branches: FormulaBranch[] = [];
  while (take(reader, "when")) {
    const when = readEither(reader);
    expect(reader, "then", "after the condition of when");
    branches.push({ when, value: readEither(reader) });
  }
  if (branches.length === 0) refuse(reader, "have when after case");
  const otherwise = take(reader, "else") ? readEither(reader) : undefined;
  expect(reader, "end", "after the branches of case");
  return { kind: "case", branches, column, ...(otherwise && { otherwise }) };
}

function readList(reader: FormulaReader): readonly Formula[] {
  const values = [readSigned(reader)];
  while (take(reader, ",")) values.push(readSigned(reader));
  expect(reader, ")", "after the values of in");
  return values;
}
