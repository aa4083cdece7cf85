import { readFileSync } from "node:fs";
import { type RegionShapes, readRegionShapes } from "../charts/region-shapes.js";
import { fileError } from "../core/file-error.js";

/**
 * The outlines of regions from a GeoJSON file, ready for `charts.regionMap`.
 *
 * @param options - `property`: the property that holds a region's name; default "name".
 * @throws InputError if the file cannot be read or is no GeoJSON of named regions.
 */
export function readRegionFile(path: string, options: { readonly property?: string } = {}): RegionShapes {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError(error, { caller: "readRegionFile", requirement: "path must name a GeoJSON file", path });
  }
  return readRegionShapes(text.replace(/^\ufeff/, ""), options);
}
