import { InputError } from "../core/errors.js";
import { countText } from "../core/number-text.js";
import type { RegionProfile } from "../segments/profile-regions.js";
import { buildFigure } from "./build-figure.js";
import { segmentColumnLabel } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { type FlatMap, type FlatRegion, type MapProjection, projectRegions } from "./project-regions.js";
import type { RegionShapes } from "./region-shapes.js";
import { regionFinding, regionTable } from "./region-table.js";
import { lightPalette } from "./theme.js";

/** Steps of the index, lowest first, each with the colour of its regions. */
const steps: readonly { readonly below: number; readonly colour: string; readonly words: string }[] = [
  { below: 50, colour: lightPalette.low, words: "under 50" },
  { below: 80, colour: lightPalette.lowHalf, words: "50 to 80" },
  { below: 125, colour: lightPalette.middle, words: "80 to 125" },
  { below: 200, colour: lightPalette.highHalf, words: "125 to 200" },
  { below: Number.POSITIVE_INFINITY, colour: lightPalette.high, words: "200 and over" },
];

const gap = 24;
const nameRoom = 100;
const tallest = 560;

/**
 * Where does each segment live? One small map per segment, regions coloured by index, all customers = 100.
 *
 * Drawn as plain shapes: no tiles, no coastlines, no request. Regions match by name; those without a shape, and shapes without
 * customers, are counted under the table.
 *
 * @param shapes - As `readRegionShapes` gives them.
 * @param options - `projection`: default "mercator".
 * @throws InputError if no region has a shape of its name.
 */
export function regionMap(
  profile: RegionProfile,
  shapes: RegionShapes,
  options: { readonly projection?: MapProjection } = {},
): Figure {
  const map = projectRegions(shapes.regions, options.projection ?? "mercator");
  const rows = new Map(profile.regions.map((row) => [row.region, row]));
  const matched = map.regions.filter(({ name }) => rows.has(name));
  if (matched.length === 0)
    throw new InputError(
      `regionMap: shapes must be named like the regions, got "${map.regions[0]!.name}" where the customers live in "${profile.regions[0]?.region ?? "no region"}"`,
    );
  const columns = profile.segments.length > 4 ? 3 : Math.min(2, profile.segments.length);
  const tiles = profile.segments.map((_, j) => tileAt(j, columns, map));
  const sheet = {
    width: columns * (map.width + gap),
    height: Math.ceil(profile.segments.length / columns) * (map.height + nameRoom),
  };
  return buildFigure({
    title: regionFinding(profile),
    data: [
      ...profile.segments.flatMap((_, j) => {
        const indexOf = (name: string): number | null | undefined => rows.get(name)?.cells[j]?.index;
        return tileTraces(map.regions, indexOf, tiles[j]!);
      }),
      ...legendTraces(),
    ],
    layout: {
      xaxis: { ...bareAxis, range: [0, sheet.width] },
      yaxis: { ...bareAxis, range: [-sheet.height, 0], scaleanchor: "x", constraintoward: "top" },
      showlegend: true,
      legend: {
        orientation: "h",
        x: 0,
        xanchor: "left",
        y: 1.02,
        yanchor: "bottom",
        title: { text: "Index" },
      },
      annotations: profile.segments.map(({ key, name, size }, j) => ({
        text: segmentColumnLabel({ key, name, size }),
        x: tiles[j]!.x + map.width / 2,
        y: tiles[j]!.y + map.height + nameRoom / 2,
        showarrow: false,
        font: { size: 12 },
      })),
    },
    height: Math.min(tallest, Math.round((690 * sheet.height) / sheet.width)) + 70,
    table: regionTable(profile, [matchNote(profile, map.regions, shapes.leftOut)]),
  });
}

const bareAxis: Readonly<Record<string, unknown>> = {
  showgrid: false,
  showline: false,
  zeroline: false,
  tickvals: [0],
  ticktext: [""],
  ticks: "",
};

interface Tile {
  readonly x: number;
  readonly y: number;
}

function tileAt(segment: number, columns: number, map: FlatMap): Tile {
  const row = Math.floor(segment / columns);
  return {
    x: (segment % columns) * (map.width + gap) + gap / 2,
    y: -(row + 1) * (map.height + nameRoom),
  };
}

/** One trace per colour, so that a map of many regions stays small. */
function tileTraces(
  regions: readonly FlatRegion[],
  indexOf: (name: string) => number | null | undefined,
  tile: Tile,
): Readonly<Record<string, unknown>>[] {
  const groups = [null, ...steps].map((step) => {
    const own = regions.filter(({ name }) => stepOf(indexOf(name)) === step);
    return { colour: step?.colour ?? lightPalette.grid, own };
  });
  return groups.filter(({ own }) => own.length > 0).map(({ colour, own }) => fillTrace(own, colour, tile));
}

function stepOf(index: number | null | undefined): (typeof steps)[number] | null {
  return index === null || index === undefined ? null : steps.find(({ below }) => index < below)!;
}

function fillTrace(
  regions: readonly FlatRegion[],
  colour: string,
  tile: Tile,
): Readonly<Record<string, unknown>> {
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (const ring of regions.flatMap(({ rings }) => rings)) {
    for (const point of ring) {
      x.push(point[0] + tile.x);
      y.push(point[1] + tile.y);
    }
    x.push(tile.x);
    y.push(null);
  }
  return {
    type: "scatter",
    mode: "lines",
    x,
    y,
    fill: "toself",
    fillcolor: colour,
    line: { color: lightPalette.muted, width: 0.7 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Traces of no points that name the colours. */
function legendTraces(): Readonly<Record<string, unknown>>[] {
  const named = [...steps, { colour: lightPalette.grid, words: "not shown" }];
  return named.map(({ colour, words }) => ({
    type: "scatter",
    mode: "markers",
    name: words,
    x: [null],
    y: [null],
    marker: { color: colour, symbol: "square", size: 13, line: { color: lightPalette.muted, width: 0.7 } },
  }));
}

function matchNote(profile: RegionProfile, regions: readonly FlatRegion[], leftOut: number): string {
  const names = new Set(regions.map(({ name }) => name));
  const known = new Set(profile.regions.map(({ region }) => region));
  const without = profile.regions.filter(({ region }) => !names.has(region)).length;
  const empty = regions.filter(({ name }) => !known.has(name)).length;
  const parts = [
    counted(without, "region of customers has no shape", "regions of customers have no shape"),
    counted(empty, "shape has no customers to show", "shapes have no customers to show"),
    counted(
      leftOut,
      "feature of the map file has no name or no area",
      "features of the map file have no name or no area",
    ),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function counted(count: number, one: string, several: string): string {
  return count === 0 ? "" : `${countText(count)} ${count === 1 ? one : several}.`;
}
