import type { Assignment } from "../segments/assign.js";
import type { Definition } from "../segments/definition.js";
import type { Profile } from "../segments/profile.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import type { RefreshColumns } from "../segments/write-assignments.js";
import type { FoundSegments } from "./find-segments.js";
import type { NamedSegment } from "./named-segment.js";

/** The customers of a workbook in segments: found, judged, profiled, named and defined. */
export interface Segmentation extends FoundSegments {
  /** Largest first, in label order; of a refresh in the order of its definition. */
  readonly segments: readonly NamedSegment[];
  readonly profile: Profile;
  readonly definition: Definition;
  /** Each customer's segment, by the definition; the same labels as the fit, apart from customers who are held. */
  readonly assignment: Assignment;
  /** What a report shows first. */
  readonly overview: SegmentOverview;
  /** Where a refresh holds customers, which are the labels of the fit; absent: nobody is held. */
  readonly refresh?: RefreshColumns;
}
