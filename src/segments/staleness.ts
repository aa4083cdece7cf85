import { dayNumber, dayText } from "../core/calendar-day.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Definition } from "./definition.js";

/** Days that a definition lasts where nobody said otherwise: a quarter, and a week to act. */
export const usualMaxAgeDays = 100;

/** What is needed to tell how old a definition is. */
export type DatedDefinition = Pick<Definition, "createdFor" | "maxAgeDays">;

/** How old a definition is on a day. */
export interface DefinitionAge {
  /** The day that it was made for, `YYYY-MM-DD`. */
  readonly createdFor: string;
  readonly asOf: string;
  /** Days between them; below 0 on a day before. */
  readonly days: number;
  /** Days that it lasts. */
  readonly limit: number;
  readonly isStale: boolean;
}

/** The last day on which a definition is fresh, `YYYY-MM-DD`; null for one without a date. */
export function lastFreshDay({ createdFor, maxAgeDays = usualMaxAgeDays }: DatedDefinition): string | null {
  const day = createdFor === null ? undefined : dayNumber(createdFor);
  return day === undefined ? null : dayText(day + maxAgeDays);
}

/**
 * How old a definition is on a day, and whether that is too old.
 *
 * @param asOf - `YYYY-MM-DD`; a clock is never asked.
 * @returns Stale from the day after its last fresh one.
 * @throws InputError if the day is none, or the definition has no date: it was made straight from a file.
 */
export function definitionAge(
  { createdFor, maxAgeDays: limit = usualMaxAgeDays }: DatedDefinition,
  asOf: string,
): DefinitionAge {
  const today = dayNumber(asOf);
  if (today === undefined)
    throw new InputError(`definitionAge: asOf must be a day, YYYY-MM-DD, got ${describeValue(asOf)}`);
  const made = createdFor === null ? undefined : dayNumber(createdFor);
  if (made === undefined || createdFor === null)
    throw new InputError(
      "definitionAge: the definition must have the day that it was made for, got none. Fit from a workbook, which has an as-of date",
    );
  const days = today - made;
  return { createdFor, asOf, days, limit, isStale: days > limit };
}

/** "defined for 2026-03-31; 91 days old; limit 100", and whether that is too old. */
export function ageText({ createdFor, days, limit, isStale }: DefinitionAge): string {
  const old = days === 1 ? "1 day old" : `${days} days old`;
  return `defined for ${createdFor}; ${old}; limit ${limit}${isStale ? ": stale" : ""}`;
}

/** What a file without a clock can say of its age: "defined for 2026-03-31; stale after 2026-07-09 (100 days)". */
export function stalenessText(definition: DatedDefinition): string {
  const last = lastFreshDay(definition);
  if (last === null) return "defined without a date: nobody can tell when it is stale";
  return `defined for ${definition.createdFor}; stale after ${last} (${definition.maxAgeDays ?? usualMaxAgeDays} days)`;
}

/** A limit as a definition holds it: the usual one is not written, so that a definition says one thing in one way. */
export function writtenMaxAge(days: number | undefined): { readonly maxAgeDays?: number } {
  return days === undefined || days === usualMaxAgeDays ? {} : { maxAgeDays: days };
}
