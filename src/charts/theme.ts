/**
 * Okabe–Ito colours in the order segments take them: told apart by people with any colour vision, the pale ones last. Then eight
 * more, for the segments that are born when years of refreshes have given out the first; names and shapes tell those apart too.
 *
 * @see Okabe & Ito (2008), Color Universal Design.
 */
const segmentColours: readonly string[] = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#d55e00",
  "#cc79a7",
  "#56b4e9",
  "#8a8a8a",
  "#f0e442",
  "#7e57c2",
  "#a1663a",
  "#7b9a1c",
  "#c2315e",
  "#2a9d9d",
  "#5a6acf",
  "#b08fd0",
  "#c9a27a",
];

/** Marker shapes in the same order, so that colour never carries the meaning alone. */
const segmentSymbols: readonly string[] = [
  "circle",
  "square",
  "diamond",
  "triangle-up",
  "cross",
  "x",
  "star",
  "triangle-down",
];

/** Colours by role on a light page; every figure uses these, so that a dark page can exchange them one by one. */
export const lightPalette = {
  ink: "#1f2328",
  muted: "#59636e",
  grid: "#e4e7eb",
  band: "#d3d8de",
  accent: "#0b57a4",
  middle: "#f7f7f5",
  low: "#82b8e1",
  lowHalf: "#bfd9ec",
  high: "#f3a95f",
  highHalf: "#f8d3ab",
} as const;

/** The same roles on a dark page. */
export const darkPalette: Readonly<Record<keyof typeof lightPalette, string>> = {
  ink: "#e8eaed",
  muted: "#a3abb5",
  grid: "#30363d",
  band: "#454c55",
  accent: "#7db7f0",
  middle: "#2a2f36",
  low: "#1f6fae",
  lowHalf: "#264e71",
  high: "#a5530f",
  highHalf: "#684122",
};

/** For values around a middle: blue below, orange above. Numbers printed in the cells stay readable, here and on a dark page. */
export const divergingScale: readonly (readonly [number, string])[] = [
  [0, lightPalette.low],
  [0.25, lightPalette.lowHalf],
  [0.5, lightPalette.middle],
  [0.75, lightPalette.highHalf],
  [1, lightPalette.high],
];

const unassignedColour = "#9aa0a6";

/**
 * The place of a segment among colours and shapes, fixed to its key for life: `s1` is 0, `s2` is 1, …; the seventeenth starts over.
 *
 * @returns −1 for `unassigned`; for any other key a place made from its letters.
 */
export function segmentPlace(key: string): number {
  if (key === "unassigned") return -1;
  const numbered = /^s(\d+)$/.exec(key);
  if (numbered) return (Number(numbered[1]) - 1 + segmentColours.length) % segmentColours.length;
  let mixed = 7;
  for (const letter of key) mixed = (mixed * 31 + letter.codePointAt(0)!) % 100003;
  return mixed % segmentColours.length;
}

/** Colour of a segment, the same in every figure, card and run. */
export function segmentColour(key: string): string {
  return segmentColours[segmentPlace(key)] ?? unassignedColour;
}

/** Marker shape of a segment, the same in every figure. */
export function segmentSymbol(key: string): string {
  return segmentSymbols[segmentPlace(key) % segmentSymbols.length] ?? "circle-open";
}
