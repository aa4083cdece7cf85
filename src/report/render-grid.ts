import { segmentColour } from "../charts/theme.js";
import { escapeHtml } from "../core/escape-html.js";
import { countText, percentText } from "../core/number-text.js";
import { sectionHtml } from "./contents.js";
import { pageHtml } from "./page.js";
import { aside } from "./prose.js";
import { withoutEmails } from "./redact.js";

/** The overview of a grid: the same notebooks run once for each combination of values. */
export interface GridInput {
  readonly title: string;
  /** Names of the parameters that differ. */
  readonly axes: readonly string[];
  readonly runs: readonly GridRun[];
  /** Wall time of all runs. */
  readonly seconds: number;
}

/** One combination. */
export interface GridRun {
  /** The run's folder beside the overview. */
  readonly folder: string;
  /** In the order of {@link GridInput.axes}. */
  readonly values: readonly string[];
  /** Why it did not finish; null if it did. */
  readonly failure: string | null;
  readonly hasReport: boolean;
  /** null where no workbook was opened. */
  readonly customers: number | null;
  /** Empty where no definition was written. */
  readonly segments: readonly GridSegment[];
  readonly seconds: number;
}

export interface GridSegment {
  readonly key: string;
  readonly name: string;
  /** Customers. */
  readonly size: number;
}

const sameness =
  "Names and colours go by the order of segments within a run: the same one in two runs need not hold the same customers.";

/** One HTML page over all runs, with a link to the report of each. Asks for nothing from anywhere. */
export function renderGrid({ title, axes, runs, seconds }: GridInput): string {
  const failed = runs.filter(({ failure }) => failure !== null);
  const facts = [`${runs.length} runs`, `by ${axes.join(" and ")}`, `${Math.round(seconds)} s in all`];
  const lead = `<p class="failure" role="alert">${failed.length} of ${runs.length} runs did not finish.</p>`;
  const section = { id: "runs", title: "Runs", html: tableHtml(axes, runs) };
  return pageHtml({
    title,
    body: [
      '<a class="skip" href="#runs">To the runs</a>',
      `<header class="page-header"><h1>${escapeHtml(title)}</h1>`,
      `<p class="facts">${facts.map(escapeHtml).join(" · ")}</p></header>`,
      reportsHtml(runs),
      "<main>",
      failed.length > 0 ? lead : "",
      sectionHtml(section, true),
      "</main>",
    ].join("\n"),
  });
}

function reportsHtml(runs: readonly GridRun[]): string {
  const items = runs.map((run) => `<li>${linkHtml(run, run.values.join(", "))}</li>`);
  return `<nav class="contents" id="contents" aria-label="Reports"><details><summary>Reports</summary><ol>${items.join("\n")}</ol></details></nav>`;
}

function tableHtml(axes: readonly string[], runs: readonly GridRun[]): string {
  const heads = [
    ...axes.map((name) => `<th scope="col">${escapeHtml(name)}</th>`),
    '<th scope="col">Status</th>',
    '<th scope="col" class="segbook-right">Customers</th>',
    '<th scope="col">Segments, with their share of customers</th>',
    '<th scope="col" class="segbook-right">Seconds</th>',
  ];
  const caption = "Each run with its segments; the first column leads to its report";
  return `<div class="segbook-table runs"><table><caption>${caption}</caption><thead><tr>${heads.join("")}</tr></thead><tbody>\n${runs.map(rowHtml).join("\n")}\n</tbody></table></div>\n${aside(sameness)}`;
}

function rowHtml(run: GridRun): string {
  const [first = run.folder, ...others] = run.values;
  const cells = [
    `<th scope="row">${linkHtml(run, first)}</th>`,
    ...others.map((value) => `<td>${escapeHtml(value)}</td>`),
    run.failure === null
      ? "<td>done</td>"
      : `<td class="state">failed: ${escapeHtml(withoutEmails(firstLine(run.failure)))}</td>`,
    `<td class="segbook-right">${run.customers === null ? "–" : countText(run.customers)}</td>`,
    `<td class="found">${segmentsHtml(run.segments)}</td>`,
    `<td class="segbook-right">${run.seconds.toFixed(1)}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>`;
}

function linkHtml({ folder, hasReport }: GridRun, text: string): string {
  const shown = escapeHtml(text === "" ? "(empty)" : text);
  return hasReport ? `<a href="${encodeURIComponent(folder)}/index.html">${shown}</a>` : shown;
}

/** A bar of all segments side by side, then each with its share. */
function segmentsHtml(segments: readonly GridSegment[]): string {
  if (segments.length === 0) return "none were defined";
  const total = segments.reduce((sum, { size }) => sum + size, 0);
  let left = 0;
  const parts = segments.map(({ key, size }) => {
    const width = total === 0 ? 0 : (100 * size) / total;
    const part = `<rect x="${left.toFixed(2)}%" width="${width.toFixed(2)}%" height="100%" fill="${segmentColour(key)}"/>`;
    left += width;
    return part;
  });
  const words = segments.map(
    ({ name, size }) =>
      `${escapeHtml(withoutEmails(name))}\u00a0${percentText(total === 0 ? 0 : size / total).replace(" ", "\u00a0")}`,
  );
  return `<svg class="bar" aria-hidden="true">${parts.join("")}</svg>${segments.length}: ${words.join(" · ")}`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]!.slice(0, 300);
}
