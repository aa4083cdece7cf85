import type { ExecutedCell } from "#src/report/executed-notebook.js";
import { renderReport } from "#src/report/render-report.js";
import type { ReportInput } from "#src/report/report-input.js";

/** The page without its scripts: what a reader meets. */
export function readable(html: string): string {
  return html.replace(/<script\b[\s\S]*?<\/script>/g, "");
}

/** A report of one notebook with the given cells. */
export function reportOf(cells: readonly ExecutedCell[], rest: Partial<ReportInput> = {}): string {
  return renderReport({
    title: "Test",
    notebooks: [{ fileName: "01-test.ipynb", notebook: { cells } }],
    run: { parameters: [], inputs: [], versions: [], seconds: 1 },
    files: [],
    ...rest,
  });
}

/** A code cell with one output in the given forms. */
export function output(
  data: Readonly<Record<string, unknown>>,
  metadata: Readonly<Record<string, unknown>> = {},
): ExecutedCell {
  return {
    cell_type: "code",
    source: "show()",
    outputs: [{ output_type: "display_data", data, metadata }],
  };
}

/** The first notebook's part of a report, as a reader meets it. */
export function article(cells: readonly ExecutedCell[], rest: Partial<ReportInput> = {}): string {
  return /<article[\s\S]*<\/article>/.exec(readable(reportOf(cells, rest)))![0];
}
