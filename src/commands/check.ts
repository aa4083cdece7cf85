import { readWorkbook } from "../config/read-workbook.js";
import { summarizeColumns } from "../explore/summarize-columns.js";
import { tableText } from "../notebook/table-text.js";
import { openPushdown } from "../pushdown/open-pushdown.js";
import type { CleaningAccount } from "../sources/account.js";
import { accountTable, cellsTable, droppedTable, joinsTable, stepsTable } from "../tables/account-tables.js";
import { checkOnEngine } from "../workbook/check-on-engine.js";
import type { Command } from "./command.js";
import { openGivenWorkbook, workbookFile } from "./workbook-paths.js";

/** `segbook check`: are the sources what the workbook says they are? */
export const check: Command = {
  name: "check",
  usage: "segbook check [--workbook FILE] [--data DIR]",
  example: "segbook check --workbook data/sample/segbook.yaml",
  options: {},
  positionals: [0, 0],
  tidiesUp: true,
  async run(input, surroundings) {
    const config = readWorkbook(workbookFile(input, surroundings));
    const cluster = openPushdown(config.engine, surroundings.signal);
    if (cluster !== undefined) {
      try {
        const account = await checkOnEngine(cluster, config);
        const { name, asOf } = config;
        return { document: { workbook: name, asOf, ...account }, text: accountText(account), exitCode: 0 };
      } finally {
        cluster.close();
      }
    }
    const book = await openGivenWorkbook(input, surroundings, { keepTables: false });
    try {
      const { account } = book;
      const features = summarizeColumns(await book.table());
      return {
        document: { workbook: config.name, asOf: config.asOf, ...account, features },
        text: accountText(account),
        exitCode: 0,
      };
    } finally {
      book.close();
    }
  },
};

function accountText(account: CleaningAccount): string {
  return [accountTable, stepsTable, joinsTable, droppedTable, cellsTable]
    .map((table) => table(account))
    .filter(({ rows }) => rows.length > 0)
    .map((table) => tableText(table, table.rows.length))
    .join("\n\n");
}
