import { basename, resolve } from "node:path";
import { inspectNotebook } from "../notebook/parameters.js";
import { tableText } from "../notebook/table-text.js";
import type { Command } from "./command.js";

/** `segbook inspect`: what a notebook can be told. */
export const inspect: Command = {
  name: "inspect",
  summary: "show a notebook's parameters",
  usage: "segbook inspect NOTEBOOK",
  example: "segbook inspect notebooks/03-find-segments.ipynb",
  options: {},
  positionals: [1, 1],
  async run(input, { folder }) {
    const file = resolve(folder, input.positionals[0]!);
    const parameters = inspectNotebook(file).map(
      ({ name, typeText, defaultValue, unit, range, meaning }) => ({
        name,
        type: typeText,
        default: defaultValue,
        unit,
        range: range ?? null,
        meaning,
      }),
    );
    const text = tableText(
      {
        kind: "table",
        caption: `Parameters of ${basename(file)}`,
        columns: ["Name", "Type", "Default", "Unit", "Range", "Meaning"].map((name) => ({ name })),
        rows: parameters.map((parameter) => [
          parameter.name,
          parameter.type,
          JSON.stringify(parameter.default),
          parameter.unit,
          parameter.range?.join(" to ") ?? "",
          parameter.meaning,
        ]),
      },
      parameters.length,
    );
    return { document: { notebook: input.positionals[0], parameters }, text, exitCode: 0 };
  },
};
