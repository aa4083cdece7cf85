import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Definition } from "../segments/definition.js";
import type { TargetCheck } from "./verify-targets.js";

/** What was run where, and what came of it, kept beside an export. Holds no customer. */
export interface Proof {
  readonly kind: "segbook-proof";
  /** Fingerprint of the definition. */
  readonly definition: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly targets: readonly TargetCheck[];
}

/**
 * Keeps the outcome of `verifyTargets`.
 *
 * @param date - `YYYY-MM-DD`, the day of the run.
 * @throws InputError if the date is none.
 */
export function proofOf(definition: Definition, targets: readonly TargetCheck[], date: string): Proof {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new InputError(`proofOf: date must be a day such as 2026-01-31, got ${describeValue(date)}`);
  return { kind: "segbook-proof", definition: definition.fingerprint, date, targets };
}

/**
 * Reads a proof that `proofOf` made.
 *
 * @throws InputError if the text is none, it is of another definition, or a target disagreed or failed in it.
 */
export function readProof(text: string, definition: Definition): Proof {
  const proof = parse(text);
  if (proof.definition !== definition.fingerprint)
    throw new InputError(
      `readProof: the proof must be of this definition (${definition.fingerprint.slice(0, 12)}…), got that of ${describeValue(String(proof.definition).slice(0, 12))}. Run segbook verify --proof again`,
    );
  const bad = proof.targets.find(({ status }) => status === "disagrees" || status === "failed");
  if (bad !== undefined)
    throw new InputError(
      `readProof: every target that was run must agree, got ${describeValue(bad.target)}, which ${bad.status}`,
    );
  return proof;
}

function parse(text: string): Proof {
  let value: Partial<Proof> | null = null;
  try {
    value = JSON.parse(text) as Partial<Proof> | null;
  } catch {
    // Told below, like any other text that is no proof.
  }
  const isCheck = (check: Partial<TargetCheck> | null): boolean =>
    typeof check?.target === "string" && typeof check.status === "string" && Number.isInteger(check.rows);
  const isProof =
    value?.kind === "segbook-proof" &&
    /^\d{4}-\d{2}-\d{2}$/.test(String(value.date)) &&
    Array.isArray(value.targets) &&
    value.targets.every(isCheck);
  if (isProof) return value as Proof;
  throw new InputError(
    "readProof: the proof must be a file that segbook verify --proof wrote, got something else",
  );
}

/** A proof as plain lines for a comment. What an engine says of itself loses all that could end the comment. */
export function proofLines({ date, targets }: Proof): readonly string[] {
  const plain = (text: string): string => text.replaceAll(/[^\w .+()-]/g, " ").slice(0, 60);
  const ran = targets.filter(({ status }) => status === "agrees");
  const others = targets.filter(({ status }) => status === "not-run").map(({ target }) => plain(target));
  const rows = Math.max(0, ...ran.map((check) => check.rows));
  const engines = ran.map(({ target, engineVersion }) => `${plain(target)} ${plain(engineVersion ?? "")}`);
  return [
    ran.length === 0
      ? `Verified on ${date}: nothing could be run.`
      : `Verified on ${date} over ${rows} rows, 0 placed otherwise than by segbook: ${engines.join(", ")}.`,
    ...(others.length === 0 ? [] : [`Not run: ${others.join(", ")}.`]),
  ];
}
