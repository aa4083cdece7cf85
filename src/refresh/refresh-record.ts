import type { CheckedClaim } from "./check-claims.js";
import type { SegmentChange } from "./decompose-migration.js";
import type { DomainClassifier } from "./domain-classifier.js";
import type { DriftBasis, FeatureDrift } from "./drift-record.js";
import type { SegmentStatus } from "./match-segments.js";
import type { MigrationTable } from "./migration-table.js";
import type { SegmentMix } from "./segment-mix.js";

/** What a refresh found and decided: everything but the customers. Same inputs, same bytes. */
export interface RefreshRecord {
  readonly schemaVersion: 1;
  /** Last calendar day that was known, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The state it was compared with; null for the first one. */
  readonly previous: PreviousState | null;
  readonly definition: DefinitionInForce;
  /** null for the first state, which has nothing to be compared with. */
  readonly recommendation: RefreshRecommendation | null;
  readonly customers: CustomerCounts;
  /**
   * Segments of the refit, also where the definition was kept, in the order of their keys; after them those before that died. Of rules,
   * which are never sought anew: their segments, all continued, with the overlap of their customers.
   */
  readonly segments: readonly RefreshedSegment[];
  /** Segments of the definition before, and what became of them. */
  readonly former: readonly FormerSegmentRecord[];
  /** How the segments in force changed; null for the first state. */
  readonly migration: RefreshMigration | null;
  /** Absent: the workbook declares none. */
  readonly hysteresis?: HysteresisRecord;
  /** Feature by feature against the first state under the definition before; empty for the first state. */
  readonly drift: readonly FeatureDrift[];
  /** On whom drift was measured; absent: the first state. */
  readonly driftBasis?: DriftBasis;
  /** Shares of the segments in that state and now, under the definition before; absent: the first state. */
  readonly mix?: SegmentMix;
  /** Its customers told from those of now by all basis features together; absent: the first state, too few customers, or rules. */
  readonly classifier?: DomainClassifier;
  /** Published sentences beside the numbers of today, then new ones. */
  readonly claims: readonly CheckedClaim[];
  readonly gates: readonly RefreshGate[];
  /** SHA-256 of the workbook file. */
  readonly workbook: string;
  readonly inputs: readonly RefreshInput[];
  /** What else there is to know, one sentence each. */
  readonly notes: readonly string[];
}

/** The state before: records form a chain, each naming the bytes of the one it builds on. */
export interface PreviousState {
  /** Name of its folder. */
  readonly state: string;
  readonly asOf: string;
  /** Version and fingerprint of the definition that was in force. */
  readonly version: number;
  readonly fingerprint: string;
  /** SHA-256 of its record. */
  readonly record: string;
}

/** The definition that holds from this refresh on. */
export interface DefinitionInForce {
  readonly version: number;
  readonly fingerprint: string;
  /** As-of date of the customers that it was fitted to; null where it was fitted to a file without a date. */
  readonly createdFor: string | null;
  /**
   * first: there was none before; kept: the one before goes on; refitted: a new version took its place; refused: a gate on the data or
   * on continuity failed, the state before goes on, and nothing of this refresh is in force.
   */
  readonly decision: "first" | "kept" | "refitted" | "refused";
}

/** What a refresh advises, whatever the workbook lets it do. */
export interface RefreshRecommendation {
  /** keep the definition, refit and continue, or rethink: look before anything is put in force. */
  readonly word: "keep" | "refit" | "rethink";
  /** In words, the weightiest first. */
  readonly reasons: readonly string[];
}

/** Customers by whether they were there at both dates. */
export interface CustomerCounts {
  /** 0 for the first state. */
  readonly before: number;
  readonly after: number;
  readonly common: number;
  readonly arrived: number;
  readonly lapsed: number;
}

/** A segment of the refit, and what it was. */
export interface RefreshedSegment {
  readonly key: string;
  readonly name: string;
  /** Segments of a first state are born. */
  readonly status: SegmentStatus;
  /** Overlap with the segment it was matched with, on common customers, 0…1; 0 without a match. */
  readonly jaccard: number;
  /** Customers that the refit puts into it; 0 where it died. */
  readonly size: number;
  /** Customers of the segment before with the same key; null for a new key. */
  readonly sizeBefore: number | null;
  /** Whether it is made of segments that split or merged, whose names and keys it does not get. */
  readonly isNameWithheld: boolean;
  /** Where its common customers were, largest first. */
  readonly from: readonly CustomerFlow[];
}

/** A segment before, and what became of it. */
export interface FormerSegmentRecord {
  readonly key: string;
  readonly name: string;
  readonly status: Exclude<SegmentStatus, "born">;
  readonly size: number;
  /** Where its common customers are, largest first. */
  readonly into: readonly CustomerFlow[];
}

/** Common customers that two segments share. */
export interface CustomerFlow {
  /** Of the segment at the other date. */
  readonly key: string;
  readonly name: string;
  readonly customers: number;
  /** Of the common customers of the segment that is described, 0…1. */
  readonly share: number;
}

/** How customers moved between the segments in force before and after. */
export interface RefreshMigration {
  /** Transitions by what the assignments of both dates say, held customers where they are held. */
  readonly matrix: MigrationTable;
  /** Why each segment grew or shrank, by the definitions alone, held customers at their nearest centre. */
  readonly decomposition: MigrationDecomposition;
}

/** Changes of each segment, parted into customers, definition and base; parts add up to the change exactly. */
export interface MigrationDecomposition {
  /** In customers, by key; keys that are gone and the fallback included. */
  readonly customers: readonly SegmentChange[];
  /** Absent: the workbook has no spend. */
  readonly revenue?: RevenueDecomposition;
}

/** Changes of each segment's spend. */
export interface RevenueDecomposition {
  /** ISO 4217 code. */
  readonly currency: string;
  /** Amounts of `changes` are whole numbers of 10^−decimals. */
  readonly decimals: number;
  readonly changes: readonly SegmentChange[];
}

/** What hysteresis did. */
export interface HysteresisRecord {
  /** Margin 0…1 from which a customer moves at once. */
  readonly limit: number;
  /** Customers who would have moved without it. */
  readonly moves: number;
  /** Of these, those who were held: flips avoided, and customers held against their nearest centre. */
  readonly heldBack: number;
}

/** Something that must hold of a refresh. */
export interface RefreshGate {
  /** Stable word. */
  readonly name: string;
  readonly passed: boolean;
  readonly value: number | null;
  readonly limit: number | null;
  readonly reason: string;
}

/** What one source was. */
export interface RefreshInput {
  readonly source: string;
  /** As in the cleaning account. */
  readonly sha256: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
}
