import { InputError } from "../core/errors.js";
import { summarizeColumns } from "../explore/summarize-columns.js";
import { writeFeatures } from "../features/write-features.js";
import { tableText } from "../notebook/table-text.js";
import { columnSummaryTable } from "../tables/feature-tables.js";
import type { Command } from "./command.js";
import { outputFile } from "./output-file.js";
import { openGivenWorkbook } from "./workbook-paths.js";

/** `segbook features`: one row per customer as a file. */
export const features: Command = {
  name: "features",
  usage: "segbook features --output F [--workbook FILE] [--data DIR]",
  example: "segbook features --workbook data/sample/segbook.yaml --output features.parquet",
  options: { output: { type: "string", help: "the file to write, .csv or .parquet" } },
  positionals: [0, 0],
  tidiesUp: true,
  async run(input, surroundings) {
    const { written: path, path: file } = outputFile("segbook features", input, surroundings);
    if (!/\.(csv|parquet)$/.test(path))
      throw new InputError(
        `segbook features: --output must end in .csv or .parquet, got ${JSON.stringify(path)}`,
      );
    const book = await openGivenWorkbook(input, surroundings, { keepTables: false });
    try {
      const table = await book.table();
      await writeFeatures(book.engine, book.config, file);
      const summary = summarizeColumns(table);
      const columns = table.columns.map(({ feature, kind }, i) => ({
        name: feature.name,
        label: feature.label,
        role: feature.role,
        unit: feature.unit,
        type: kind,
        meaning: feature.meaning,
        summary: summary[i]!,
      }));
      return {
        document: { path, rows: table.keys.length, key: table.keyName, columns },
        text: `${tableText(columnSummaryTable(summary), summary.length)}\n\nwrote ${path}: ${table.keys.length} customers`,
        exitCode: 0,
      };
    } finally {
      book.close();
    }
  },
};
