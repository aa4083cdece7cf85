import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";

/** Degrees east and north. */
export type GeoPoint = readonly [longitude: number, latitude: number];

/** The outlines of one region. */
export interface RegionShape {
  readonly name: string;
  /** Each the border of an area first, then its holes; no ring jumps at the 180th meridian. */
  readonly polygons: readonly (readonly (readonly GeoPoint[])[])[];
}

/** Regions of a GeoJSON document. */
export interface RegionShapes {
  readonly regions: readonly RegionShape[];
  /** Features without a name or without an area. */
  readonly leftOut: number;
}

/**
 * Reads the outlines of named regions from GeoJSON: a feature collection of polygons, holes and parts included.
 *
 * Features of one name are one region. Outlines that cross the 180th meridian go on beyond it instead of jumping round the globe.
 *
 * @param geojson - The document, as text or already parsed; coordinates are degrees (WGS 84), as RFC 7946 says.
 * @param options - `property`: the property that holds a region's name; default "name".
 * @throws InputError if the text is no JSON, it is no collection of features, no feature has a name and an area, or a ring is broken.
 * @see RFC 7946, doi:10.17487/RFC7946
 */
export function readRegionShapes(
  geojson: unknown,
  options: { readonly property?: string } = {},
): RegionShapes {
  const { property = "name" } = options;
  const features = featuresOf(typeof geojson === "string" ? parse(geojson) : geojson);
  const found = new Map<string, (readonly (readonly GeoPoint[])[])[]>();
  let leftOut = 0;
  for (const [i, feature] of features.entries()) {
    const name = nameOf(feature, property);
    const polygons = polygonsOf((feature as { geometry?: unknown } | null)?.geometry, i);
    if (name === undefined || polygons.length === 0) leftOut++;
    else found.set(name, [...(found.get(name) ?? []), ...polygons]);
  }
  if (found.size === 0)
    throw new InputError(
      `readRegionShapes: geojson must hold a region with a "${property}" and an area, got ${features.length} features without. Name the property that holds the regions' names`,
    );
  return { regions: [...found].map(([name, polygons]) => ({ name, polygons })), leftOut };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`readRegionShapes: geojson must be JSON, got ${describeValue(text)}`);
  }
}

function featuresOf(document: unknown): readonly unknown[] {
  const { type, features } = (document ?? {}) as { readonly type?: unknown; readonly features?: unknown };
  if (type === "Feature") return [document];
  if (type === "FeatureCollection" && Array.isArray(features)) return features;
  throw new InputError(
    `readRegionShapes: geojson must be a FeatureCollection, got ${type === undefined ? describeValue(document) : describeValue(type)}`,
  );
}

function nameOf(feature: unknown, property: string): string | undefined {
  const properties = (feature as { properties?: unknown } | null)?.properties;
  const value =
    typeof properties === "object" && properties !== null && Object.hasOwn(properties, property)
      ? (properties as Record<string, unknown>)[property]
      : undefined;
  return typeof value === "string" || typeof value === "number"
    ? String(value).trim() || undefined
    : undefined;
}

/** Areas of a geometry; points and lines have none. */
function polygonsOf(geometry: unknown, feature: number): (readonly (readonly GeoPoint[])[])[] {
  const { type, coordinates, geometries } = (geometry ?? {}) as Readonly<Record<string, unknown>>;
  if (type === "GeometryCollection" && Array.isArray(geometries))
    return geometries.flatMap((one) =>
      (one as { type?: unknown } | null)?.type === "GeometryCollection" ? [] : polygonsOf(one, feature),
    );
  if (type === "Polygon") return [ringsOf(coordinates, feature)];
  if (type !== "MultiPolygon") return [];
  if (!Array.isArray(coordinates)) throw brokenRing(feature, coordinates);
  return coordinates.map((polygon) => ringsOf(polygon, feature));
}

function ringsOf(polygon: unknown, feature: number): (readonly GeoPoint[])[] {
  if (!Array.isArray(polygon) || polygon.length === 0) throw brokenRing(feature, polygon);
  return polygon.map((ring) => {
    if (!Array.isArray(ring) || ring.length < 4) throw brokenRing(feature, ring);
    return withoutJumps(ring.map((point) => pointOf(point, feature)));
  });
}

function pointOf(point: unknown, feature: number): GeoPoint {
  const [longitude, latitude] = Array.isArray(point) ? point : [];
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) throw brokenRing(feature, point);
  if (Math.abs(longitude) > 360 || Math.abs(latitude) > 90)
    throw new InputError(
      `readRegionShapes: coordinates must be degrees of longitude and latitude, got ${longitude}, ${latitude} in feature ${feature + 1}. Convert a projected map to WGS 84 first`,
    );
  return [longitude, latitude];
}

function brokenRing(feature: number, got: unknown): InputError {
  return new InputError(
    `readRegionShapes: every ring must be a list of at least four points, got ${describeValue(got)} in feature ${feature + 1}`,
  );
}

/** A step of more than half the globe is the short way across the 180th meridian. */
function withoutJumps(ring: readonly GeoPoint[]): readonly GeoPoint[] {
  let shift = 0;
  return ring.map(([longitude, latitude], i): GeoPoint => {
    const before = i === 0 ? longitude : ring[i - 1]![0];
    if (longitude - before > 180) shift -= 360;
    if (longitude - before < -180) shift += 360;
    return [longitude + shift, latitude];
  });
}
