import type { SegmentNaming } from "../config/workbook-config.js";
import { suppressGroups } from "../disclosure/suppress-cells.js";
import type { Definition } from "../segments/definition.js";
import type { Profile } from "../segments/profile.js";
import type { CardSeparation } from "../segments/segment-card.js";
import type { JudgedSolution, NullBand, SegmentJudgement } from "../verdict/judgement.js";
import type { FoundSegments } from "./find-segments.js";
import type { NamedSegment } from "./named-segment.js";

interface Naming {
  readonly definition: Definition;
  readonly profile: Profile;
  readonly names: ReadonlyMap<string, SegmentNaming>;
}

/** Each segment with its name, its size and the figures that speak for or against it. */
export function nameSegments(found: FoundSegments, { definition, profile, names }: Naming): NamedSegment[] {
  const isShown = suppressGroups(
    profile.segments.map(({ size }) => size),
    Math.max(1, profile.smallestGroup),
  );
  return definition.segments.map(({ key, name, description, verdict, reason = "" }, i) => {
    const { size, share } = profile.segments[i]!;
    const revenueShare = isShown[i] ? profile.segments[i]!.revenueShare : null;
    const action = names.get(key)?.action ?? null;
    const judged = found.solution?.segments[i];
    const steadiness = judged ? steadinessOf(judged) : unjudged(definition.segments.length);
    const separation = judged && { separation: separationOf(found, judged) };
    const whose = { key, name, size, share, revenueShare, description, action };
    return { ...whose, verdict, reason, ...steadiness, ...separation };
  });
}

/** Everybody together always comes back; of several that could not be judged none is said to. */
function unjudged(count: number): Pick<NamedSegment, "jaccard" | "low" | "high"> {
  const steadiness = count === 1 ? 1 : 0;
  return { jaccard: steadiness, low: steadiness, high: steadiness };
}

function steadinessOf({ jaccard, low, high, jaccardNull }: SegmentJudgement) {
  if (jaccardNull === null) return { jaccard, low, high };
  return { jaccard, low, high, withoutGroups: bandOf(jaccardNull), percentile: jaccardNull.percentile };
}

function separationOf({ judgement, solution }: FoundSegments, judged: SegmentJudgement): CardSeparation {
  const { cluster, worstValley } = judged;
  const nearest = nearestPair(solution!, cluster);
  const band = judgement?.separations.find(
    ({ count, route }) => count === solution!.count && route === solution!.route,
  )?.null;
  return {
    valley: worstValley,
    limit: nearest?.limit ?? 0,
    ...(band && { withoutGroups: bandOf(band), percentile: shareBelow(worstValley, band) }),
  };
}

/** The pair of a cluster with the shallowest valley. */
function nearestPair(
  { pairs }: JudgedSolution,
  cluster: number,
): JudgedSolution["pairs"][number] | undefined {
  const own = pairs.filter(({ a, b }) => a === cluster || b === cluster);
  return own.sort((one, other) => other.valley - one.valley)[0];
}

/** Share of the copies with a lower figure. */
function shareBelow(value: number, { sorted }: NullBand): number {
  return sorted.filter((other) => other < value).length / Math.max(1, sorted.length);
}

function bandOf({ low, high }: NullBand): readonly [number, number] {
  return [low, high];
}
