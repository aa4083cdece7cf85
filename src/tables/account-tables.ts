import type { DisplayTable } from "../charts/figure.js";
import { countText } from "../core/number-text.js";
import type { CleaningAccount, RowExample } from "../sources/account.js";

/** One line per source: rows in, rows out. */
export function accountTable(account: CleaningAccount): DisplayTable {
  const { customers, totals, sources } = account;
  const money = totals
    ? ` ${countText(totals.invoices)} invoices, revenue ${totals.revenue.toLocaleString("en-GB", { maximumFractionDigits: 3 })} ${totals.currency}.`
    : "";
  return {
    kind: "table",
    caption: "Rows read, kept and set aside",
    columns: [
      { name: "Source" },
      { name: "File" },
      { name: "Rows read", digits: 0 },
      { name: "Kept", digits: 0 },
      { name: "Set aside", digits: 0 },
      { name: "Faulty cells", digits: 0 },
    ],
    rows: sources.map((source) => [
      source.name,
      source.path,
      source.rowsRead,
      source.rowsKept,
      source.rowsRead - source.rowsKept,
      source.cells.reduce((sum, cell) => sum + cell.count, 0),
    ]),
    note: `Customers: ${countText(customers.kept)} kept of ${countText(customers.found)} found.${money}`,
  };
}

/** One line per source and reason for setting rows aside, with an example of where. */
export function droppedTable(account: CleaningAccount): DisplayTable {
  const ofCustomers = { name: "customers in all", dropped: account.customers.dropped };
  const rows = [...account.sources, ofCustomers].flatMap(({ name, dropped }) =>
    dropped.map(({ reason, rows, examples }) => [name, words(reason), rows, exampleText(examples[0])]),
  );
  return {
    kind: "table",
    caption: rows.length === 0 ? "No row was set aside" : "Rows set aside, by reason",
    columns: [{ name: "Source" }, { name: "Reason" }, { name: "Rows", digits: 0 }, { name: "For example" }],
    rows,
    note: "Lines count from 1, the header included.",
  };
}

/** One line per declared step of cleaning, in the order in which they were taken. */
export function stepsTable(account: CleaningAccount): DisplayTable {
  const rows = account.sources.flatMap(({ name, steps = [] }) =>
    steps.map(({ step, dropped, changed, detail }, i) => [
      name,
      i + 1,
      words(step),
      dropped,
      changed,
      detail,
    ]),
  );
  return {
    kind: "table",
    caption: rows.length === 0 ? "No step of cleaning is declared" : "Steps of cleaning, in their order",
    columns: [
      { name: "Source" },
      { name: "Step", digits: 0 },
      { name: "What was done" },
      { name: "Rows set aside", digits: 0 },
      { name: "Rows changed", digits: 0 },
      { name: "Detail" },
    ],
    rows,
  };
}

/** One line per declared join: what found its customer and what did not. */
export function joinsTable(account: CleaningAccount): DisplayTable {
  const rows = account.sources.flatMap(({ name, join }) =>
    join === undefined
      ? []
      : [
          [name, join.through, join.keptKeys, join.keptRows, join.lostKeys, join.lostRows].concat([
            join.doubledKeys,
            join.doubledRows,
          ]),
        ],
  );
  return {
    kind: "table",
    caption: rows.length === 0 ? "No join is declared" : "Joins: kept, lost and doubled",
    columns: [
      { name: "Source" },
      { name: "Through" },
      ...["Keys kept", "Rows kept", "Keys lost", "Rows lost", "Keys doubled", "Rows doubled"].map((name) => ({
        name,
        digits: 0,
      })),
    ],
    rows,
    note: "Lost: the key means no customer. Doubled: it means several; such rows are never multiplied.",
  };
}

/** One line per source, column and fault for which cells count as missing. */
export function cellsTable(account: CleaningAccount): DisplayTable {
  const rows = account.sources.flatMap(({ name, cells }) =>
    cells.map(({ column, reason, count, examples }) => [
      name,
      column,
      words(reason),
      count,
      exampleText(examples[0]),
    ]),
  );
  return {
    kind: "table",
    caption:
      rows.length === 0
        ? "No kept row has a faulty cell"
        : "Faulty cells of kept rows, which count as missing",
    columns: [
      { name: "Source" },
      { name: "Column" },
      { name: "Fault" },
      { name: "Cells", digits: 0 },
      { name: "For example" },
    ],
    rows,
  };
}

function words(reason: string): string {
  return reason.replaceAll("-", " ");
}

/** Without the customer's key: a report shows no ids, and the line leads to them. */
function exampleText(example: RowExample | undefined): string {
  return example ? `line ${example.line}: ${example.message.replace(/ \(customer "[^"]*"\)$/, "")}` : "";
}
