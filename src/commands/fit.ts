import { resolve } from "node:path";
import { readWorkbook } from "../config/read-workbook.js";
import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { verdictText } from "../core/verdict.js";
import { tableText } from "../notebook/table-text.js";
import { openPushdown } from "../pushdown/open-pushdown.js";
import type { Definition } from "../segments/definition.js";
import { writeDefinition } from "../segments/write-definition.js";
import { segmentsTable } from "../tables/segment-tables.js";
import type { DrawnSegments } from "../workbook/draw-segments.js";
import type { FoundSegments } from "../workbook/find-segments.js";
import { fitOnEngine } from "../workbook/fit-on-engine.js";
import { segmentCustomers } from "../workbook/segment-customers.js";
import { type SegmentedFile, segmentFile } from "../workbook/segment-file.js";
import type { Command, CommandInput, Outcome, Surroundings } from "./command.js";
import { drawFromFile, drawFromWorkbook, drawLike, drawnOutcome } from "./fit-rules.js";
import { outputFile } from "./output-file.js";
import { watchSearch } from "./search-progress.js";
import { openGivenWorkbook, workbookFile } from "./workbook-paths.js";

/** `segbook fit`: from data to a definition, without a notebook. */
export const fit: Command = {
  name: "fit",
  usage:
    "segbook fit --output D.json [--workbook FILE | --input F --key COLUMN --basis a,b,c | --input F --key COLUMN --rules R.yaml | --input F --like D.json] [--count N] [--seed S]",
  example:
    "segbook fit --input customers.csv --key customer_id --basis spend,visits --output definition.json",
  options: {
    output: { type: "string", help: "the definition file to write" },
    input: { type: "string", help: "a file with one row per customer; then no workbook is needed" },
    key: { type: "string", help: "with --input: the column that names the customer" },
    basis: { type: "string", help: "with --input: the numeric columns that form the segments, by commas" },
    rules: {
      type: "string",
      help: "with --input: a YAML file that says by which rules segments are drawn, in place of --basis",
    },
    like: {
      type: "string",
      help: "with --input: a definition of clusters; writes a few rules that stand in for it, with their agreement",
    },
    count: { type: "string", help: "how many segments (default: the verdict decides)" },
    seed: { type: "string", help: "seed of the starts (default 7, or what the workbook says)" },
    starts: { type: "string", help: "with --input: starts per count (default 50)" },
  },
  positionals: [0, 0],
  async run(input, surroundings) {
    checkModes(input);
    const { folder } = surroundings;
    const { written, path } = outputFile("segbook fit", input, {
      folder,
      sources: ["input", "workbook", "rules"],
    });
    const wishes = readWishes(input);
    const drawn = await drawIfRules(input, surroundings);
    if (drawn !== undefined) {
      writeDefinition(path, drawn.definition);
      return drawnOutcome(written, drawn);
    }
    const { found, definition } =
      input.text("input") === undefined
        ? await fitWorkbook(input, surroundings, wishes)
        : await fitFile(input, surroundings, wishes);
    writeDefinition(path, definition);
    return report(written, found, definition);
  },
};

/** Beyond it a sum of squares on the lattice could leave the whole numbers that a double holds. */
const largestBasis = 32;

/** An option of another way to fit would be passed over in silence. */
function checkModes(input: CommandInput): void {
  const [others, rule] = strangersOf(input);
  const stray = others.find((name) => input.text(name) !== undefined);
  if (stray === undefined) return;
  throw new InputError(`segbook fit: --${stray} ${rule}, got ${JSON.stringify(input.text(stray))}`);
}

/** Options that do not go with the way that was chosen, and why. */
function strangersOf(input: CommandInput): readonly [names: readonly string[], rule: string] {
  const search = ["basis", "count", "seed", "starts", "workbook", "data"];
  if (input.text("input") === undefined)
    return [["key", "basis", "starts", "rules", "like"], "must come with --input"];
  if (input.text("like") !== undefined) return [[...search, "key", "rules"], "must not come with --like"];
  if (input.text("rules") !== undefined) return [search, "must not come with --rules"];
  return [["workbook", "data"], "must not come with --input, which needs no workbook"];
}

/** Segments by rules, if a file of rules or the workbook declares some. */
async function drawIfRules(
  input: CommandInput,
  surroundings: Surroundings,
): Promise<DrawnSegments | undefined> {
  if (input.text("rules") !== undefined) return drawFromFile(input, surroundings);
  if (input.text("like") !== undefined) return drawLike(input, surroundings);
  if (input.text("input") !== undefined) return undefined;
  const { rules } = readWorkbook(workbookFile(input, surroundings));
  return rules === undefined ? undefined : drawFromWorkbook(input, surroundings);
}

/** Numbers that the user typed; checked before anything is read. */
interface Wishes {
  readonly clusterCount?: number;
  readonly seed?: number;
}

function readWishes(input: CommandInput): Wishes {
  const clusterCount = input.count("count", 1);
  const seed = input.count("seed", 0);
  return { ...(clusterCount !== undefined && { clusterCount }), ...(seed !== undefined && { seed }) };
}

async function fitWorkbook(
  input: CommandInput,
  surroundings: Surroundings,
  wishes: Wishes,
): Promise<SegmentedFile> {
  const config = readWorkbook(workbookFile(input, surroundings));
  const { signal, tidyOnInterrupt } = surroundings;
  // What runs on a server has to be told to stop; the search on this machine never yields, and is ended by the system.
  tidyOnInterrupt(true);
  const cluster = openPushdown(config.engine, signal);
  if (cluster !== undefined) {
    try {
      return await fitOnEngine(cluster, config, {
        ...wishes,
        onProgress: watchSearch(surroundings),
        onSearch: (isSearching) => tidyOnInterrupt(!isSearching),
      });
    } finally {
      cluster.close();
    }
  }
  const book = await openGivenWorkbook(input, surroundings);
  try {
    tidyOnInterrupt(false);
    const found = await segmentCustomers(book, {
      ...wishes,
      isNew: true,
      onProgress: watchSearch(surroundings),
    });
    return { found, definition: found.definition };
  } finally {
    book.close();
  }
}

async function fitFile(
  input: CommandInput,
  surroundings: Surroundings,
  wishes: Wishes,
): Promise<SegmentedFile> {
  const basis = input
    .required("basis")
    .split(",")
    .map((name) => name.trim());
  if (new Set(basis).size !== basis.length || basis.includes(""))
    throw new InputError(
      `segbook fit: --basis must name each column once, got ${JSON.stringify(basis.join(","))}`,
    );
  checkCount(
    "segbook fit",
    "the number of columns in --basis",
    basis.length,
    1,
    largestBasis,
    "exact on the lattice",
  );
  const file = resolve(surroundings.folder, input.required("input"));
  const starts = input.count("starts", 1);
  return segmentFile(file, {
    key: input.required("key"),
    basis,
    ...wishes,
    ...(starts !== undefined && { starts }),
    onProgress: watchSearch(surroundings),
  });
}

function report(path: string, found: FoundSegments, definition: Definition): Outcome {
  const { segments, fingerprint } = definition;
  const { clusterCount: count, recommendedCount, verdict, countReason } = found;
  return {
    document: {
      definition: path,
      fingerprint,
      count,
      recommendedCount,
      verdict,
      reason: definition.verdict?.reason ?? countReason,
      inertia: found.fit.inertia,
      hitRate: found.fit.hitRate,
      segments: segments.map(({ key, name, size, verdict: own, reason }) => ({
        ...{ key, name, size },
        verdict: own,
        ...(reason !== undefined && { reason }),
      })),
      notes: [...found.recipe.notes, ...found.fit.notes, ...(found.judgement?.notes ?? [])],
    },
    text: `${tableText(segmentsTable(segments), segments.length)}\n\nVerdict: ${verdictText(verdict)}. ${countReason}\nwrote ${path}`,
    exitCode: 0,
  };
}
