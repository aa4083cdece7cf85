import { basename, resolve } from "node:path";
import { cellTags } from "../notebook/notebook.js";
import { tableText } from "../notebook/table-text.js";
import type { Parameter } from "../parameters/parameter.js";
import { rangeText } from "../parameters/parameter-limits.js";
import { type ReadNotebook, readNotebooks } from "../runner/prepare-notebooks.js";
import type { Command } from "./command.js";

/** `segbook inspect`: what a notebook can be told, and what it is made of. */
export const inspect: Command = {
  name: "inspect",
  usage: "segbook inspect NOTEBOOK",
  example: "segbook inspect notebooks/03-find-segments.ipynb",
  options: {},
  positionals: [1, 1],
  async run(input, { folder }) {
    const [read] = readNotebooks([resolve(folder, input.positionals[0]!)]);
    const form = read!.declared.map(fieldOf);
    const facts = factsOf(read!);
    const after = facts.after === null ? "every notebook before it" : facts.after.join(", ") || "none";
    const lines = [
      "",
      `cells      ${facts.cells}, of which ${facts.codeCells} hold code`,
      `tags       ${facts.tags.join(", ") || "none"}`,
      `waits for  ${after}`,
    ];
    const text = `${formText(read!, form)}\n${lines.join("\n")}`;
    return { document: { notebook: input.positionals[0], parameters: form, ...facts }, text, exitCode: 0 };
  },
};

/** A parameter as scripts read it. */
interface Field {
  readonly name: string;
  readonly type: string;
  /** null for a secret, and for a parameter that has to be given. */
  readonly default: unknown;
  readonly unit: string;
  /** An open side is null. */
  readonly range: readonly [low: number | null, high: number | null] | null;
  readonly whole: boolean;
  readonly choices: readonly unknown[] | null;
  readonly required: boolean;
  /** The environment variable of a secret. */
  readonly secret: string | null;
  readonly meaning: string;
}

function fieldOf(parameter: Parameter): Field {
  const { name, typeText, defaultValue, unit, range, isWhole, choices, isRequired, secretFrom, meaning } =
    parameter;
  return {
    name,
    type: typeText,
    default: isRequired || secretFrom !== undefined ? null : defaultValue,
    unit,
    range: range ? [finite(range[0]), finite(range[1])] : null,
    whole: isWhole,
    choices: choices ?? null,
    required: isRequired,
    secret: secretFrom ?? null,
    meaning,
  };
}

function finite(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null;
}

function formText({ file, declared }: ReadNotebook, form: readonly Field[]): string {
  const rows = form.map((field, i) => [
    field.name,
    field.type.replace(/\s+/g, " "),
    field.required || field.secret !== null ? "" : JSON.stringify(field.default),
    field.unit,
    limitsText(declared[i]!),
    needText(field),
    field.meaning,
  ]);
  const names = ["Name", "Type", "Default", "Unit", "Values", "Needed", "Meaning"];
  const columns = names.map((name, i) => ({ name, i }));
  // A column that says nothing of any parameter is left out.
  const told = columns.filter(({ i }) => i < 3 || rows.some((row) => row[i] !== ""));
  return tableText(
    {
      kind: "table",
      caption: `Parameters of ${basename(file)}`,
      columns: told.map(({ name }) => ({ name })),
      rows: rows.map((row) => told.map(({ i }) => row[i]!)),
    },
    rows.length,
  );
}

function limitsText({ range, isWhole, choices }: Parameter): string {
  const words = [isWhole ? "whole" : "", range ? rangeText(range) : ""];
  if (choices !== undefined)
    words.push(`one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`);
  return words.filter((word) => word !== "").join(", ");
}

function needText({ required, secret }: Field): string {
  const words = [required ? "required" : "", secret === null ? "" : `secret, from ${secret}`];
  return words.filter((word) => word !== "").join(", ");
}

interface NotebookFacts {
  readonly cells: number;
  readonly codeCells: number;
  readonly tags: readonly string[];
  /** Names of the notebooks that it waits for in a run; null: every one before it. */
  readonly after: readonly string[] | null;
}

function factsOf({ notebook: { cells }, after }: ReadNotebook): NotebookFacts {
  return {
    cells: cells.length,
    codeCells: cells.filter(({ cell_type }) => cell_type === "code").length,
    tags: [...new Set(cells.flatMap((cell) => cellTags(cell)))].sort(),
    after: after ?? null,
  };
}
