import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";
import type { Parameter, RefuseDeclaration } from "./parameter.js";
import { typeOfAnnotation } from "./parameter-annotation.js";
import { readNotes } from "./parameter-comment.js";
import { checkDefault } from "./parameter-default.js";
import { readLiteral } from "./parameter-literal.js";
import { admits } from "./parameter-problem.js";
import { readText } from "./parameter-text.js";
import {
  describeType,
  holdsKind,
  optionsOf,
  type ParameterType,
  type ParameterValue,
} from "./parameter-type.js";

const parts = "string, number, boolean, null, Date, literals, and lists, tuples, objects and records of them";

/** One declaration of the parameters cell: its annotation, its default and what its comments say. */
export function readDeclaration(
  declaration: TypeScript.VariableDeclaration,
  refuse: RefuseDeclaration,
): Parameter {
  const { name, type: annotation, initializer } = declaration;
  if (!loadTypeScript().isIdentifier(name))
    return refuse("a parameter must have one plain name", name.getText(), ". Take it apart in the next cell");
  if (initializer === undefined)
    return refuse(
      `the value of ${name.text} must be a literal`,
      "none",
      '. For none write null and "required"',
    );
  const literal = readLiteral(initializer, (reason, got) =>
    refuse(`the value of ${name.text} ${reason}`, got, ". Move it to the next cell"),
  );
  const type =
    annotation === undefined
      ? literal.type
      : typeOfAnnotation(annotation, (part) =>
          refuse(`the type of ${name.text} must be made of ${parts}`, part),
        );
  const typeText = annotation?.getText() ?? describeType(type);
  const base = { name: name.text, keyword: keywordOf(declaration), type, typeText };
  const parameter = { ...base, defaultValue: literal.value, ...factsOf(declaration, base, refuse) };
  checkFacts(parameter, refuse);
  checkDefault(parameter, literal, refuse);
  return parameter;
}

type DeclaredName = Pick<Parameter, "name" | "type">;

function keywordOf({ parent }: TypeScript.VariableDeclaration): Parameter["keyword"] {
  const { NodeFlags } = loadTypeScript();
  if (parent.flags & NodeFlags.Const) return "const";
  return parent.flags & NodeFlags.Let ? "let" : "var";
}

function factsOf(
  declaration: TypeScript.VariableDeclaration,
  { name, type }: DeclaredName,
  refuse: RefuseDeclaration,
): Pick<Parameter, "unit" | "range" | "isWhole" | "choices" | "isRequired" | "secretFrom" | "meaning"> {
  const { isSecret, choices: texts, ...facts } = readNotes(declaration);
  const choices = texts?.map((text) => readText(text, scalarOf(type)) as ParameterValue);
  const unfit = choices?.find((choice) => !admits(scalarOf(type), choice));
  if (unfit !== undefined)
    refuse(`the choices of ${name} must be of type ${describeType(type)}`, JSON.stringify(unfit));
  return { ...facts, ...(choices && { choices }), ...(isSecret && { secretFrom: secretVariable(name) }) };
}

/** What a choice is compared with: the items of a list, otherwise the value. */
function scalarOf(type: ParameterType): ParameterType {
  return type.kind === "array" ? scalarOf(type.item) : type;
}

/** `apiKey` is read from SEGBOOK_SECRET_API_KEY. */
function secretVariable(name: string): string {
  const words = name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1_$2").replace(/[^\p{L}\p{N}]+/gu, "_");
  return `SEGBOOK_SECRET_${words.toUpperCase()}`;
}

function checkFacts(
  { name, type, defaultValue, range, ...facts }: Parameter,
  refuse: RefuseDeclaration,
): void {
  if (range !== undefined && range[0] > range[1])
    refuse(`the range of ${name} must go from low to high`, `${range[0]} to ${range[1]}`);
  if ((range !== undefined || facts.isWhole) && !holdsKind(type, "number"))
    refuse(`a range must stand beside a number`, `${name} of type ${describeType(type)}`);
  if (facts.secretFrom === undefined) return;
  const isText =
    optionsOf(type).every(({ kind }) => kind === "string" || kind === "literal") && admits(type, "text");
  if (!isText) refuse("a secret must be text", `${name} of type ${describeType(type)}`);
  if (defaultValue !== "" && defaultValue !== null)
    refuse(
      `the secret ${name} must be empty here, since a notebook is read by many`,
      "a value",
      `. Put it into the environment as ${facts.secretFrom}`,
    );
}
