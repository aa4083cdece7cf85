import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { openDuckDb } from "../engine/duckdb.js";
import { type History, type HistoryState, latestState, readHistory } from "./history.js";
import { stateFiles } from "./history-layout.js";
import {
  customerPath,
  type MembershipStay,
  type SegmentAtDate,
  type SegmentRetention,
  type SegmentTransition,
  segmentRetention,
  segmentTransitions,
} from "./history-query.js";
import { type DatedFiles, segmentSizes } from "./segment-sizes.js";

/** A history to ask questions of. */
export interface OpenHistory extends History {
  /** Customers and spend of every segment at every date; dates ascend, keys within them. */
  sizes(): Promise<readonly SegmentAtDate[]>;
  /** Everything that is known of where one customer was, oldest first; empty for an unknown one. */
  path(customer: string): Promise<readonly MembershipStay[]>;
  /** From each date to the next: who stayed in the segment, and who is still a customer. */
  retention(): Promise<readonly SegmentRetention[]>;
  /**
   * Customers by segment at one date and at a later one, with those who came and went.
   *
   * @throws InputError if a date is not one of the history, or the second is not later.
   */
  transitions(from: string, to: string): Promise<readonly SegmentTransition[]>;
  /** Closes the database that answers. */
  close(): void;
}

/**
 * Opens the history that refreshes left, for questions about segments and customers over time.
 *
 * Reads the membership and the features of the states with DuckDB, not into memory. The same questions can be asked of the newest
 * `membership.parquet` by any program that reads Parquet.
 *
 * @param folder - Absolute path of the history's folder.
 * @returns null where nothing was refreshed yet.
 * @throws InputError if the history is damaged.
 */
export async function openHistory(folder: string): Promise<OpenHistory | null> {
  const history = readHistory(folder);
  if (history === null) return null;
  const engine = await openDuckDb();
  const { membership } = stateFiles(latestState(history).folder);
  const dates = history.states.map(({ record }) => record.asOf);
  return {
    ...history,
    sizes: () => segmentSizes(engine, membership, history.states.map(placeOf)),
    path: (customer) => customerPath(engine, membership, customer),
    retention: () => segmentRetention(engine, membership, dates),
    async transitions(from, to) {
      requireDates(dates, from, to);
      return segmentTransitions(engine, membership, { from, to });
    },
    close: () => engine.close(),
  };
}

function placeOf({ record, folder }: HistoryState): DatedFiles {
  const { assignments, features } = stateFiles(folder);
  return { asOf: record.asOf, assignments, features };
}

function requireDates(dates: readonly string[], from: string, to: string): void {
  for (const [name, date] of Object.entries({ from, to }))
    if (!dates.includes(date))
      throw new InputError(
        `transitions: ${name} must be a date of the history (${dates.join(", ")}), got ${describeValue(date)}`,
      );
  if (to <= from) throw new InputError(`transitions: to must be after from (${from}), got ${to}`);
}
