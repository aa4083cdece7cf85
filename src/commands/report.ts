import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { InputError } from "../core/errors.js";
import { countText } from "../core/number-text.js";
import { packageFile } from "../core/package-root.js";
import { checkWritable } from "../core/write-atomic.js";
import { findLeaks, overrideSentences, requireNoLeaks } from "../disclosure/check-texts.js";
import { createScanner } from "../disclosure/scan-text.js";
import { readNotebook } from "../notebook/notebook-file.js";
import type { ExecutedNotebook } from "../report/executed-notebook.js";
import { lastOverview } from "../report/find-displays.js";
import { requireBrowser } from "../report/pdf.js";
import { placeNotebooks } from "../report/place-notebook.js";
import type { ReportInput, ReportNotebook } from "../report/report-input.js";
import { type WrittenReport, writeReport } from "../report/write-report.js";
import type { Command, CommandInput, Outcome, Surroundings } from "./command.js";
import { outputFile } from "./output-file.js";
import { allowedBy, allowOption, privacyOf } from "./privacy-option.js";

/** `segbook report`: one HTML file from executed notebooks, ours or anyone's. */
export const report: Command = {
  name: "report",
  usage: "segbook report NOTEBOOK… --output F.html [--title T] [--no-code] [--pdf]",
  example: 'segbook report analysis.ipynb --output analysis.html --title "Spring campaign"',
  options: {
    output: { type: "string", help: "the HTML file to write" },
    title: { type: "string", help: "title of the page (default: the first notebook's heading)" },
    "no-code": { type: "boolean", help: "leave the code out of the file" },
    allow: allowOption,
    pdf: { type: "boolean", help: "also print it beside the HTML file (needs Chromium, Chrome or Edge)" },
  },
  positionals: [1, Number.MAX_SAFE_INTEGER],
  async run(input, surroundings) {
    const output = outputFile("segbook report", input, surroundings);
    if (output.written.endsWith(".ipynb"))
      throw new InputError(
        `segbook report: --output must name an HTML file, got the notebook ${JSON.stringify(output.written)}`,
      );
    const pdf = pdfBeside(output.path, input, surroundings);
    const files = input.positionals.map((file) => resolve(surroundings.folder, file));
    const made = reportOf(files, input);
    const { environment, progress } = surroundings;
    progress(`${made.notebooks.length} notebooks`);
    const privacy = privacyOf(undefined, allowedBy("segbook report", input, ["personal-data"]));
    const check = (html: string): void => {
      const leaks = findLeaks([{ name: output.written, text: html }], createScanner());
      requireNoLeaks("segbook report", leaks, privacy);
    };
    const shown = { ...made, privacy: overrideSentences(privacy) };
    const written = await writeReport(output.path, shown, { environment, pdf, check });
    return outcomeOf(written, { made, html: output.written, hasPdf: pdf !== undefined });
  },
};

/** Where the PDF goes; a machine without a browser is found out before any work. */
function pdfBeside(
  html: string,
  input: CommandInput,
  { environment }: Pick<Surroundings, "environment">,
): string | undefined {
  if (!input.flag("pdf")) return undefined;
  requireBrowser(environment);
  const path = pdfName(html);
  checkWritable("segbook report", "--output", path);
  return path;
}

function pdfName(html: string): string {
  return html.replace(/(?:\.html?)?$/i, ".pdf");
}

function reportOf(files: readonly string[], input: CommandInput): ReportInput {
  const notebooks = files.map((file) => ({
    fileName: basename(file),
    notebook: readNotebook(file) as ExecutedNotebook,
  }));
  const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  return {
    kind: "notebooks",
    title: input.text("title") ?? titleOf(notebooks),
    code: input.flag("no-code") ? "none" : "folded",
    notebooks,
    run: { parameters: [], inputs: files.map(inputOf), versions: [{ name: "segbook", version }] },
    files: [],
  };
}

function titleOf(notebooks: readonly ReportNotebook[]): string {
  const overview = lastOverview(notebooks.map(({ notebook }) => notebook));
  return overview?.workbook ?? placeNotebooks(notebooks)[0]!.title;
}

function inputOf(file: string): ReportInput["run"]["inputs"][number] {
  const bytes = readFileSync(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name: basename(file), sha256, bytes: bytes.length };
}

interface Made {
  readonly made: ReportInput;
  /** As the user typed it. */
  readonly html: string;
  readonly hasPdf: boolean;
}

/** A figure that the page could only name is a "no" (exit 1): the page is there, and somebody should know. */
function outcomeOf({ bytes, unshown, lack }: WrittenReport, { made, html, hasPdf }: Made): Outcome {
  const pdf = hasPdf ? pdfName(html) : null;
  const lines = [
    `report: ${html} (${made.notebooks.length} notebooks, ${countText(Math.ceil(bytes / 1000))} kB)`,
    ...(pdf === null ? [] : [`pdf: ${pdf}`]),
    ...unshown,
    ...(lack === undefined ? [] : [`note: ${lack}`]),
  ];
  return {
    document: {
      report: html,
      pdf,
      bytes,
      notebooks: made.notebooks.map(({ fileName }) => fileName),
      unshown,
      note: lack ?? null,
    },
    text: lines.join("\n"),
    exitCode: unshown.length > 0 ? 1 : 0,
  };
}
