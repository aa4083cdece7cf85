import assert from "node:assert/strict";
import { test } from "node:test";
import { figurePicture, isPicturable } from "#src/charts/figure-picture.js";
import { projectRegions } from "#src/charts/project-regions.js";
import { regionMap } from "#src/charts/region-map.js";
import { type RegionShapes, readRegionShapes } from "#src/charts/region-shapes.js";
import type { RegionProfile } from "#src/segments/profile-regions.js";

type Ring = readonly (readonly number[])[];

function square(west: number, south: number, size: number): Ring {
  return [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ];
}

function feature(name: string | null, coordinates: unknown, type = "Polygon") {
  return { type: "Feature", properties: { name }, geometry: { type, coordinates } };
}

function collection(...features: unknown[]) {
  return { type: "FeatureCollection", features };
}

const profile: RegionProfile = {
  label: "Region",
  segments: [
    { key: "s1", name: "Families", size: 60 },
    { key: "s2", name: "Students", size: 40 },
  ],
  regions: [
    {
      region: "North",
      customers: 50,
      cells: [
        { customers: 40, index: 133 },
        { customers: 10, index: 50 },
      ],
    },
    {
      region: "South",
      customers: 50,
      cells: [
        { customers: 20, index: 67 },
        { customers: 30, index: 250 },
      ],
    },
    {
      region: "Moon",
      customers: 12,
      cells: [
        { customers: null, index: null },
        { customers: null, index: null },
      ],
    },
  ],
  unknown: 3,
  notes: [],
};

const north = feature("North", [square(0, 10, 10), square(4, 14, 2)]);
const south = feature("South", [[square(0, 0, 10)], [square(12, 0, 3)]], "MultiPolygon");

/** Twice the area of a ring, above 0 if it runs anticlockwise. */
function twiceArea(ring: readonly (readonly number[])[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const next = ring[(i + 1) % ring.length]!;
    return sum + x! * next[1]! - next[0]! * y!;
  }, 0);
}

test("borders run one way and holes the other, so that a hole stays empty", () => {
  const { regions } = projectRegions(readRegionShapes(collection(north, south)).regions, "equirectangular");
  const [border, hole] = regions[0]!.rings;
  assert.ok(twiceArea(border!) > 0 && twiceArea(hole!) < 0);
  assert.equal(regions[1]!.rings.length, 2);
});

test("islands on both sides of the 180th meridian lie side by side, and an outline across it does not jump", () => {
  const fiji = collection(
    feature("West", [square(177, -18, 2)]),
    feature("East", [square(-180, -18, 2)]),
    feature("Across", [
      [
        [179, -16],
        [-179, -16],
        [-179, -15],
        [179, -15],
        [179, -16],
      ],
    ]),
  );
  const { regions, width, height } = projectRegions(readRegionShapes(fiji).regions, "equirectangular");
  assert.ok(width / height < 2, `${width} by ${height}`);
  const [west, east, across] = regions.map(({ rings }) => Math.max(...rings[0]!.map(([x]) => x)));
  assert.ok(west! < across! && across! <= east!);
});

test("Mercator stretches to the north, equirectangular does not; both keep every region in sight", () => {
  const tall = readRegionShapes(
    collection(
      feature("A", [square(0, 60, 10)]),
      feature("B", [square(0, 70, 10)]),
      feature("C", [square(0.001, 80, 0.001)]),
    ),
  ).regions;
  const heights = (projection: "mercator" | "equirectangular") =>
    projectRegions(tall, projection).regions.map(({ rings }) => {
      const ys = rings[0]!.map(([, y]) => y);
      return Math.max(...ys) - Math.min(...ys);
    });
  const [lower, upper, dot] = heights("mercator");
  assert.ok(upper! > 1.3 * lower! && dot! > 0);
  const [flatLower, flatUpper] = heights("equirectangular");
  assert.ok(Math.abs(flatLower! - flatUpper!) <= 1);
});

test("a map per segment, its title a finding, what does not match counted", () => {
  const shapes = readRegionShapes(
    collection(north, south, feature("Sea", [square(20, 0, 5)]), feature(null, [square(0, 0, 1)])),
  );
  const figure = regionMap(profile, shapes);
  assert.equal(figure.title, "“Students” live in South 2.5 × as often as all customers");
  assert.match(figure.table.note!, /1 regions of customers have no shape|1 region of customers has no shape/);
  assert.match(figure.table.note!, /1 shape has no customers to show/);
  assert.match(figure.table.note!, /1 feature of the map file has no name or no area/);
  assert.ok(isPicturable(figure));
  assert.match(figurePicture(figure), /<path d="M[^"]*ZM/);
  assert.doesNotMatch(JSON.stringify(figure), /https?:/);
});

test("points, lines, empty geometries and unnamed features are left out and counted", () => {
  const { regions, leftOut } = readRegionShapes(
    collection(
      north,
      feature("Dot", [1, 2], "Point"),
      { type: "Feature", properties: null, geometry: null },
      null,
    ),
  );
  assert.deepEqual([regions.length, leftOut], [1, 3]);
});

test("broken GeoJSON is one clear error", () => {
  const refuse = (geojson: unknown, message: RegExp) =>
    assert.throws(() => readRegionShapes(geojson), message);
  refuse("{", /readRegionShapes: geojson must be JSON, got "{"/);
  refuse(null, /geojson must be a FeatureCollection, got null/);
  refuse({ type: "Topology" }, /geojson must be a FeatureCollection, got "Topology"/);
  refuse(collection(), /must hold a region with a "name" and an area, got 0 features without/);
  refuse(
    collection(
      feature("A", [
        [
          [0, 0],
          [1, 1],
        ],
      ]),
    ),
    /every ring must be a list of at least four points, got an array of 2 in feature 1/,
  );
  refuse(
    collection(
      feature("A", [
        [
          [0, 0],
          [1, "x"],
          [1, 1],
          [0, 0],
        ],
      ]),
    ),
    /got an array of 2 in feature 1/,
  );
  refuse(
    collection(feature("A", [square(500000, 6000000, 10)])),
    /must be degrees of longitude and latitude, got 500000, 6000000/,
  );
  refuse(collection(feature("A", "none")), /every ring must be/);
});

test("no shape of a region's name is an error that shows both", () => {
  const shapes: RegionShapes = readRegionShapes(collection(feature("Nord", [square(0, 0, 1)])));
  assert.throws(() => regionMap(profile, shapes), /got "Nord" where the customers live in "North"/);
});
