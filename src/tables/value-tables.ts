import type { DisplayTable } from "../charts/figure.js";
import type { TrackView } from "../charts/purchase-track.js";
import { correlationText, countText, moneyText, numberText, percentText } from "../core/number-text.js";
import type { Cohort } from "../value/cohort-table.js";
import type { ValueModels } from "../value/customer-lifetime-value.js";
import type { HoldoutGroup } from "../value/track-purchases.js";

/** What is known of a segment and what to do with it, in words; a part that is not known is empty. */
export interface ActionRow {
  readonly name: string;
  readonly size: number;
  readonly worth: string;
  readonly risk: string;
  readonly campaign: string;
  readonly product: string;
  readonly opportunity: string;
  readonly action: string;
}

/** A row per segment: worth, risk, campaign, product, opportunity, action. Columns that nothing is known for are left out and named. */
export function nextStepsTable(rows: readonly ActionRow[]): DisplayTable {
  const columns = [
    { name: "Worth ahead", cell: ({ worth }: ActionRow) => worth },
    { name: "Risk", cell: ({ risk }: ActionRow) => risk },
    { name: "Next campaign", cell: ({ campaign }: ActionRow) => campaign },
    { name: "Buys more of", cell: ({ product }: ActionRow) => product },
    { name: "Opportunity", cell: ({ opportunity }: ActionRow) => opportunity },
  ];
  const known = columns.filter(({ cell }) => rows.some((row) => cell(row) !== ""));
  const unknown = columns.filter((column) => !known.includes(column)).map(({ name }) => name.toLowerCase());
  return {
    kind: "table",
    caption: "What to do with each segment",
    columns: [{ name: "Segment, customers" }, { name: "What to do" }, ...known.map(({ name }) => ({ name }))],
    rows: rows.map((row) => [
      `${row.name}, ${countText(row.size)}`,
      row.action,
      ...known.map(({ cell }) => cell(row) || null),
    ]),
    note: [
      "What to do is the analyst's, under names in the workbook file; sums are computed. What a contact earns is an upper bound: some of those who bought would have bought without it.",
      ...(unknown.length === 0 ? [] : [`Not known, for want of a source: ${unknown.join(", ")}.`]),
    ].join(" "),
  };
}

/** What values hang on: terms, models, and what must be known of them. */
export function valueTermsTable(view: {
  readonly config: {
    readonly margin?: number;
    readonly discountRate: number;
    readonly horizonDays: number;
    readonly models: "together" | "by-segment";
    readonly contactCost?: number;
    readonly savingCost?: number;
  };
  readonly segments: readonly { readonly name: string }[];
  readonly valuation: {
    readonly fits: number;
    readonly level: number;
    readonly models: ValueModels;
    /** One per segment, null for one that takes the models of all; absent: all do. */
    readonly groupModels?: readonly (ValueModels | null)[];
  };
  readonly currency: string;
  readonly notes: readonly string[];
}): DisplayTable {
  const { config, valuation, currency, notes, segments } = view;
  const fitted = (valuation.groupModels ?? [valuation.models]).flatMap((models, s) =>
    models === null
      ? []
      : [{ models, of: valuation.groupModels ? `“${segments[s]!.name}”` : "all customers" }],
  );
  const given = (amount: number | undefined): string =>
    amount === undefined ? "not given" : moneyText(amount, currency);
  return {
    kind: "table",
    caption: "What values hang on",
    columns: [{ name: "Term" }, { name: "Value" }],
    rows: [
      ["Margin", config.margin === undefined ? "not given: values are revenue" : percentText(config.margin)],
      ["Interest", `${percentText(config.discountRate)} a year`],
      ["Horizon", `${countText(config.horizonDays)} days`],
      ["Price of a contact", given(config.contactCost)],
      ["Price of keeping a customer", given(config.savingCost)],
      [
        "Model of purchases",
        `${valuation.models.purchases.model}, ${config.models === "together" ? "one for all customers" : "one for each segment"}`,
      ],
      ...fitted.map(({ models, of }) => [`Fit to ${of}`, fitText(models.purchases)]),
      ["Model of spend", "Gamma–Gamma"],
      ...fitted.map(({ models, of }) => [`Fit to ${of}`, spendText(models.spend)]),
      ["Intervals", `${percentText(valuation.level)}, from ${countText(valuation.fits)} bootstrap fits`],
    ],
    note: notes.join(" "),
  };
}

/** "p 6.25 ± 1.19, …; spend and frequency correlate by 0.114". */
function spendText(spend: ValueModels["spend"]): string {
  return `${fitText(spend)}; spend and frequency correlate by ${correlationText(spend.correlation)}`;
}

/** "r 0.243 ± 0.0126, …; converged after 24 steps". What the data do not fix has no number worth reading. */
function fitText(fit: ValueModels["purchases"] | ValueModels["spend"]): string {
  const { parameters, converged, iterations } = fit;
  const errors: Readonly<Record<string, number | null>> = fit.standardErrors;
  const isFixed = ([name, value]: readonly [string, number]): boolean =>
    errors[name] != null && errors[name] < value;
  const all = Object.entries(parameters);
  const open = all.filter((entry) => !isFixed(entry)).map(([name]) => name);
  return [
    ...all
      .filter(isFixed)
      .map(([name, value]) => `${name} ${numberText(value)} ± ${numberText(errors[name]!)}`),
    ...(open.length === 0 ? [] : [`${open.join(", ")} not fixed by the data`]),
    converged ? `converged after ${countText(iterations)} steps` : "did not converge",
  ].join("; ");
}

/** What came after the calibration by how often customers had bought before. */
export function holdoutTable(
  view: Pick<TrackView, "calibrationEnd"> & {
    readonly byRepeats: readonly HoldoutGroup[];
    readonly customers: number;
    readonly cameLater: number;
  },
  smallestGroup: number = 1,
): DisplayTable {
  const { byRepeats, calibrationEnd, customers, cameLater } = view;
  return {
    kind: "table",
    caption: `Purchases per customer after ${calibrationEnd}, as they came and as expected`,
    columns: [
      { name: "Repeat purchases before" },
      { name: "Customers", digits: 0 },
      { name: "Came", digits: 2 },
      { name: "Expected", digits: 2 },
    ],
    rows: byRepeats.map(({ repeats, customers: own, actual, expected }, i) => [
      i === byRepeats.length - 1 && byRepeats.length > 1 ? `${repeats} or more` : String(repeats),
      own < smallestGroup ? null : own,
      own < smallestGroup ? null : actual,
      own < smallestGroup ? null : expected,
    ]),
    note: `${countText(customers)} customers who had bought by then${cameLater === 0 ? "." : `; ${countText(cameLater)} who came later are not in it.`}`,
  };
}

/** Share of each cohort that buys in the months after its first purchase. */
export function cohortsTable(cohorts: readonly Cohort[], smallestGroup: number = 1): DisplayTable {
  const months = [1, 2, 3, 6, 9, 12, 18].filter((month) =>
    cohorts.some(({ retention }) => retention.length > month),
  );
  const shown = cohorts.filter(({ customers }) => customers >= smallestGroup);
  return {
    kind: "table",
    caption: "Cohorts by month of the first purchase: share that buys in a later month",
    columns: [
      { name: "First purchase" },
      { name: "Customers", digits: 0 },
      ...months.map((month) => ({ name: `Month ${month}`, unit: "%", digits: 0 })),
    ],
    rows: shown.map(({ month, customers, active, retention }) => [
      month,
      customers,
      ...months.map((later) => {
        const share = retention[later];
        const isTold = share !== undefined && (active[later] === 0 || active[later]! >= smallestGroup);
        return isTold ? 100 * share : null;
      }),
    ]),
    note: [
      "Month 1 is the month after the first purchase. Customers who bought before the orders begin are in its first cohorts.",
      ...(shown.length < cohorts.length
        ? [`${cohorts.length - shown.length} cohorts of fewer than ${smallestGroup} are left out.`]
        : []),
      ...(smallestGroup > 1 ? [`Shares of fewer than ${smallestGroup} buyers are not shown.`] : []),
    ].join(" "),
  };
}
