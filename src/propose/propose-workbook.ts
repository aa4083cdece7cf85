import { basename, relative } from "node:path";
import type { WrittenSource } from "../config/complete-source.js";
import { completeWorkbook } from "../config/complete-workbook.js";
import { describeValue, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { listFeatures } from "../features/catalogue.js";
import { chooseBasis } from "./choose-basis.js";
import type { Entry, Flag } from "./entry.js";
import type { LookedAt } from "./file-kind.js";
import type { GivenFile } from "./file-sample.js";
import { overlapOf } from "./find-keys.js";
import { claimName, plainWords } from "./plain-words.js";
import { proposeSource } from "./propose-source.js";
import {
  type UnderstandOptions,
  type Understood,
  type UnderstoodFiles,
  understandFiles,
} from "./understand-files.js";
import { workbookText } from "./workbook-entries.js";
import { decideAsOf, decideCurrency, decideWindow, joinQuestions } from "./workbook-facts.js";

/** A workbook made from what files hold. */
export interface WorkbookProposal {
  /** Text of `segbook.yaml`. */
  readonly text: string;
  readonly kinds: readonly { readonly file: string; readonly kind: string; readonly reason: string }[];
  /** What nobody can see in the files; each is also a comment in the text. */
  readonly questions: readonly string[];
  readonly flags: readonly Flag[];
  readonly basis: readonly string[];
}

/** Options of {@link proposeWorkbook}. */
export interface ProposeOptions extends UnderstandOptions {
  /** Folder that the workbook will stand in: paths are relative to it. */
  readonly folder: string;
  /** Day on which the youngest file was last changed, `YYYY-MM-DD`: the as-of day where no file holds a date. */
  readonly lastChanged: string;
}

/** In which the sources stand in the workbook. */
const order: readonly string[] = [
  "customers",
  "transactions",
  "subscriptions",
  "survey",
  "web",
  "social",
  "campaigns",
  "support",
];

/**
 * Looks at files and writes a workbook for them: kinds, keys, types, dates, roles, returns and basis, each with its reason.
 *
 * Reads the beginning and a seeded sample of each file, and all of it where that is cheap. Nothing is copied, no row is kept.
 *
 * @throws InputError if a file is no table, or nothing in the files could form segments.
 */
export async function proposeWorkbook(
  given: readonly GivenFile[],
  options: ProposeOptions,
): Promise<WorkbookProposal> {
  return describe(await understandFiles(given, options), options);
}

function describe(
  { files: all, unread }: UnderstoodFiles,
  { folder, lastChanged, seed }: ProposeOptions,
): WorkbookProposal {
  const files = all.filter((one) => isUsable(one, all)).sort((a, b) => placeOf(a) - placeOf(b));
  const unusable = all.filter((one) => !files.includes(one)).map(({ file }) => file.sample.written);
  if (files.length === 0)
    throw new InputError(
      `init: --from must name files in which a column says whose row it is, got none in ${listForMessage([...unusable, ...unread.map(({ written }) => written)].map(describeValue))}`,
    );
  const asOf = decideAsOf(files, lastChanged);
  const currency = decideCurrency(files);
  const taken = new Set<string>(["customer_id"]);
  const names = new Set<string>();
  const shared = { asOf: asOf.value, currency: currency.value, taken };
  const propose = (one: Understood) =>
    proposeSource({ ...one, ...shared, path: pathFrom(folder, one.given) });
  // Attributes take the names that the features of the other sources leave free.
  const isList = ({ file }: Understood) => file.kind === "customers";
  const early = new Map(files.filter((one) => !isList(one)).map((one) => [one, propose(one)]));
  for (const { entries } of early.values()) for (const name of featureNames(entries)) taken.add(name);
  const proposals = files.map((one) => ({
    name: claimName(sourceName(one.file), names, "source"),
    proposal: early.get(one) ?? propose(one),
  }));
  const basis = chooseBasis(proposals.flatMap(({ proposal }) => proposal.candidates));
  requireBasis(basis.names, files);
  const questions = [asOf, currency, ...proposals.map(({ proposal }) => proposal)].flatMap(
    (part) => part.questions,
  );
  const keyless = unusable.map(
    (file) =>
      `${file}: which column says whose row it is? None that another file knows was found, so it is left out`,
  );
  const left = unread.map(({ written, reason }) => `${written}: is it a table? It is left out: ${reason}`);
  const asked = [...questions, ...joinQuestions(files), ...keyless, ...left];
  const windowFrom = decideWindow(files);
  const text = workbookText({
    name: titleOf(folder),
    asOf,
    currency,
    decimals: Math.max(2, ...files.map(({ extent }) => extent.decimals)),
    ...(windowFrom !== undefined && { windowFrom }),
    sources: [
      ...peopleSource(files, folder, names),
      ...proposals.map(({ name, proposal }) => ({ name, entries: proposal.entries })),
    ],
    basis,
    questions: asked,
    seed,
  });
  return {
    text,
    kinds: files.map(({ file }) => ({ file: file.sample.written, kind: file.kind, reason: file.reason })),
    questions: asked,
    flags: proposals.flatMap(({ proposal }) => proposal.flags),
    basis: basis.names,
  };
}

function placeOf({ file }: Understood): number {
  return order.indexOf(file.kind);
}

/**
 * Rows find their customer by a key; a file of one row a customer does without where no file has one. A list of customers whom no
 * other file knows, while the others know each other, is a list of something else.
 */
function isUsable(one: Understood, all: readonly Understood[]): boolean {
  const keyed = all.filter(({ key }) => key.column !== undefined);
  if (one.key.column === undefined) {
    const couldStandAlone = ({ file }: Understood) => ["customers", "survey", "social"].includes(file.kind);
    return keyed.length === 0 && all.find(couldStandAlone) === one;
  }
  const others = keyed.filter((other) => other !== one);
  const isKnown = (a: Understood, b: Understood) => a !== b && overlapOf(a.key.column!, b.key.column!) > 0;
  const doOthersJoin = others.some((a) => others.some((b) => isKnown(a, b)));
  return one.file.kind !== "customers" || !doOthersJoin || others.some((other) => isKnown(one, other));
}

/** Where no file says who the customers are, the keys of the first do. */
function peopleSource(
  files: readonly Understood[],
  folder: string,
  names: Set<string>,
): { readonly name: string; readonly entries: readonly Entry[] }[] {
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
  const { entries } = proposeSource({
    ...bare,
    path: pathFrom(folder, first!.given),
    asOf: "",
    currency: "",
    taken: new Set(),
  });
  return [{ name: claimName("people", names, "people"), entries }];
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

function requireBasis(names: readonly string[], files: readonly Understood[]): void {
  if (names.length > 0) return;
  const given = listForMessage(files.map(({ file }) => describeValue(file.sample.written)));
  throw new InputError(
    `init: --from must name a file with a number that could form segments, got none in ${given}. Text, codes, ids and sensitive attributes do not`,
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

function titleOf(folder: string): string {
  const words = basename(folder).replace(/[-_]+/g, " ").trim() || "Workbook";
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.slice(0, 80);
}
