import type { ChosenBasis } from "./choose-basis.js";
import type { Entry } from "./entry.js";
import type { Decision } from "./workbook-facts.js";
import { yamlText } from "./yaml-text.js";

/** Everything that goes into the workbook's text. */
export interface WorkbookParts {
  /** Title. */
  readonly name: string;
  readonly asOf: Decision;
  /** Empty value: there are no prices. */
  readonly currency: Decision;
  readonly decimals: number;
  /** Day of the first order. */
  readonly windowFrom?: string;
  readonly sources: readonly { readonly name: string; readonly entries: readonly Entry[] }[];
  readonly basis: ChosenBasis;
  readonly questions: readonly string[];
  readonly seed: number;
}

/** Text of a workbook with the reasons as comments. */
export function workbookText(parts: WorkbookParts): string {
  const { asOf, sources, basis, questions, seed } = parts;
  const top: readonly Entry[] = [
    { key: "name", value: parts.name },
    { key: "asOf", value: asOf.value, note: asOf.reason },
    { key: "key", value: "customer_id", note: "the customer key's name in every output" },
    ...moneyEntries(parts),
  ];
  const sourceTexts = sources.map(({ name, entries }) => indented(yamlText([{ key: name, entries }])));
  const said = questions
    .map((question) => `# QUESTION: ${question.replace(/[\p{Control}\s]+/gu, " ")}\n`)
    .join("");
  return [
    header,
    said,
    said === "" ? "" : "\n",
    yamlText(top),
    "\nsources:\n",
    sourceTexts.join("\n"),
    "\n",
    basisText(basis),
    "\n",
    yamlText([
      {
        key: "segmentation",
        value: { counts: [1, 10], starts: 50, seed },
        note: "same data, workbook and seed: same segments",
      },
    ]),
  ].join("");
}

const header = `# yaml-language-server: $schema=./node_modules/segbook/schema/workbook.schema.json
# Proposed by segbook init from what the files hold. Every line may be changed; segbook check says what comes of it.
# The data stay where they are: allowOutside lets a path lead out of this folder.

`;

function moneyEntries({ currency, decimals, windowFrom }: WorkbookParts): Entry[] {
  if (currency.value === "") return [];
  const money = {
    key: "money",
    value: { currency: currency.value, decimals },
    ...(currency.reason !== "" && { note: currency.reason }),
  };
  const window = { key: "window", value: { from: windowFrom }, note: "day of the first order" };
  return windowFrom === undefined ? [money] : [money, window];
}

function basisText({ names, leftOut }: ChosenBasis): string {
  const why = "What forms the segments: numbers that do not say the same. Transforms are left to the data.";
  const out =
    leftOut.length === 0
      ? []
      : [`Not in it: ${leftOut.map(({ name, because }) => `${name} (${because})`).join(", ")}.`];
  return yamlText([{ key: "basis", value: names, above: [why, ...out] }]);
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
