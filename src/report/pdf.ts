import { readFileSync } from "node:fs";
import { MachineError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { drawEverything } from "./draw-stills.js";
import { findBrowser } from "./find-browser.js";
import { withHeadlessPage } from "./headless-browser.js";

export interface PdfOptions {
  /** Variables of the process: `PATH`, and `SEGBOOK_CHROMIUM` or `CHROMIUM` with the path of a browser. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default 60. */
  readonly timeoutSeconds?: number;
}

/**
 * Prints a report with the machine's own Chromium, Chrome or Edge: A4, every figure drawn, code left out, without a network.
 * About three seconds.
 *
 * @throws MachineError if there is no browser (the message says how to get one), or it fails or takes too long.
 * @throws InputError if the report cannot be read or the PDF not be written.
 */
export async function writePdf(reportPath: string, pdfPath: string, options: PdfOptions): Promise<void> {
  requireBrowser(options.environment);
  writeFileAtomic(pdfPath, await printPage(readReport(reportPath), options));
}

/**
 * The same for a page in memory.
 *
 * @returns The bytes of a PDF.
 * @throws MachineError as {@link writePdf}.
 */
export async function printPage(
  html: string,
  { environment, timeoutSeconds = 60 }: PdfOptions,
): Promise<Uint8Array> {
  const browser = requireBrowser(environment);
  return withHeadlessPage({ browser, timeoutSeconds }, async (page) => {
    await page.show(html);
    await drawEverything(page);
    return page.print();
  });
}

/** The browser that prints. @throws MachineError if there is none: to be asked before long work. */
export function requireBrowser(environment: PdfOptions["environment"]): string {
  const browser = findBrowser(environment);
  if (browser !== undefined) return browser;
  throw new MachineError(
    "writePdf: browser must be installed, got no Chromium, Chrome or Edge on the path. Install one (apt-get install chromium, brew install --cask chromium) or name one in SEGBOOK_CHROMIUM",
  );
}

function readReport(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileError(error, {
      caller: "writePdf",
      requirement: "report must be a file that can be read",
      path,
    });
  }
}
