import type { SegmentMatching } from "../refresh/match-segments.js";
import type { CustomerFlow, FormerSegmentRecord, RefreshedSegment } from "../refresh/refresh-record.js";
import type { SegmentPart } from "../refresh/segment-parts.js";
import type { Definition, SegmentDefinition } from "../segments/definition.js";

/** The matching of a refit in words and keys. */
export interface DescribedMatching {
  readonly segments: readonly RefreshedSegment[];
  readonly former: readonly FormerSegmentRecord[];
}

/** What {@link describeMatching} is told. */
export interface MatchingToDescribe {
  readonly matching: SegmentMatching;
  readonly former: Definition;
  readonly refit: Definition;
  /** Customers before by segment of the former definition. */
  readonly sizesBefore: readonly number[];
  /** Customers now by segment of the refit. */
  readonly sizes: readonly number[];
}

/** Names and counts what became of each segment. */
export function describeMatching({
  matching,
  former,
  refit,
  sizesBefore,
  sizes,
}: MatchingToDescribe): DescribedMatching {
  const found = matching.segments.map(({ after, status, keeps, jaccard, from }) => ({
    ...called(refit.segments[after]!),
    status,
    jaccard,
    size: sizes[after]!,
    sizeBefore: keeps === null ? null : sizesBefore[keeps]!,
    isNameWithheld: status === "split" || status === "merged",
    from: flowsOf(from, former.segments),
  }));
  return {
    segments: [...found, ...diedOf({ matching, former, sizesBefore })],
    former: matching.former.map(({ before, status, into }) => ({
      ...called(former.segments[before]!),
      status,
      size: sizesBefore[before]!,
      into: flowsOf(into, refit.segments),
    })),
  };
}

/** Segments that ended without a heir: what became of their customers stands under `former`. */
function diedOf({
  matching,
  former,
  sizesBefore,
}: Pick<MatchingToDescribe, "matching" | "former" | "sizesBefore">): RefreshedSegment[] {
  return matching.former
    .filter(({ status }) => status === "died")
    .map(({ before }) => ({
      ...called(former.segments[before]!),
      status: "died",
      jaccard: 0,
      size: 0,
      sizeBefore: sizesBefore[before]!,
      isNameWithheld: false,
      from: [],
    }));
}

/** The segments of a first definition: all are born. */
export function describeFirst(definition: Definition, sizes: readonly number[]): readonly RefreshedSegment[] {
  return definition.segments.map((segment, i) => ({
    ...called(segment),
    status: "born",
    jaccard: 0,
    size: sizes[i]!,
    sizeBefore: null,
    isNameWithheld: false,
    from: [],
  }));
}

/** Customers in each of `count` segments. */
export function sizesOf(labels: Int32Array, count: number): readonly number[] {
  const sizes = Array.from({ length: count }, () => 0);
  for (const label of labels) if (label >= 0) sizes[label]! += 1;
  return sizes;
}

function flowsOf(parts: readonly SegmentPart[], segments: readonly SegmentDefinition[]): CustomerFlow[] {
  return parts.map(({ segment, customers, share }) => ({ ...called(segments[segment]!), customers, share }));
}

function called({ key, name }: SegmentDefinition): { readonly key: string; readonly name: string } {
  return { key, name };
}
