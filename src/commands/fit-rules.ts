import { resolve } from "node:path";
import { readRules } from "../config/read-rules.js";
import { InputError } from "../core/errors.js";
import { tableText } from "../notebook/table-text.js";
import { readDefinition } from "../segments/read-definition.js";
import { rulesCheckTable } from "../tables/rules-tables.js";
import { segmentsTable } from "../tables/segment-tables.js";
import {
  type DrawnSegments,
  drawFileSegments,
  drawSegments,
  drawSurrogate,
} from "../workbook/draw-segments.js";
import type { CommandInput, Outcome, Surroundings } from "./command.js";
import { openGivenWorkbook } from "./workbook-paths.js";

/** Draws the segments that a file of rules declares, on the customers of a file. */
export async function drawFromFile(input: CommandInput, { folder }: Surroundings): Promise<DrawnSegments> {
  const rulesFile = resolve(folder, input.required("rules"));
  const key = input.required("key");
  return drawFileSegments(resolve(folder, input.required("input")), readRules(rulesFile), { key, rulesFile });
}

/** Rules that stand in for the clusters of a definition, grown and measured on the customers of a file. */
export async function drawLike(input: CommandInput, { folder }: Surroundings): Promise<DrawnSegments> {
  const definition = readDefinition(resolve(folder, input.required("like")));
  return drawSurrogate(definition, resolve(folder, input.required("input")));
}

/** Draws the segments that the workbook declares under `rules`. */
export async function drawFromWorkbook(
  input: CommandInput,
  surroundings: Surroundings,
): Promise<DrawnSegments> {
  const stray = ["count", "seed"].find((name) => input.text(name) !== undefined);
  if (stray !== undefined)
    throw new InputError(
      `segbook fit: --${stray} must not come with rules, which seek no clusters, got ${JSON.stringify(input.text(stray))}`,
    );
  const book = await openGivenWorkbook(input, surroundings);
  try {
    return await drawSegments(book);
  } finally {
    book.close();
  }
}

/** What was drawn, and whether it takes every customer. */
export function drawnOutcome(path: string, { definition, check }: DrawnSegments): Outcome {
  const { segments, fingerprint, model, fallback, surrogate, notes: said } = definition;
  const { isTotal, isDisjoint, cells, uncovered, overlapping, unreachable, inData, notes } = check;
  const unassigned = inData?.uncovered ?? 0;
  const table = segmentsTable(segments);
  const everybody = { ...table, rows: [...table.rows, [fallback.key, fallback.name, unassigned, "", ""]] };
  const found = rulesCheckTable(check, definition);
  return {
    document: {
      definition: path,
      fingerprint,
      count: segments.length,
      isTotal,
      isDisjoint,
      otherwise: model.otherwise,
      ...{ cells, uncovered, overlapping, unreachable, unassigned },
      segments: segments.map(({ key, name, size, verdict }) => ({ key, name, size, verdict })),
      ...(surrogate && { surrogate }),
      notes: [...said, ...notes],
    },
    text: [
      tableText(everybody, segments.length + 1),
      "",
      tableText(found, found.rows.length),
      ...said,
      `wrote ${path}`,
    ].join("\n"),
    exitCode: 0,
  };
}
