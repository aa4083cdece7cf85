import type { CampaignPoint } from "../charts/campaign-response.js";
import type { CategoryIndexView } from "../charts/category-index.js";
import type { ChartSegment } from "../charts/chart-segment.js";
import type { CorrelationView } from "../charts/correlation.js";
import type { DistributionView } from "../charts/distribution.js";
import type { ProfileView } from "../charts/profile-heat-map.js";
import type { SnakePlotView } from "../charts/snake-plot.js";
import type { CustomerTable, Feature } from "../core/feature.js";
import type { CorrelationTable } from "../explore/correlate.js";
import type { CampaignResponse } from "../segments/campaign-response.js";
import type { CategoryAffinity } from "../segments/category-affinity.js";
import type { NumberProfile, Profile, SegmentNumber } from "../segments/profile.js";

/** The named numeric features, ready for `charts.distribution`. */
export function distributionViews(table: CustomerTable, names: readonly string[]): DistributionView[] {
  return names.flatMap((name) => {
    const column = table.columns.find(({ feature }) => feature.name === name);
    if (column?.kind !== "number") return [];
    return [{ label: column.feature.label, unit: column.feature.unit, values: column.values }];
  });
}

/** Correlations under the names that readers know, ready for `charts.correlation`. */
export function correlationView(table: CorrelationTable, features: readonly Feature[]): CorrelationView {
  const labels = new Map(features.map(({ name, label }) => [name, label]));
  return {
    labels: table.columns.map((name) => labels.get(name) ?? name),
    coefficients: table.values,
    measure: table.method === "spearman" ? "Spearman’s rank correlation" : "Pearson’s correlation",
  };
}

/** Indices of the numeric features, the basis first, ready for `charts.profileHeatMap`. */
export function profileView(profile: Profile, limit: number = 16): ProfileView {
  const numbers = profile.total
    .map(({ kind, feature }, j) => ({ kind, feature, j }))
    .filter(({ kind }) => kind === "number");
  const rows = numbers
    .filter(({ j }) => indexRow(profile, j).some((index) => index !== null))
    .sort((a, b) => Number(b.feature.role === "basis") - Number(a.feature.role === "basis"))
    .slice(0, limit);
  return {
    segments: profile.segments,
    features: rows.map(({ feature }) => feature.label),
    index: rows.map(({ j }) => indexRow(profile, j)),
    leftOut: numbers.length - rows.length,
  };
}

function indexRow(profile: Profile, j: number): (number | null)[] {
  return profile.segments.map(({ features }) => {
    const feature = features[j]!;
    return feature.kind === "number" && feature.isShown ? feature.index : null;
  });
}

/** Distances of the numeric features from all customers, the basis first, ready for `charts.snakePlot`. */
export function snakeView(profile: Profile, limit: number = 12): SnakePlotView {
  const rows = profile.total
    .map((total, j) => ({ total, j }))
    .filter(({ total }) => total.kind === "number" && total.known > 0)
    .sort((a, b) => Number(b.total.feature.role === "basis") - Number(a.total.feature.role === "basis"))
    .slice(0, limit);
  return {
    segments: profile.segments,
    features: rows.map(({ total }) => total.feature.label),
    distances: rows.map(({ j }) => distanceRow(profile, j)),
  };
}

function distanceRow(profile: Profile, j: number): (number | null)[] {
  const total = profile.total[j] as NumberProfile;
  return profile.segments.map(({ features }) => {
    const { mean, isShown } = features[j] as SegmentNumber;
    return isShown && mean !== null && total.standardDeviation
      ? (mean - total.mean!) / total.standardDeviation
      : null;
  });
}

/** One answer to every campaign, ready for `charts.campaignResponse`. */
export function campaignPoints(
  { cells }: CampaignResponse,
  segments: readonly ChartSegment[],
  answer: "opened" | "clicked" | "converted",
): CampaignPoint[] {
  const byKey = new Map(segments.map((segment) => [segment.key, segment]));
  return cells.map((cell) => ({
    segment: byKey.get(cell.segment)!,
    campaign: cell.campaign,
    sent: cell.reached,
    responses: cell[answer].count,
    interval: cell[answer].interval,
  }));
}

/** Indices of the largest categories, ready for `charts.categoryIndex`. */
export function categoryView(
  { categories, cells }: CategoryAffinity,
  segments: readonly ChartSegment[],
  limit: number = 20,
): CategoryIndexView {
  const shown = categories.slice(0, limit);
  const indexOf = new Map(cells.map(({ segment, category, index }) => [`${segment} ${category}`, index]));
  return {
    segments,
    categories: shown,
    index: shown.map((category) => segments.map(({ key }) => indexOf.get(`${key} ${category}`) ?? null)),
  };
}
