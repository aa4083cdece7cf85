import type { Route } from "../kmeans/fit-route.js";
import type { CountSeparation } from "./judgement.js";

/** A count, and the route whose clusters show it. */
export interface Recommendation {
  /** 1: nothing separates. */
  readonly count: number;
  readonly route: Route;
  readonly bestCounts: Readonly<Record<Route, number>>;
  /** Larger counts, descending, that have a gap between every two segments. */
  readonly passedOver: readonly PassedOver[];
}

/** A count with a segment that may lie on the saddle between groups. */
export interface PassedOver {
  readonly count: number;
  /** Not every segment comes back when customers are drawn anew, or one has shallow gaps only. */
  readonly why: "instability" | "shallow gaps";
}

/**
 * The largest count that parts further than group-free data and whose pairs are all open: of all counts that hold, the
 * larger says more, for a coarser cut of separate groups is separate too. Where both routes come to the same count, the
 * plain one: nobody needs weights explained that change nothing.
 */
export function recommendCount(separations: readonly CountSeparation[]): Recommendation {
  const bestOf = (route: Route) =>
    separations
      .filter((one) => one.route === route && one.everyPairOpen && one.partsFurther)
      .reduce((best, { count }) => Math.max(best, count), 1);
  const bestCounts = { plain: bestOf("plain"), weighted: bestOf("weighted") };
  const count = Math.max(bestCounts.plain, bestCounts.weighted);
  return { count, route: bestCounts.plain === count ? "plain" : "weighted", bestCounts, passedOver: [] };
}
