import { basename, relative } from "node:path";
import type { WrittenSource } from "../config/complete-source.js";
import { completeWorkbook } from "../config/complete-workbook.js";
import { listFeatures } from "../features/catalogue.js";
import type { Entry, SourceProposal } from "./entry.js";
import type { LookedAt } from "./file-kind.js";
import type { GivenFile } from "./file-sample.js";
import { claimName, plainWords } from "./plain-words.js";
import { proposeSource } from "./propose-source.js";
import type { Understood } from "./understand-files.js";

/** A source and its name in the workbook. */
export interface NamedProposal {
  readonly name: string;
  readonly proposal: SourceProposal;
}

/** What all sources share. */
export interface SharedFacts {
  /** Folder that the workbook will stand in: paths are relative to it. */
  readonly folder: string;
  readonly asOf: string;
  readonly currency: string;
}

/** A source for each file, under a name of its own; before them, where none lists customers, one that does. */
export function proposeSources(
  files: readonly Understood[],
  { folder, asOf, currency }: SharedFacts,
): readonly NamedProposal[] {
  const taken = new Set<string>(["customer_id"]);
  const names = new Set<string>();
  const propose = (one: Understood) =>
    proposeSource({ ...one, asOf, currency, taken, path: pathFrom(folder, one.given) });
  // Attributes take the names that the features of the other sources leave free.
  const isList = ({ file }: Understood) => file.kind === "customers";
  const early = new Map(files.filter((one) => !isList(one)).map((one) => [one, propose(one)]));
  for (const { entries } of early.values()) for (const name of featureNames(entries)) taken.add(name);
  const proposals = files.map((one) => ({
    name: claimName(sourceName(one.file), names, "source"),
    proposal: early.get(one) ?? propose(one),
  }));
  return [...peopleSource(files, folder, names), ...proposals];
}

/** Where no file says who the customers are, the keys of the first do. */
function peopleSource(
  files: readonly Understood[],
  folder: string,
  names: Set<string>,
): readonly NamedProposal[] {
  if (files.some(({ file }) => file.kind === "customers" || file.kind === "transactions")) return [];
  const [first] = files;
  const input = {
    ...first!,
    file: { ...first!.file, kind: "customers", reason: "who the customers are" } as const,
  };
  const bare = {
    ...input,
    file: { ...input.file, columns: first!.file.columns.filter((column) => column === first!.key.column) },
  };
  const proposal = proposeSource({
    ...bare,
    path: pathFrom(folder, first!.given),
    asOf: "",
    currency: "",
    taken: new Set(),
  });
  const flagless = { ...proposal, flags: [], questions: [], candidates: [] };
  return [{ name: claimName("people", names, "people"), proposal: flagless }];
}

/** Names of the features that a source gives. */
function featureNames(entries: readonly Entry[]): string[] {
  const source = { path: "x.csv", ...plainGroup(entries) } as unknown as WrittenSource;
  const money = { currency: "XXX", decimals: 2 };
  const written = { name: "init", asOf: "2000-01-01", money, sources: { source }, basis: [] };
  return listFeatures(completeWorkbook("", written)).map(({ name }) => name);
}

function plainGroup(entries: readonly Entry[]): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(({ key, value, entries }) => [key, entries ? plainGroup(entries) : value]),
  );
}

/** `orders` of `exports/orders_2026-03.csv.gz`; the kind where the name says nothing. */
function sourceName({ sample, kind }: LookedAt): string {
  const stem = (sample.part ?? basename(sample.pattern)).replace(/\.[^.]+(\.(gz|zst))?$/i, "");
  return (
    plainWords(stem)
      .replace(/\b\d+\b/g, "")
      .replace(/ +/g, " ")
      .trim() || kind
  );
}

function pathFrom(folder: string, { pattern }: GivenFile): string {
  return relative(folder, pattern).replaceAll("\\", "/");
}
