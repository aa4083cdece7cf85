import type { DisplayTable } from "../charts/figure.js";
import { escapeHtml } from "../core/escape-html.js";
import { cellText, columnHeading, isRightAligned, tableNote } from "./table-text.js";

/**
 * A table as HTML without scripts: caption, column and row headings, numbers on the right, `n of N rows` when cut.
 *
 * Alignment is written twice, as a class for the report (whose policy forbids style attributes) and as a style for notebook viewers.
 */
export function tableHtml(table: DisplayTable, rowLimit: number): string {
  const alignment = table.columns.map((_, j) =>
    isRightAligned(table, j)
      ? ' class="segbook-right" style="text-align:right"'
      : ' class="segbook-left" style="text-align:left"',
  );
  const headings = table.columns.map(
    (column, j) => `<th scope="col"${alignment[j]}>${escapeHtml(columnHeading(column))}</th>`,
  );
  const shown = table.rows.slice(0, rowLimit);
  const rows = shown.map((row) => {
    const cells = table.columns.map((column, j) => {
      const text = escapeHtml(cellText(row[j] ?? null, column));
      const isRowHeading = j === 0 && typeof row[0] === "string";
      return isRowHeading ? `<th scope="row"${alignment[j]}>${text}</th>` : `<td${alignment[j]}>${text}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const note = tableNote(table, shown.length);
  return [
    '<div class="segbook-table"><table>',
    `<caption style="text-align:left;font-weight:bold">${escapeHtml(table.caption)}</caption>`,
    `<thead><tr>${headings.join("")}</tr></thead>`,
    `<tbody>${rows.join("\n")}</tbody>`,
    "</table>",
    note && `<p class="segbook-note">${escapeHtml(note)}</p>`,
    "</div>",
  ]
    .filter((part) => part !== "")
    .join("\n");
}
