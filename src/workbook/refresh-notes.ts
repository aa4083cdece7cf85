import type { WorkbookConfig } from "../config/workbook-config.js";
import type { Definition } from "../segments/definition.js";

/** What the workbook asks for and a refresh does not do, one sentence each: its recipe is frozen, and keys that are gone stay gone. */
export function workbookNotes(config: WorkbookConfig, definitions: readonly Definition[]): readonly string[] {
  const { recipe } = definitions[0]!;
  const frozen = new Set(recipe.steps.map(({ feature }) => feature));
  // A constant feature was left out when the recipe was fitted, and its notes say so.
  const isNew = (name: string) => !frozen.has(name) && !recipe.notes.some((note) => note.includes(name));
  // Rules have no recipe: what they read stands in them.
  const basis = config.rules === undefined ? config.basis : [];
  const more = basis.filter(isNew);
  const fewer = [...frozen].filter((name) => !basis.includes(name));
  const keys = new Set(definitions.flatMap(({ segments }) => segments.map(({ key }) => key)));
  const gone = [...config.names.keys()].filter((key) => !keys.has(key));
  return [
    ...(more.length + fewer.length > 0
      ? [
          `The workbook's basis is not that of the frozen recipe (${[...more.map((name) => `${name} is new`), ...fewer.map((name) => `${name} is gone`)].join(", ")}). The recipe holds; a new basis takes a new history.`,
        ]
      : []),
    ...(gone.length > 0
      ? [`The workbook names ${gone.join(", ")}, a key that no segment has any more.`]
      : []),
  ];
}
