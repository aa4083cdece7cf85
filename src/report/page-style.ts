import { darkPalette, lightPalette } from "../charts/theme.js";
import { codeStyle, foreignStyle, outputStyle } from "./output-style.js";

/** The whole style sheet of the page: colours by role, then the page from top to bottom, then small screens and paper. */
export function pageStyle(): string {
  return [
    `:root { color-scheme: light dark; ${variables(lightPalette)} ${lightOnly} }`,
    `@media screen and (prefers-color-scheme: dark) { :root { ${variables(darkPalette)} ${darkOnly} } }`,
    textStyle,
    layoutStyle,
    cardStyle,
    sureStyle,
    outputStyle,
    foreignStyle,
    codeStyle,
    narrowStyle,
    printStyle,
  ].join("\n");
}

function variables(palette: Readonly<Record<string, string>>): string {
  return Object.entries(palette)
    .map(([role, colour]) => `--${role}: ${colour};`)
    .join(" ");
}

const lightOnly =
  "--page: #ffffff; --ground: #f5f6f7; --bad: #a3260d; --word: #8a2f7d; --text: #0a6b46; --number: #9a5300;";
const darkOnly =
  "--page: #14181d; --ground: #1c2127; --bad: #ff9c85; --word: #dda0d8; --text: #7ccfa8; --number: #e8b878;";

const textStyle = `
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 17px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0; font-weight: 650; text-wrap: balance; }
h1 { font-size: 2.1rem; letter-spacing: -0.015em; }
h2 { font-size: 1.55rem; letter-spacing: -0.01em; margin: 0 0 1.2rem; }
h3 { font-size: 1.2rem; }
h4 { font-size: 1rem; margin: 2.2rem 0 0.4rem; }
p, ul, ol { margin: 0 0 1rem; max-width: 70ch; }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
small, .note, .segbook-note, .facts, .file-name, .aside { color: var(--muted); }
.note, .segbook-note, .aside { font-size: 0.88rem; }
.skip { position: absolute; left: -100vw; background: var(--page); padding: 0.5rem 1rem; z-index: 9; }
.skip:focus { left: 1rem; top: 1rem; }
`;

const layoutStyle = `
body { max-width: 78rem; margin: 0 auto; padding: 3rem 1.5rem 6rem; }
.page-header { margin-bottom: 2.2rem; }
.facts { margin: 0.4rem 0 0; }
section { margin-bottom: 5rem; scroll-margin-top: 1.5rem; }
section > h3 { margin: 2.6rem 0 0.6rem; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.headline { font-size: 1.3rem; line-height: 1.45; max-width: 60ch; margin-bottom: 2.4rem; }
.cautions { margin: -1.2rem 0 2.4rem; padding-left: 1.1rem; max-width: 70ch; }
.cautions li { margin-bottom: 0.3rem; }
.failure { border-left: 4px solid var(--bad); padding: 0.2rem 0 0.2rem 1rem; color: var(--bad); max-width: none; }
.contents { font-size: 0.88rem; margin-bottom: 2rem; }
.contents summary { color: var(--muted); cursor: pointer; width: max-content; }
.contents ol { list-style: none; padding: 0; margin: 0.6rem 0 0; }
.contents ol ol { margin: 0.1rem 0 0.3rem; padding-left: 0.9rem; }
.contents a { color: var(--ink); text-decoration: none; display: block; padding: 0.15rem 0; line-height: 1.4; }
.contents a:hover { text-decoration: underline; }
.contents a[aria-current] { color: var(--accent); font-weight: 600; }
@media screen and (min-width: 70rem) {
  body { display: grid; grid-template-columns: 12.5rem minmax(0, 1fr); column-gap: 3.5rem; }
  .page-header { grid-column: 2; }
  .contents { grid-column: 1; grid-row: 2; position: sticky; top: 2rem; align-self: start; max-height: calc(100vh - 4rem); overflow-y: auto; }
  main { grid-column: 2; grid-row: 2; min-width: 0; }
}
.notebook { margin: 0 0 4.5rem; }
.notebook > h3 { scroll-margin-top: 1.5rem; }
.file-name { font-size: 0.82rem; margin: 0.1rem 0 1.2rem; }
.cell { margin: 1.2rem 0 2rem; scroll-margin-top: 1.5rem; }
.silent { margin: 0.1rem 0; }
.cell figure { margin: 1.4rem 0 0.2rem; }
.cell .segbook-table { margin-bottom: 0.5rem; }
.tools { float: right; margin: -3.2rem 0 0; }
button { font: inherit; font-size: 0.82rem; color: var(--muted); background: none; border: 1px solid var(--band); border-radius: 1rem; padding: 0.1rem 0.8rem; cursor: pointer; }
button:hover { color: var(--ink); border-color: var(--muted); }
`;

const cardStyle = `
.cards { list-style: none; margin: 0; padding: 0; max-width: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 2.8rem 2.6rem; }
.card { position: relative; min-width: 0; padding-left: 1.15rem; }
.stripe { position: absolute; left: 0; top: 0.2rem; width: 0.3rem; height: calc(100% - 0.4rem); }
.size { color: var(--muted); font-size: 0.88rem; margin: 0 0 0.7rem; }
.measure { margin: 0 0 0.45rem; font-size: 0.88rem; color: var(--muted); font-variant-numeric: tabular-nums; line-height: 1.35; }
.measure strong { color: var(--ink); font-size: 1.2rem; font-weight: 650; display: inline-block; min-width: 3.4rem; }
.bar { display: block; width: 100%; height: 0.5rem; margin-top: 0.15rem; }
.ground { fill: var(--grid); }
.verdict { position: relative; margin: 0.9rem 0 0.7rem; }
.chip { display: inline-block; font-size: 0.82rem; line-height: 1.5; border: 1px solid var(--muted); border-radius: 1rem; padding: 0 0.7rem; cursor: help; }
.chip.natural { border-width: 2px; font-weight: 650; }
.chip.not-supported { border-style: dashed; }
.words { position: absolute; z-index: 2; left: 0; top: 2rem; width: min(20rem, 90vw); margin: 0; padding: 0.7rem 0.9rem; background: var(--ink); color: var(--page); font-size: 0.85rem; line-height: 1.45; border-radius: 6px; visibility: hidden; }
.chip:hover + .words, .chip:focus + .words { visibility: visible; }
.markers { padding: 0; margin: 0 0 0.7rem; list-style: none; font-size: 0.94rem; line-height: 1.5; }
.markers li { padding-left: 0.9rem; text-indent: -0.9rem; }
.markers li::before { content: "· "; color: var(--muted); display: inline-block; width: 0.9rem; text-indent: 0; }
.action { margin: 0; font-weight: 600; font-size: 0.94rem; line-height: 1.45; }
.action::before { content: "→ "; color: var(--accent); }
`;

const sureStyle = `
.sure { list-style: none; margin: 1.6rem 0 0.8rem; padding: 0; max-width: 42rem; }
.sure-pair { max-width: 60rem; }
.sure li { display: grid; grid-template-columns: 13rem minmax(0, 1fr); align-items: center; column-gap: 2rem; padding: 0.35rem 0; }
.sure-pair li { grid-template-columns: 13rem minmax(0, 1fr) minmax(0, 1fr); }
.sure-head { font-size: 0.88rem; line-height: 1.4; }
.sure-figure { display: block; min-width: 0; }
.sure-name { line-height: 1.3; }
.sure-name small { white-space: nowrap; font-size: 0.82rem; }
.sure-line { display: block; width: 100%; height: 1.5rem; overflow: visible; }
.sure-value { display: block; font-size: 0.88rem; line-height: 1.35; font-variant-numeric: tabular-nums; padding-left: 2%; }
.sure-what { display: none; }
.limit { stroke: var(--ink); stroke-width: 1.5; }
.rail { stroke: var(--band); stroke-width: 1; }
.band { fill: var(--band); }
.ends { display: flex; justify-content: space-between; gap: 1rem; font-size: 0.78rem; color: var(--muted); line-height: 1.3; }
`;

const narrowStyle = `
@media screen and (max-width: 40rem) {
  body { padding: 1.6rem 1.1rem 4rem; font-size: 16px; }
  h1 { font-size: 1.7rem; }
  h2 { font-size: 1.35rem; }
  .headline { font-size: 1.12rem; }
  .cards { grid-template-columns: minmax(0, 1fr); gap: 2.4rem; }
  .sure li, .sure-pair li { grid-template-columns: minmax(0, 1fr); row-gap: 0.2rem; padding: 0.7rem 0; }
  .sure-heads > span:empty { display: none; }
  .sure-pair .sure-what { display: inline; }
  .tools { float: none; margin: 0 0 1rem; }
  section { margin-bottom: 3.6rem; }
}
`;

const printStyle = `
@page { size: A4; margin: 18mm; }
@media print {
  html { font-size: 12.5px; }
  body { padding: 0; max-width: none; font-size: 10pt; background: none; }
  .segbook-twin:not([open]), .contents, .skip, .tools, .code, .modebar { display: none !important; }
  .cards { grid-template-columns: repeat(3, 1fr); gap: 2rem 1.6rem; }
  .card, figure, .sure, tr, .printed { break-inside: avoid; }
  h2, h3, h4, .file-name, .lead, figcaption, caption { break-after: avoid; }
  .verdict .chip { border-color: currentcolor; }
  .words { position: static; visibility: visible; width: auto; padding: 0.3rem 0 0; background: none; color: inherit; }
  .plot { width: 640px; max-width: 100%; }
  .printed, .code pre { white-space: pre-wrap; }
  .segbook-table, .output, .prose { overflow: visible; }
  #method td { overflow-wrap: anywhere; }
  table { font-size: 8.5pt; }
  th, td { padding-right: 0.9rem; }
  .prose a[href^="http"]::after, .output a[href^="http"]::after { content: " (" attr(href) ")"; color: var(--muted); }
  section { margin-bottom: 2.4rem; }
}
`;
