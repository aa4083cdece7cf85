import type { GeoPoint, RegionShape } from "./region-shapes.js";

/** How the globe is laid flat: Mercator keeps angles, equirectangular keeps latitudes evenly apart. */
export type MapProjection = "mercator" | "equirectangular";

/** A region on a sheet of `mapWidth` units; borders run one way, holes the other, so that holes stay empty. */
export interface FlatRegion {
  readonly name: string;
  readonly rings: readonly (readonly (readonly [x: number, y: number])[])[];
}

export interface FlatMap {
  readonly regions: readonly FlatRegion[];
  readonly width: number;
  readonly height: number;
}

/** The longer side of a map, in units; points nearer than half a unit are one. */
const longSide = 300;

/** Regions laid flat, the whole as large as it can be, with no more points than can be told apart. */
export function projectRegions(shapes: readonly RegionShape[], projection: MapProjection): FlatMap {
  const near = gathered(shapes);
  const points = near.flatMap(({ polygons }) => polygons.flat(2));
  const flatten = projector(points, projection);
  const flat = points.map(flatten);
  const [left, right] = extent(flat.map(([x]) => x));
  const [bottom, top] = extent(flat.map(([, y]) => y));
  const scale = longSide / Math.max(right - left, top - bottom, 1e-9);
  const place = (point: GeoPoint): readonly [number, number] => {
    const [x, y] = flatten(point);
    return [Math.round((x - left) * scale * 2) / 2, Math.round((y - bottom) * scale * 2) / 2];
  };
  return {
    regions: near.map(({ name, polygons }) => ({
      name,
      rings: polygons.flatMap((rings) => rings.map((ring, i) => turned(thinned(ring.map(place)), i === 0))),
    })),
    width: (right - left) * scale,
    height: (top - bottom) * scale,
  };
}

/** Parts on either side of the 180th meridian are brought together: the map is cut where the most sea is. */
function gathered(shapes: readonly RegionShape[]): readonly RegionShape[] {
  const middles = shapes
    .flatMap(({ polygons }) => polygons.map(([border]) => wrapped(middleOf(border!))))
    .sort((a, b) => a - b);
  const gaps = middles.map((middle, i) => (middles[i + 1] ?? middles[0]! + 360) - middle);
  // A hair before the first region, which rounding would otherwise send once round the globe.
  const start = middles[(gaps.indexOf(Math.max(...gaps)) + 1) % middles.length]! - 1e-6;
  return shapes.map(({ name, polygons }) => ({
    name,
    polygons: polygons.map((rings) => {
      const middle = middleOf(rings[0]!);
      const shift = start + wrapped(middle - start - 180) + 180 - middle;
      return rings.map((ring) => {
        const own = Math.round((middle - middleOf(ring)) / 360) * 360;
        return ring.map(([longitude, latitude]): GeoPoint => [longitude + shift + own, latitude]);
      });
    }),
  }));
}

function middleOf(ring: readonly GeoPoint[]): number {
  const [low, high] = extent(ring.map(([longitude]) => longitude));
  return (low + high) / 2;
}

/** A longitude from −180 up to 180. */
function wrapped(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

function projector(
  points: readonly GeoPoint[],
  projection: MapProjection,
): (point: GeoPoint) => readonly [number, number] {
  const radians = Math.PI / 180;
  if (projection === "mercator")
    return ([longitude, latitude]) => {
      const bounded = Math.max(-85, Math.min(85, latitude));
      return [longitude * radians, Math.log(Math.tan(Math.PI / 4 + (bounded * radians) / 2))];
    };
  const [south, north] = extent(points.map(([, latitude]) => latitude));
  const narrowing = Math.cos(((south + north) / 2) * radians);
  return ([longitude, latitude]) => [longitude * narrowing, latitude];
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

type FlatRing = readonly (readonly [number, number])[];

/** Without points that repeat; a region smaller than a point becomes a small diamond, so that it is not lost. */
function thinned(ring: FlatRing): FlatRing {
  const kept = ring.filter(
    (point, i) => i === 0 || point[0] !== ring[i - 1]![0] || point[1] !== ring[i - 1]![1],
  );
  if (kept.length >= 4) return kept;
  const [x, y] = ring[0]!;
  return [
    [x - 1, y],
    [x, y + 1],
    [x + 1, y],
    [x, y - 1],
    [x - 1, y],
  ];
}

/** The ring anticlockwise, or clockwise. */
function turned(ring: FlatRing, anticlockwise: boolean): FlatRing {
  const twiceArea = ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return twiceArea > 0 === anticlockwise ? ring : [...ring].reverse();
}
