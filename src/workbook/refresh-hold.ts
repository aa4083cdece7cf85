import type { CommonRows } from "../refresh/common-rows.js";
import { holdAssignments } from "../refresh/hold-assignments.js";
import type { HysteresisRecord } from "../refresh/refresh-record.js";
import type { StateCustomers } from "../refresh/state-customers.js";
import type { Assignment } from "../segments/assign.js";
import type { Definition } from "../segments/definition.js";

/** Where customers are after hysteresis. */
export interface HeldCustomers {
  /** Indices into the segments of the definition in force; −1 for the fallback. */
  readonly labels: Int32Array;
  /** Absent: the workbook declares none. */
  readonly hysteresis?: HysteresisRecord;
}

/** What {@link holdCustomers} works with. */
export interface CustomersToHold {
  readonly before: { readonly customers: StateCustomers; readonly definition: Definition };
  readonly assignment: Assignment;
  readonly definition: Definition;
  readonly common: CommonRows;
}

/** Holds customers on a border where they were, as the workbook declares it. */
export function holdCustomers(
  { before, assignment, definition, common }: CustomersToHold,
  limit: number | undefined,
): HeldCustomers {
  if (limit === undefined) return { labels: assignment.labels };
  const { fallback } = definition;
  const keys = definition.segments.map(({ key }) => key);
  const formerKeys = before.definition.segments.map(({ key }) => key);
  const held: (string | null)[] = Array.from({ length: assignment.keys.length }, () => null);
  const lastNearest = [...held];
  common.after.forEach((row, i) => {
    held[row] = formerKeys[before.customers.labels[common.before[i]!]!] ?? fallback.key;
    lastNearest[row] = formerKeys[before.customers.nearest[common.before[i]!]!] ?? fallback.key;
  });
  const nearest = Array.from(assignment.labels, (label) => keys[label] ?? fallback.key);
  const { segments, moves, heldBack } = holdAssignments(
    { held, lastNearest, nearest, margins: assignment.margins },
    limit,
    new Set(keys),
  );
  const places = new Map(keys.map((key, place) => [key, place]));
  return {
    labels: Int32Array.from(segments, (key) => places.get(key) ?? -1),
    hysteresis: { limit, moves, heldBack },
  };
}
