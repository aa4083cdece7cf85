import type { MoneyConfig } from "../config/workbook-config.js";
import type { CommonRows } from "../refresh/common-rows.js";
import {
  decomposeMigration,
  type ScoredCustomers,
  type SegmentChange,
} from "../refresh/decompose-migration.js";
import { migrationTable } from "../refresh/migration-table.js";
import type { RefreshMigration } from "../refresh/refresh-record.js";
import type { Definition } from "../segments/definition.js";

/** The customers of one date under the definitions of both; labels are indices into the segments of each. */
export interface DatedScores {
  readonly keys: readonly string[];
  /** Segments in which they are, held ones where they are held, by the definition in force at that date. */
  readonly labels: Int32Array;
  readonly byOldDefinition: Int32Array;
  readonly byNewDefinition: Int32Array;
  /** Spend in whole minor units; absent where there is none. */
  readonly spend?: Float64Array;
}

/** What {@link describeMigration} works with. */
export interface MigrationInputs {
  readonly before: DatedScores;
  readonly after: DatedScores;
  readonly common: CommonRows;
  readonly oldDefinition: Definition;
  /** The one in force from now on; the same where it was kept. */
  readonly newDefinition: Definition;
  readonly money: MoneyConfig;
}

/** Who moved between the segments in force at two dates, and why each segment grew or shrank. O(customers). */
export function describeMigration(inputs: MigrationInputs): RefreshMigration {
  const { before, after, oldDefinition, newDefinition, money } = inputs;
  const matrix = migrationTable(
    { keys: before.keys, labels: before.labels, segments: oldDefinition.segments },
    { keys: after.keys, labels: after.labels, segments: newDefinition.segments },
  );
  const customers = decompose(inputs, {});
  const { currency, decimals } = money;
  const hasSpend = before.spend !== undefined && after.spend !== undefined;
  return {
    matrix,
    decomposition: {
      customers,
      ...(hasSpend && {
        revenue: {
          currency,
          decimals,
          changes: decompose(inputs, { before: before.spend, after: after.spend }),
        },
      }),
    },
  };
}

interface Amounts {
  readonly before?: Float64Array | undefined;
  readonly after?: Float64Array | undefined;
}

function decompose(inputs: MigrationInputs, amounts: Amounts): readonly SegmentChange[] {
  const { before, after, common, oldDefinition, newDefinition } = inputs;
  const scoresOf = (
    scores: DatedScores,
    rows: Int32Array,
    spend: Float64Array | undefined,
  ): ScoredCustomers => ({
    oldDefinition: keysOf(oldDefinition, scores.byOldDefinition, rows),
    newDefinition: keysOf(newDefinition, scores.byNewDefinition, rows),
    ...(spend && { amounts: Float64Array.from(rows, (row) => spend[row]!) }),
  });
  return decomposeMigration(
    {
      commonOldData: scoresOf(before, common.before, amounts.before),
      commonNewData: scoresOf(after, common.after, amounts.after),
      lapsed: scoresOf(before, common.lapsed, amounts.before),
      arrived: scoresOf(after, common.arrived, amounts.after),
    },
    allKeys(oldDefinition, newDefinition),
  );
}

function keysOf({ segments, fallback }: Definition, labels: Int32Array, rows: Int32Array): string[] {
  const keys = segments.map(({ key }) => key);
  return Array.from(rows, (row) => keys[labels[row]!] ?? fallback.key);
}

/** Keys of both definitions by number, then the fallback. */
function allKeys(one: Definition, other: Definition): readonly string[] {
  const keys = new Set([...one.segments, ...other.segments].map(({ key }) => key));
  return [...[...keys].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))), one.fallback.key];
}
