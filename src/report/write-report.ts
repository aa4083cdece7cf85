import { writeFileAtomic } from "../core/write-atomic.js";
import { drawStills, needsStills } from "./draw-stills.js";
import { findBrowser } from "./find-browser.js";
import { findUnshown } from "./find-unshown.js";
import { writePdf } from "./pdf.js";
import { renderReport } from "./render-report.js";
import type { ReportInput } from "./report-input.js";

export interface WriteReportOptions {
  /** Variables of the process: where a browser is found. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Also prints the report to this file. */
  readonly pdf?: string | undefined;
  /** Looks at the page before it is written; what it throws keeps the page from being written. */
  readonly check?: (html: string) => void;
}

export interface WrittenReport {
  readonly bytes: number;
  /** Figures that the page names instead of drawing, a sentence each. */
  readonly unshown: readonly string[];
  /** What the page lacks because of this machine; absent where it lacks nothing. */
  readonly lack?: string;
}

/** Long enough for a hundred figures on a slow machine. */
const stillSeconds = 60;

/**
 * Writes a report whole or not at all, and its PDF where asked. Figures of other people's notebooks get a still picture for
 * readers without scripts where the machine has a browser; without one their numbers remain.
 *
 * @throws MachineError if a PDF is asked for and cannot be printed.
 */
export async function writeReport(
  path: string,
  input: ReportInput,
  { environment, pdf, check }: WriteReportOptions,
): Promise<WrittenReport> {
  const drawn = await renderWithStills(input, environment);
  check?.(drawn.html);
  writeFileAtomic(path, drawn.html);
  if (pdf !== undefined) await writePdf(path, pdf, { environment });
  return {
    bytes: Buffer.byteLength(drawn.html),
    unshown: findUnshown(input.notebooks),
    ...(drawn.lack !== undefined && { lack: drawn.lack }),
  };
}

async function renderWithStills(
  input: ReportInput,
  environment: WriteReportOptions["environment"],
): Promise<{ readonly html: string; readonly lack?: string }> {
  const html = renderReport(input);
  if (!needsStills(html)) return { html };
  const without = "figures of other makers have no still picture for readers without scripts";
  const browser = findBrowser(environment);
  if (browser === undefined)
    return { html, lack: `${without}: this machine has no Chromium, Chrome or Edge` };
  try {
    const stills = await drawStills(html, { browser, timeoutSeconds: stillSeconds });
    return { html: renderReport({ ...input, stills }) };
  } catch (error) {
    // The report is whole without them; a browser that fails must not cost a run.
    return { html, lack: `${without}: ${(error as Error).message}` };
  }
}
