import { CFB, utils, write } from "xlsx";
import { cellFormats, type Sheet, sheetCells } from "./excel-sheet.js";

/**
 * Sheets as an Excel workbook: headers bold and frozen, long text wrapped, a page wide when printed. The same sheets give the same bytes.
 *
 * @returns The bytes of an `.xlsx` file.
 */
export function excelFile(sheets: readonly Sheet[], options: { readonly isDefused: boolean }): Uint8Array {
  const book = utils.book_new();
  for (const sheet of sheets) utils.book_append_sheet(book, sheetCells(sheet, options.isDefused), sheet.name);
  const bytes: Buffer = write(book, { type: "buffer", bookType: "xlsx", bookSST: true, compression: true });
  return dressed(bytes, sheets);
}

/** The library writes values and formats; what makes a sheet pleasant to read is put into its XML here. */
function dressed(bytes: Buffer, sheets: readonly Sheet[]): Uint8Array {
  const zip = CFB.read(bytes, { type: "buffer" });
  const edit = (path: string, change: (xml: string) => string): void => {
    const entry = CFB.find(zip, path);
    if (entry === null) return;
    const content = Buffer.from(change(Buffer.from(entry.content as Uint8Array).toString("utf8")), "utf8");
    Object.assign(entry, { content, size: content.length });
  };
  edit("/xl/styles.xml", dressStyles);
  for (const [i, { columns }] of sheets.entries())
    edit(`/xl/worksheets/sheet${i + 1}.xml`, (xml) => fitPage(freezeHeader(xml, columns.length > 3)));
  return CFB.write(zip, { fileType: "zip", type: "buffer", compression: true }) as Uint8Array;
}

const font = (inside: string): string =>
  `<font>${inside}<name val="Calibri"/><family val="2"/><scheme val="minor"/></font>`;

/** Plain, bold, and grey italics. */
const fonts = [
  font('<sz val="11"/><color theme="1"/>'),
  font('<b/><sz val="11"/><color theme="1"/>'),
  font('<i/><sz val="11"/><color rgb="FF6E7781"/>'),
];

/** Number of the font and alignment of a cell, by its format. */
const looks: Readonly<Record<string, readonly [font: number, alignment: string]>> = {
  [cellFormats.header]: [1, 'vertical="top" wrapText="1"'],
  [cellFormats.numberHeader]: [1, 'horizontal="right" vertical="top" wrapText="1"'],
  [cellFormats.text]: [0, 'vertical="top" wrapText="1"'],
  [cellFormats.remark]: [2, 'horizontal="right" vertical="top"'],
  [cellFormats.fact]: [0, 'horizontal="left" vertical="top"'],
  [cellFormats.date]: [0, 'horizontal="left" vertical="top"'],
};

/** Cells are known by their formats. */
function dressStyles(xml: string): string {
  const codes = new Map(
    Array.from(xml.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g), ([, id, code]) => [id, code!]),
  );
  // Excel's own number for text has no entry.
  codes.set("49", cellFormats.header);
  return xml
    .replace(/<fonts [\s\S]*<\/fonts>/, `<fonts count="${fonts.length}">${fonts.join("")}</fonts>`)
    .replace(/<xf numFmtId="(\d+)" fontId="0"([^>]*applyNumberFormat[^>]*)\/>/g, (_, id, rest) => {
      const [fontId, alignment] = looks[codes.get(id) ?? ""] ?? [0, 'vertical="top"'];
      return `<xf numFmtId="${id}" fontId="${fontId}"${rest} applyFont="1" applyAlignment="1"><alignment ${alignment}/></xf>`;
    });
}

/** The header stays while rows move; on wide sheets the first column too. */
function freezeHeader(xml: string, isWide: boolean): string {
  const pane = isWide
    ? '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
    : '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return xml.replace(/<sheetView ([^>]*)\/>/, `<sheetView $1>${pane}</sheetView>`);
}

/** Printed across, as wide as the page and as long as it takes. */
function fitPage(xml: string): string {
  return xml
    .replace(/(<worksheet [^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace(
      /<\/sheetData>(?:<ignoredErrors>.*<\/ignoredErrors>)?/,
      '</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    );
}
