import assert from "node:assert/strict";
import { test } from "node:test";
import {
  darkPalette,
  divergingScale,
  lightPalette,
  segmentColour,
  segmentPlace,
  segmentSymbol,
} from "#src/charts/theme.js";

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

test("a segment has one colour and one shape for life, whatever other segments there are", () => {
  assert.equal(segmentColour("s1"), "#0072b2");
  assert.equal(segmentColour("s2"), "#e69f00");
  assert.equal(segmentSymbol("s2"), "square");
  const first = Array.from({ length: 16 }, (_, i) => `s${i + 1}`);
  assert.equal(new Set(first.map(segmentColour)).size, 16);
  assert.equal(segmentColour("s17"), segmentColour("s1"));
  assert.equal(segmentPlace("unassigned"), -1);
  assert.match(segmentColour("unassigned"), /^#/);
  assert.equal(segmentColour("__proto__"), segmentColour("__proto__"));
  assert.match(segmentColour("__proto__"), /^#/);
});

test("words have a contrast of 4.5 to 1 on a light and on a dark page", () => {
  for (const role of ["ink", "muted", "accent"] as const) {
    assert.ok(contrast(lightPalette[role], "#ffffff") >= 4.5, role);
    assert.ok(contrast(darkPalette[role], "#14181d") >= 4.5, role);
  }
});

test("numbers in the cells of a heat map have a contrast of 4.5 to 1 in both palettes", () => {
  const exchanged = new Map(
    Object.entries(lightPalette).map(([role, light]) => [
      light,
      darkPalette[role as keyof typeof darkPalette],
    ]),
  );
  for (const [, colour] of divergingScale) {
    assert.ok(contrast("#444444", colour) >= 4.5, `light ${colour}`);
    assert.ok(contrast("#ffffff", exchanged.get(colour as never)!) >= 4.5, `dark ${colour}`);
  }
});

test("no two roles share a colour, or a dark page could not exchange them", () => {
  const colours = Object.values(lightPalette);
  assert.equal(new Set(colours).size, colours.length);
});
