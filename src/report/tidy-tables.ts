import { countText } from "../core/number-text.js";

/** Rows of a foreign table at most: what is left out is said. */
const rowLimit = 200;

/** Clean HTML with its tables (pandas, danfo, hand-made) as ours are: numbers on the right, long ones cut and the cut named, scrolled sideways. */
export function tidyTables(html: string): string {
  if (html.includes('class="segbook-table"')) return html;
  // Innermost tables only: a table that holds another is layout, and stays as it is.
  return html.replace(/<table>((?:(?!<\/?table>)[\s\S])*)<\/table>/g, (_, inner: string) => tidyTable(inner));
}

function tidyTable(inner: string): string {
  const rows = [...inner.matchAll(/<tr>[\s\S]*?<\/tr>/g)].map(([row]) => row);
  const body = rows.filter((row) => row.includes("<td"));
  const right = rightColumns(body);
  let bodyRows = 0;
  const tidy = inner.replace(/<tr>[\s\S]*?<\/tr>/g, (row) => {
    if (row.includes("<td") && ++bodyRows > rowLimit) return "";
    return alignRow(row, right);
  });
  const note =
    body.length > rowLimit
      ? `\n<p class="segbook-note">${countText(rowLimit)} of ${countText(body.length)} rows.</p>`
      : "";
  return `<div class="segbook-table"><table>${tidy}</table>${note}</div>`;
}

/** Columns in which every filled cell is a number; none where cells span several, since places mean nothing there. */
function rightColumns(rows: readonly string[]): ReadonlySet<number> {
  const columns = rows.map(cellsOf);
  if (rows.some((row) => /(?:col|row)span/.test(row))) return new Set();
  const width = Math.max(0, ...columns.map((cells) => cells.length));
  return new Set(
    Array.from({ length: width }, (_, j) => j).filter((j) => {
      const filled = columns.map((cells) => cells[j] ?? "").filter((text) => !emptyWords.has(text));
      return filled.length > 0 && filled.every(isNumber);
    }),
  );
}

const emptyWords: ReadonlySet<string> = new Set(["", "–", "-", "NaN", "nan", "None", "null", "NaT", "..."]);

function isNumber(text: string): boolean {
  return /^[^\w\s]{0,2}\s?[-+−]?[\d.,\u00a0\u202f ]*\d(?:[eE][-+]?\d+)?\s?(?:%|[^\w\s])?$/.test(text);
}

function cellsOf(row: string): readonly string[] {
  return [...row.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, content]) =>
    content!.replace(/<[^>]*>/g, "").trim(),
  );
}

function alignRow(row: string, right: ReadonlySet<number>): string {
  let column = -1;
  return row.replace(/<(t[hd])\b([^>]*)>/g, (_, tag: string, attributes: string) => {
    column++;
    return `<${tag}${attributes}${right.has(column) ? ' class="segbook-right"' : ""}>`;
  });
}
