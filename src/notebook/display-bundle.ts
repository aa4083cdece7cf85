import type { DisplayTable, Figure } from "../charts/figure.js";
import { figurePicture, isPicturable } from "../charts/figure-picture.js";
import { checkTraceTypes } from "../charts/trace-types.js";
import { escapeHtml } from "../core/escape-html.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import { overviewTable } from "./overview-table.js";
import { tableHtml } from "./table-html.js";
import { tableText } from "./table-text.js";

/** One output in the forms that different viewers can show, by MIME type, as the Jupyter protocol has it. */
export interface MimeBundle {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** MIME type of a plotly figure. */
export const plotlyMime = "application/vnd.plotly.v1+json";

/** MIME type of a {@link SegmentOverview}. */
export const overviewMime = "application/vnd.segbook.overview+json";

/** Nothing may leave the page: no upload button, no server to upload to. */
const plotlyConfig = {
  showSendToCloud: false,
  plotlyServerURL: "",
  displaylogo: false,
  responsive: true,
} as const;

/** Rows of a table twin: enough for every chart that is not a cloud of points. */
const twinRows = 200;

/** A figure for every viewer: plotly's own form, a caption with a still picture and the numbers as a table, and plain text. */
export function figureBundle(figure: Figure): MimeBundle {
  checkTraceTypes("show", figure.data);
  const caption = `<p class="segbook-caption"><strong>${escapeHtml(figure.title)}</strong></p>`;
  const twin = `<details class="segbook-twin"><summary>The numbers</summary>\n${tableHtml(figure.table, twinRows)}\n</details>`;
  return {
    data: {
      [plotlyMime]: { data: figure.data, layout: figure.layout, config: plotlyConfig },
      "text/html": `${caption}\n${pictureHtml(figure)}\n${twin}`,
      "text/plain": `${figure.title}\n\n${tableText(figure.table, 20)}`,
    },
    metadata: {},
  };
}

function pictureHtml(figure: Figure): string {
  if (!isPicturable(figure)) return "";
  const picture = Buffer.from(figurePicture(figure)).toString("base64");
  return `<img class="segbook-picture" alt="${escapeHtml(figure.title)}" src="data:image/svg+xml;base64,${picture}">`;
}

/** A table for every viewer. */
export function tableBundle(table: DisplayTable, rowLimit: number): MimeBundle {
  return {
    data: { "text/html": tableHtml(table, rowLimit), "text/plain": tableText(table, rowLimit) },
    metadata: {},
  };
}

/** A preview of customer rows; marked, so that a report leaves them out. */
export function customerRowsBundle(table: DisplayTable, rowLimit: number): MimeBundle {
  return {
    ...tableBundle(table, rowLimit),
    metadata: { segbook: { customerRows: true, rows: table.rows.length, columns: table.columns.length } },
  };
}

/** The segments as cards where a viewer knows them (our report), else as a table. */
export function overviewBundle(overview: SegmentOverview): MimeBundle {
  const table = overviewTable(overview);
  return {
    data: {
      [overviewMime]: overview,
      "text/html": tableHtml(table, twinRows),
      "text/plain": tableText(table, twinRows),
    },
    metadata: {},
  };
}

/** Markdown text, with itself as plain text. */
export function markdownBundle(text: string): MimeBundle {
  return { data: { "text/markdown": text, "text/plain": text }, metadata: {} };
}
