import { darkPalette, lightPalette } from "../charts/theme.js";

/** Style of the segment cards: a card is a page of A4, on a screen a sheet of paper as wide. */
export function cardPageStyle(): string {
  return [
    `:root { color-scheme: light dark; --page: #ffffff; --ground: #f1f3f5; ${variables(lightPalette)} }`,
    `@media screen and (prefers-color-scheme: dark) { :root { --page: #14181d; --ground: #0d1014; ${variables(darkPalette)} } }`,
    sheetStyle,
    partStyle,
    paperStyle,
  ].join("\n");
}

function variables(palette: Readonly<Record<string, string>>): string {
  return Object.entries(palette)
    .map(([role, colour]) => `--${role}: ${colour};`)
    .join(" ");
}

const sheetStyle = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 0.91rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
h1, h2 { line-height: 1.2; margin: 0; font-weight: 650; text-wrap: balance; }
h1 { font-size: 2rem; letter-spacing: -0.015em; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
h2 { font-size: 0.95rem; margin: 0 0 0.5rem; }
p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
.sheet { position: relative; display: flex; flex-direction: column; gap: 1.4rem; max-width: 50rem; min-height: 68rem; margin: 2rem auto; padding: 2.6rem 3rem 2rem; background: var(--page); }
.content { display: flex; flex-direction: column; gap: 1.4rem; }
.stripe { position: absolute; left: 0; top: 0; width: 100%; height: 0.55rem; }
.facts, .note, footer { color: var(--muted); font-size: 0.82rem; line-height: 1.45; }
.facts { margin-bottom: 0.35rem; }
.top { display: flex; align-items: flex-start; justify-content: space-between; gap: 2rem; }
.chip { flex: none; border: 1px solid var(--muted); border-radius: 1rem; padding: 0.05rem 0.8rem; font-size: 0.88rem; margin-top: 1.9rem; }
.chip.natural { border-width: 2px; font-weight: 650; }
.chip.not-supported { border-style: dashed; }
footer { margin-top: auto; border-top: 1px solid var(--grid); padding-top: 0.7rem; }
@media screen and (max-width: 44rem) {
  .sheet { margin: 0 0 1rem; padding: 2rem 1.1rem 1.2rem; min-height: 0; }
  .measures, .columns { grid-template-columns: minmax(0, 1fr) !important; }
  .top { flex-direction: column; gap: 0.6rem; }
  .chip { margin-top: 0; }
}
`;

const partStyle = `
.measures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 2.4rem; }
.measure { font-size: 0.88rem; color: var(--muted); font-variant-numeric: tabular-nums; }
.measure strong { display: block; color: var(--ink); font-size: 1.55rem; font-weight: 650; line-height: 1.2; }
.bar { display: block; width: 100%; height: 0.5rem; margin-top: 0.3rem; }
.ground { fill: var(--grid); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.5rem 2.6rem; }
.columns > section { min-width: 0; }
.marks { font-size: 0.91rem; }
.marks li { padding-left: 0.9rem; text-indent: -0.9rem; margin-bottom: 0.15rem; }
.marks li::before { content: "· "; color: var(--muted); display: inline-block; width: 0.9rem; text-indent: 0; }
.middle { color: var(--muted); font-size: 0.88rem; margin-top: 0.6rem; }
.sure { margin-bottom: 0.7rem; }
.sure-what { font-size: 0.88rem; }
.sure-figure, .sure-value { display: block; }
.sure-line { display: block; width: 100%; height: 1.3rem; overflow: visible; }
.sure-value { font-size: 0.82rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
.sure-value .sure-what { display: none; }
.rail { stroke: var(--band); stroke-width: 1; }
.band { fill: var(--band); }
.limit { stroke: var(--ink); stroke-width: 1.5; }
small { color: var(--muted); font-size: inherit; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.22rem 0.6rem 0.22rem 0; border-bottom: 1px solid var(--grid); font-weight: inherit; vertical-align: baseline; }
thead th { color: var(--muted); font-size: 0.8rem; }
.number { text-align: right; white-space: nowrap; }
.against { width: 26%; padding-right: 0; vertical-align: middle; }
.against svg { display: block; width: 100%; height: 0.75rem; overflow: visible; }
.index { font-size: 0.78rem; fill: var(--ink); }
.hundred { stroke: var(--muted); stroke-width: 1; }
.rule { font-size: 0.92rem; }
.action { font-size: 1.08rem; font-weight: 600; }
.action, .rule p { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.rule .words { -webkit-line-clamp: 5; }
.action::before { content: "→ "; color: var(--accent); }
`;

const paperStyle = `
@page { size: A4; margin: 0; }
@media print {
  html { font-size: 12.6px; }
  body { background: none; }
  .sheet { margin: 0; max-width: none; min-height: 0; width: 210mm; height: 296.5mm; padding: 15mm 16mm 11mm; overflow: hidden; break-after: page; }
  .content { flex: 1; min-height: 0; overflow: hidden; }
  .content > * { flex: none; }
  footer { flex: none; }
  tbody th { max-width: 0; width: 44%; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .marks li, .middle { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
  .marks li { -webkit-line-clamp: 1; }
  .sheet:last-of-type { break-after: auto; }
  .stripe, .bar, .against svg, .chip { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
