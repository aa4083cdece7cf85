import { basename } from "node:path";
import { describeValue, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { chooseBasis } from "./choose-basis.js";
import type { Flag } from "./entry.js";
import type { GivenFile } from "./file-sample.js";
import { proposeSources } from "./propose-sources.js";
import {
  type UnderstandOptions,
  type Understood,
  type UnderstoodFiles,
  understandFiles,
} from "./understand-files.js";
import { usableFiles } from "./usable-files.js";
import { workbookText } from "./workbook-entries.js";
import {
  decideAsOf,
  decideCurrency,
  decideWindow,
  joinQuestions,
  leftOutQuestions,
} from "./workbook-facts.js";

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
  const files = usableFiles(all);
  const leftOut = all.filter((one) => !files.includes(one)).map(({ file }) => file.sample.written);
  requireFiles(files, [...leftOut, ...unread.map(({ written }) => written)]);
  const asOf = decideAsOf(files, lastChanged);
  const currency = decideCurrency(files);
  const sources = proposeSources(files, { folder, asOf: asOf.value, currency: currency.value });
  const proposals = sources.map(({ proposal }) => proposal);
  const basis = chooseBasis(proposals.flatMap(({ candidates }) => candidates));
  requireBasis(basis.names, files);
  const questions = [
    ...[asOf, currency, ...proposals].flatMap((part) => part.questions),
    ...joinQuestions(files),
    ...leftOutQuestions(leftOut, unread),
  ];
  const windowFrom = decideWindow(files);
  const text = workbookText({
    name: titleOf(folder),
    asOf,
    currency,
    decimals: Math.max(2, ...files.map(({ extent }) => extent.decimals)),
    ...(windowFrom !== undefined && { windowFrom }),
    sources: sources.map(({ name, proposal }) => ({ name, entries: proposal.entries })),
    basis,
    questions,
    seed,
  });
  return {
    text,
    kinds: files.map(({ file }) => ({ file: file.sample.written, kind: file.kind, reason: file.reason })),
    questions,
    flags: proposals.flatMap(({ flags }) => flags),
    basis: basis.names,
  };
}

function requireFiles(files: readonly Understood[], leftOut: readonly string[]): void {
  if (files.length > 0) return;
  throw new InputError(
    `init: --from must name files in which a column says whose row it is, got none in ${listForMessage(leftOut.map(describeValue))}`,
  );
}

function requireBasis(names: readonly string[], files: readonly Understood[]): void {
  if (names.length > 0) return;
  const given = listForMessage(files.map(({ file }) => describeValue(file.sample.written)));
  throw new InputError(
    `init: --from must name a file with a number that could form segments, got none in ${given}. Text, codes, ids and sensitive attributes do not`,
  );
}

function titleOf(folder: string): string {
  const words = basename(folder).replace(/[-_]+/g, " ").trim() || "Workbook";
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.slice(0, 80);
}
