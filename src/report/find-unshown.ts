import { plotlyMime } from "../notebook/display-bundle.js";
import { figureFault, readFigure } from "./clean-figure.js";
import type { ReportNotebook } from "./report-input.js";

/**
 * The figures that a report names instead of drawing, one sentence each with notebook and cell: their trace type asks a server,
 * no plotly bundle has it, or they hold too much. A report is not refused for them: the run behind it may have taken an hour.
 */
export function findUnshown(notebooks: readonly ReportNotebook[]): readonly string[] {
  return notebooks.flatMap(({ fileName, notebook }) =>
    notebook.cells.flatMap((cell, i) =>
      (cell.outputs ?? []).flatMap((output) => {
        const figure = readFigure(output.data?.[plotlyMime]);
        const fault = figure && figureFault(figure);
        return fault === undefined ? [] : [`${fileName}, cell ${i + 1}: figure not drawn: ${fault}`];
      }),
    ),
  );
}
