import { summarizeColumns } from "../explore/summarize-columns.js";
import { tableText } from "../notebook/table-text.js";
import { accountTable, cellsTable, droppedTable, joinsTable, stepsTable } from "../tables/account-tables.js";
import type { Command } from "./command.js";
import { openGivenWorkbook } from "./workbook-paths.js";

/** `segbook check`: are the sources what the workbook says they are? */
export const check: Command = {
  name: "check",
  usage: "segbook check [--workbook FILE] [--data DIR]",
  example: "segbook check --workbook data/sample/segbook.yaml",
  options: {},
  positionals: [0, 0],
  tidiesUp: true,
  async run(input, surroundings) {
    const book = await openGivenWorkbook(input, surroundings, { keepTables: false });
    try {
      const { account, config } = book;
      const features = summarizeColumns(await book.table());
      const tables = [accountTable, stepsTable, joinsTable, droppedTable, cellsTable].map((table) =>
        table(account),
      );
      return {
        document: { workbook: config.name, asOf: config.asOf, ...account, features },
        text: tables
          .filter(({ rows }) => rows.length > 0)
          .map((table) => tableText(table, table.rows.length))
          .join("\n\n"),
        exitCode: 0,
      };
    } finally {
      book.close();
    }
  },
};
