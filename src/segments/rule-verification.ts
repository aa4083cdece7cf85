import { dayNumber, dayText } from "../core/calendar-day.js";
import { featureLeavesOf } from "./condition-leaves.js";
import type { RulesDefinition, VerificationRow } from "./definition.js";
import { type DefinitionInput, inputsOf } from "./definition-inputs.js";
import { nextDouble } from "./line-cells.js";
import { comparedValues, ruleGrid } from "./rule-grid.js";
import { rulesAsOf } from "./rules-as-of.js";
import { scoreOf } from "./score-values.js";
import { type GridRegion, searchGrid } from "./search-grid.js";

/** Rows from further starts beyond this are thinned out evenly: a definition is a file that people open. */
const mostRows = 500;

type Value = number | string | null;

/**
 * Made-up customers that show whether another engine draws the same rules: just below, at and just above every cut, with
 * every text that a rule mentions and one beside it, and with each value missing.
 *
 * They start from one customer for each rule that decides, and vary one value at a time. Made from the constants of the
 * definition alone (and the verification rows of nested ones), so no customer is in it, and always the same.
 *
 * @returns Values in the order of `inputsOf`, without repeats; null is a missing value.
 */
export function ruleVerificationInputs(definition: RulesDefinition): VerificationRow["inputs"][] {
  const inputs = inputsOf(definition);
  const starts = startingRows(definition, inputs);
  const values = inputs.map((input) => criticalValues(definition, input));
  const varied = (start: readonly Value[]): Value[][] =>
    values.flatMap((own, j) => own.map((value) => start.map((old, i) => (i === j ? value : old))));
  const [first, ...others] = starts;
  const needed = distinctRows([
    ...starts,
    inputs.map(() => null),
    ...varied(first!),
    ...nestedRows(definition, inputs),
  ]);
  const all = distinctRows([...needed, ...others.flatMap(varied)]);
  const stride = Math.ceil((all.length - needed.length) / mostRows);
  return all.filter((_, i) => i < needed.length || (i - needed.length) % stride === 0);
}

function distinctRows(rows: readonly (readonly Value[])[]): (readonly Value[])[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/** A customer per rule that decides anywhere, in the order in which they are found. */
function startingRows(definition: RulesDefinition, inputs: readonly DefinitionInput[]): readonly Value[][] {
  const grid = ruleGrid(definition, rulesAsOf(definition));
  const found = new Map<number, GridRegion>();
  searchGrid(grid, (region) => {
    const rule = region.holding[0] ?? -1;
    if (!found.has(rule)) found.set(rule, region);
  });
  const rows = [...found.values()].map(({ cells }) => {
    const choices = new Map(
      grid.dimensions.map(({ name, kind, cells: all }, d) => {
        const cell = (cells[d] ?? all).find(({ isMissing }) => !isMissing) ?? cells[d]![0]!;
        return [kind === "score" ? `score ${name}` : `feature ${name}`, cell.value];
      }),
    );
    return inputs.map(({ name }) => choices.get(`feature ${name}`) ?? nestedValue(definition, name, choices));
  });
  return rows.length > 0 ? rows : [inputs.map(() => null)];
}

/** A value that gives a nested score what is wished for it, with the scores around it as they are wished. */
function nestedValue(
  definition: RulesDefinition,
  feature: string,
  choices: ReadonlyMap<string, Value>,
): Value {
  const { scores } = definition.model;
  const score = scores.find((one) => one.feature === feature && one.within !== undefined);
  if (score === undefined) return null;
  const wished = choices.get(`score ${score.name}`);
  const at = score.within!.scores.map((name): number => {
    const outer = scores.find((one) => one.name === name)!;
    if (outer.within !== undefined) return choices.get(`score ${name}`) as number;
    return scoreOf(outer, (choices.get(`feature ${outer.feature}`) ?? Number.NaN) as number, []);
  });
  const values = criticalValues(definition, { name: feature, type: "number" });
  return values.find((value) => value !== null && scoreOf(score, value as number, at) === wished) ?? null;
}

/** Values around everything that the rules compare a feature with, and what is easily taken for it. */
function criticalValues(definition: RulesDefinition, { name, type }: DefinitionInput): readonly Value[] {
  const compared = comparedWith(definition, name);
  switch (type) {
    case "number": {
      const cuts = [...new Set(compared.map(Number))].sort((a, b) => a - b);
      const around = cuts.flatMap((cut) => [-nextDouble(-cut), cut, nextDouble(cut)]);
      return [...around, 1e300, -1e300, 0, null].filter((value) => value === null || Number.isFinite(value));
    }
    case "text":
      return [
        ...new Set(
          compared.map(String).flatMap((text) => [text, `${text} `, text.toLowerCase(), text.toUpperCase()]),
        ),
        "",
        "another text",
        null,
      ];
    case "date":
      return [
        ...new Set(
          compared.flatMap((text) => [-1, 0, 1].map((days) => dayText(dayNumber(String(text))! + days))),
        ),
        "yesterday",
        null,
      ];
  }
}

function comparedWith(definition: RulesDefinition, feature: string): readonly (number | string)[] {
  const { scores, rules } = rulesAsOf(definition);
  const cuts = scores
    .filter((score) => score.feature === feature)
    .flatMap(({ cuts, within }) => [...cuts, ...(within?.cells.flatMap((cell) => cell.cuts) ?? [])]);
  const direct = rules
    .flatMap(({ when }) => featureLeavesOf(when))
    .filter((leaf) => leaf.feature === feature)
    .flatMap(comparedValues);
  return [...cuts, ...direct];
}

/** The verification rows of nested definitions, their values in our order; what they do not need is missing. */
function nestedRows(definition: RulesDefinition, inputs: readonly DefinitionInput[]): Value[][] {
  return definition.nested.flatMap((inner) => {
    const places = inputsOf(inner).map(({ name }) => inputs.findIndex((input) => input.name === name));
    return inner.verification.map((row) => {
      const values = inputs.map((): Value => null);
      row.inputs.forEach((value, j) => {
        values[places[j]!] = value;
      });
      return values;
    });
  });
}
