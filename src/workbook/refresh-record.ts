import type { PreviousState, RefreshMigration, RefreshRecord } from "../refresh/refresh-record.js";
import type { Assignment } from "../segments/assign.js";
import type { Definition } from "../segments/definition.js";
import type { TestedClaims } from "./refresh-claims.js";
import { scoreOn, spendInMinorUnits } from "./refresh-columns.js";
import type { RefreshFindings } from "./refresh-findings.js";
import type { FormerState } from "./refresh-former.js";
import type { HeldCustomers } from "./refresh-hold.js";
import { inputsOfRefresh } from "./refresh-inputs.js";
import { describeMigration } from "./refresh-migration.js";
import { workbookNotes } from "./refresh-notes.js";

/** Where customers are under the definition in force. */
interface InForce {
  readonly inForce: Assignment;
  readonly held: HeldCustomers;
  readonly claims: TestedClaims;
}

/** Puts what a refresh found and decided into its record. */
export function recordRefresh(findings: RefreshFindings, inForce: InForce): RefreshRecord {
  const { book, former, now, tried, judgement, decision } = findings;
  const { common } = now;
  const { version, fingerprint, createdFor } = decision.definition;
  const { drift, mix, classifier, recommendation, notes } = judgement;
  return {
    schemaVersion: 1,
    asOf: book.config.asOf,
    previous: previousOf(former),
    definition: { version, fingerprint, createdFor, decision: decision.word },
    recommendation,
    customers: {
      before: former.customers.keys.length,
      after: now.table.keys.length,
      common: common.before.length,
      arrived: common.arrived.length,
      lapsed: common.lapsed.length,
    },
    ...tried.described,
    migration: migrationOf(findings, inForce),
    ...(inForce.held.hysteresis && { hysteresis: inForce.held.hysteresis }),
    drift: drift.features,
    driftBasis: { rows: drift.rows, notes: drift.notes },
    mix,
    ...(classifier && { classifier }),
    claims: inForce.claims.checked,
    gates: [...decision.gates, inForce.claims.gate],
    ...inputsOfRefresh(book),
    notes: [...tried.notes, ...notes, ...workbookNotes(book.config, definitionsOf(findings))],
  };
}

/** The one in force, then a refit that is not. */
function definitionsOf({ decision, tried }: RefreshFindings): readonly Definition[] {
  return [decision.definition, ...(tried.refit ? [tried.refit.definition] : [])];
}

function previousOf({ state, definition }: FormerState): PreviousState {
  const { version, fingerprint } = definition;
  return { state: state.name, asOf: state.record.asOf, version, fingerprint, record: state.recordHash };
}

function migrationOf(
  { book, former, now, decision }: RefreshFindings,
  { inForce, held }: InForce,
): RefreshMigration {
  const { money } = book.config;
  const { definition } = decision;
  const [spentBefore, spentAfter] = [former.table, now.table].map((table) =>
    spendInMinorUnits(table, money.decimals),
  );
  return describeMigration({
    before: {
      keys: former.customers.keys,
      labels: former.customers.labels,
      byOldDefinition: former.customers.nearest,
      byNewDefinition: scoreOn(former.state.record.asOf, former.table, definition).labels,
      ...(spentBefore && { spend: spentBefore }),
    },
    after: {
      keys: now.table.keys,
      labels: held.labels,
      byOldDefinition: now.assignment.labels,
      byNewDefinition: inForce.labels,
      ...(spentAfter && { spend: spentAfter }),
    },
    common: now.common,
    oldDefinition: former.definition,
    newDefinition: definition,
    money,
  });
}
