import { correlationText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { heatMapAxis, heatMapTrace } from "./heat-map.js";
import { plotColumnLabel, plotLabel } from "./plot-text.js";

export interface AgreementView {
  /** Methods, the one that agrees most with all others first. */
  readonly names: readonly string[];
  /** Shape (nNames, nNames): adjusted Rand index, 1 on the diagonal. */
  readonly adjustedRand: readonly (readonly number[])[];
  /** Shape (nNames, nNames): variation of information in nats. */
  readonly variationOfInformation: readonly (readonly number[])[];
  /** Shape (nNames, nNames): rows that both label. */
  readonly rowsInCommon: readonly (readonly number[])[];
}

interface Pair {
  readonly first: string;
  readonly second: string;
  readonly rand: number;
  readonly information: number;
  readonly rows: number;
}

/** Do methods find the same? A heat map of every pair: adjusted Rand index (colour, above) and variation of information (below). */
export function agreement(view: AgreementView): Figure {
  const { names } = view;
  const pairs = listPairs(view);
  const below = names
    .slice(1)
    .map((_, i) => names.slice(0, -1).map((__, j) => (j <= i ? pairOf(view, i + 1, j) : null)));
  return buildFigure({
    title: finding(pairs),
    data: [
      heatMapTrace({
        places: below.map((row) => row.map((pair) => pair?.rand ?? null)),
        limit: 1,
        texts: below.map((row) =>
          row.map((pair) =>
            pair ? `${correlationText(pair.rand)}<br>${pair.information.toFixed(2)} nats` : "",
          ),
        ),
        hovers: below.map((row) => row.map((pair) => (pair ? hover(pair) : ""))),
      }),
    ],
    layout: {
      xaxis: {
        title: axisTitle("Adjusted Rand index, nats below"),
        ...heatMapAxis(names.slice(0, -1).map(plotColumnLabel)),
      },
      yaxis: { ...heatMapAxis(names.slice(1).map(plotLabel)), autorange: "reversed" },
    },
    height: 56 * names.length + 110,
    table: {
      kind: "table",
      caption: "Agreement of methods, pair by pair, most alike first",
      columns: [
        { name: "Method" },
        { name: "Method" },
        { name: "Adjusted Rand index (up to 1, higher is more alike)", digits: 2 },
        { name: "Variation of information (lower is more alike)", unit: "nats", digits: 2 },
        { name: "Customers in both", digits: 0 },
      ],
      rows: [...pairs]
        .sort((a, b) => b.rand - a.rand)
        .map(({ first, second, rand, information, rows }) => [first, second, rand, information, rows]),
    },
  });
}

function pairOf(view: AgreementView, row: number, column: number): Pair {
  return {
    first: view.names[column]!,
    second: view.names[row]!,
    rand: view.adjustedRand[row]![column]!,
    information: view.variationOfInformation[row]![column]!,
    rows: view.rowsInCommon[row]![column]!,
  };
}

function listPairs(view: AgreementView): readonly Pair[] {
  return view.names.flatMap((_, row) =>
    view.names.slice(0, row).map((__, column) => pairOf(view, row, column)),
  );
}

function hover({ first, second, rand, information }: Pair): string {
  return `${first} and ${second}: adjusted Rand ${correlationText(rand)}, variation of information ${information.toFixed(2)} nats`;
}

function finding(pairs: readonly Pair[]): string {
  const ordered = [...pairs].sort((a, b) => b.rand - a.rand);
  const most = ordered[0]!;
  const least = ordered.at(-1)!;
  const start = `“${most.first}” and “${most.second}” agree most (${correlationText(most.rand)})`;
  if (most === least)
    return `“${most.first}” and “${most.second}” agree to ${correlationText(most.rand)} of 1`;
  return `${start}, “${least.first}” and “${least.second}” least (${correlationText(least.rand)})`;
}
