import { checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { countText, percentText } from "../core/number-text.js";
import type { StabilityAssessment } from "./assess-stability.js";

export interface FenceSitterOptions {
  /** Who lands in the assigned segment in a smaller share of resamples sits on a fence; 0.75 if not given. */
  readonly fence?: number;
  /** Below this share the customer is found elsewhere more often than at home; 0.5 if not given. */
  readonly elsewhere?: number;
}

/** A customer whose segment hangs on who else was drawn. */
export interface FenceSitter {
  /** Row of the matrix. */
  readonly row: number;
  readonly segment: number;
  /** Share of resamples (0…1) that put the customer into the assigned segment. */
  readonly share: number;
  /** Segment in which the customer lands most often otherwise; null where never in another. */
  readonly neighbour: number | null;
  /** Share of resamples in it. */
  readonly neighbourShare: number;
}

/** How many of one segment sit on a fence. */
export interface SegmentFence {
  readonly segment: number;
  /** Customers of the segment that took part. */
  readonly customers: number;
  readonly fenceSitters: number;
  /** Fence-sitters of its customers, 0…1. */
  readonly share: number;
  /** Of them those who land elsewhere more often than `elsewhere` allows. */
  readonly mostlyElsewhere: number;
  /** Mean share of resamples that put a customer of the segment into it, 0…1. */
  readonly meanShare: number;
}

/** Who sits on a fence, by customer and by segment. */
export interface FenceSitters {
  readonly fence: number;
  readonly elsewhere: number;
  readonly resamples: number;
  /** Customers that took part. */
  readonly customers: number;
  /** The least settled first, then by row. */
  readonly list: readonly FenceSitter[];
  /** One per segment, in label order. */
  readonly segments: readonly SegmentFence[];
  /** Number of customers whose share lies in each twentieth: [0, 0.05), …, [0.95, 1]. */
  readonly twentieths: readonly number[];
  /** How many, and what a campaign should do with them. */
  readonly sentence: string;
}

/**
 * Customers whose segment is a near thing: in too few refits on customers drawn anew do they land where they are assigned.
 *
 * Share of resamples: 1 always at home, 0 never; a cut through a crowd has many fence-sitters however often it comes back.
 * O(nRows · nSegments).
 *
 * @param assessment - Of `assessStability` with `memberships: true`.
 * @throws InputError if the assessment has no memberships, or a limit is no share.
 */
export function findFenceSitters(
  assessment: StabilityAssessment,
  options: FenceSitterOptions = {},
): FenceSitters {
  const { fence = 0.75, elsewhere = 0.5 } = options;
  checkNumber("findFenceSitters", "fence", fence, 0, 1);
  checkNumber("findFenceSitters", "elsewhere", elsewhere, 0, 1);
  const { memberships, resamples } = assessment;
  if (memberships === undefined)
    throw new InputError(
      "findFenceSitters: assessment must have memberships, got one without. Give assessStability memberships: true",
    );
  const { rows, clusterCount } = memberships;
  const all = Array.from(rows, (row, place) => {
    const shares = memberships.shares.subarray(place * clusterCount, (place + 1) * clusterCount);
    return placeOf(row, memberships.labels[place]!, shares);
  });
  const segments = Array.from({ length: clusterCount }, (_, segment) =>
    fenceOf(
      segment,
      all.filter((sitter) => sitter.segment === segment),
      { fence, elsewhere },
    ),
  );
  const twentieths = new Array<number>(20).fill(0);
  for (const { share } of all) twentieths[Math.min(19, Math.floor(share * 20 + 1e-9))]!++;
  const list = all.filter(({ share }) => share < fence).sort((a, b) => a.share - b.share || a.row - b.row);
  const sentence = describe(list.length, rows.length, { fence, resamples });
  return { fence, elsewhere, resamples, customers: rows.length, list, segments, twentieths, sentence };
}

function placeOf(row: number, segment: number, shares: Float64Array): FenceSitter {
  let neighbour: number | null = null;
  shares.forEach((share, other) => {
    if (other !== segment && share > (neighbour === null ? 0 : shares[neighbour]!)) neighbour = other;
  });
  const neighbourShare = neighbour === null ? 0 : shares[neighbour]!;
  return { row, segment, share: shares[segment]!, neighbour, neighbourShare };
}

function fenceOf(
  segment: number,
  own: readonly FenceSitter[],
  limits: { readonly fence: number; readonly elsewhere: number },
): SegmentFence {
  const customers = own.length;
  const fenceSitters = own.filter(({ share }) => share < limits.fence).length;
  return {
    ...{ segment, customers, fenceSitters },
    share: customers === 0 ? 0 : fenceSitters / customers,
    mostlyElsewhere: own.filter(({ share }) => share < limits.elsewhere).length,
    meanShare: customers === 0 ? 0 : own.reduce((sum, { share }) => sum + share, 0) / customers,
  };
}

function describe(
  count: number,
  customers: number,
  { fence, resamples }: { readonly fence: number; readonly resamples: number },
): string {
  const limit = `in at least ${percentText(fence)} of ${countText(resamples)} refits`;
  if (count === 0)
    return `No customer sits on a fence: all ${countText(customers)} land in their segment ${limit}.`;
  const sits = count === 1 ? "customer sits" : "customers sit";
  const they = count === 1 ? "who does" : "who do";
  return `${countText(count)} ${sits} on a fence (${percentText(count / customers)} of ${countText(customers)}), ${they} not land in the assigned segment ${limit}. A campaign should offer them what suits both neighbours, and leave them out when it measures how the segments differ; a move of theirs at the next refresh is no news.`;
}
