import type { DataFrame } from "danfojs-node";
import { retitleFigure } from "../charts/build-figure.js";
import type { DisplayTable, Figure } from "../charts/figure.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { countText } from "../core/number-text.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import {
  customerRowsBundle,
  figureBundle,
  type MimeBundle,
  markdownBundle,
  overviewBundle,
  tableBundle,
} from "./display-bundle.js";
import { frameColumn, isFrame } from "./from-frame.js";
import { kernelWriter } from "./kernel-writer.js";
import type { MarkdownText } from "./markdown.js";
import { frameOrigin } from "./to-frame.js";

/** What {@link show} can show. */
export type Showable = Figure | DisplayTable | DataFrame | SegmentOverview | MarkdownText;

export interface ShowOptions {
  /** Replaces the figure's finding or the table's caption. */
  readonly caption?: string;
  /** Rows of a table at most; default 20. */
  readonly rows?: number;
  /** Says that a frame holds a summary, not customers: then a report may print its rows. Frames made from display tables are known as such. */
  readonly summary?: boolean;
}

/**
 * Shows a figure, a table, a data frame, the segments or prose under the notebook cell.
 *
 * Sent in all forms at once (plotly, HTML without scripts, plain text), so that JupyterLab, VS Code, GitHub and our report each find one.
 * A frame is taken for customer rows unless it is known to be a summary; the report leaves customer rows out.
 *
 * @returns Nothing in a notebook; elsewhere the bundle that would have been sent.
 * @throws InputError if the value is of no kind that can be shown, or a figure uses a trace type that the report cannot draw.
 */
export function show(value: Showable, options: ShowOptions = {}): MimeBundle | undefined {
  const bundle = bundleOf(value, options);
  const write = kernelWriter();
  if (write === undefined) return bundle;
  write({ ...bundle, transient: {} }, false);
  return undefined;
}

function bundleOf(value: Showable, options: ShowOptions): MimeBundle {
  const { caption, rows = 20 } = options;
  if (isFrame(value)) return frameBundle(value, options, rows);
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
  if (kind === "figure")
    return figureBundle(caption === undefined ? (value as Figure) : retitleFigure(value as Figure, caption));
  if (kind === "table") {
    const table = { ...(value as DisplayTable), ...(caption !== undefined && { caption }) };
    return table.holdsCustomers ? customerRowsBundle(table, rows) : tableBundle(table, rows);
  }
  if (kind === "markdown") return markdownBundle((value as MarkdownText).text);
  if (isOverview(value))
    return overviewBundle(caption === undefined ? value : { ...value, headline: caption });
  throw new InputError(
    `show: value must be a figure, a table, a DataFrame, segments or markdown, got ${describeValue(value)}`,
  );
}

function isOverview(value: unknown): value is SegmentOverview {
  return typeof value === "object" && value !== null && "cards" in value && "headline" in value;
}

function frameBundle(frame: DataFrame, options: ShowOptions, rowLimit: number): MimeBundle {
  const origin = frameOrigin(frame);
  const names = frame.columns;
  const columns = names.map((name) => frameColumn("show", frame, name));
  const rowCount = frame.shape[0] ?? 0;
  const table: DisplayTable = {
    kind: "table",
    caption: options.caption ?? `${countText(rowCount)} rows, ${countText(names.length)} columns`,
    columns: names.map((name) => ({ name })),
    rows: Array.from({ length: rowCount }, (_, i) => columns.map((column) => frameCell(column[i]))),
    ...(origin?.seed !== undefined && {
      note: `A random sample of ${countText(rowCount)} of ${countText(origin.totalRows)} rows (seed ${origin.seed}).`,
    }),
  };
  const isSummary = options.summary ?? origin?.holdsCustomers === false;
  return isSummary ? tableBundle(table, rowLimit) : customerRowsBundle(table, rowLimit);
}

function frameCell(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  return typeof value === "number" ? value : String(value);
}
