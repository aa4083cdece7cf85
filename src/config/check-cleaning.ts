import { describeValue } from "../core/check.js";
import type { SourceCheck } from "./check-feature-names.js";
import { checkHelper } from "./check-helper.js";
import type { CleaningStep } from "./cleaning-config.js";
import type { WrittenStep } from "./complete-step.js";
import type { WrittenWorkbook } from "./complete-workbook.js";
import { refuse } from "./refuse.js";
import { isRegularExpression } from "./regular-expression.js";
import type { SourceKind } from "./workbook-config.js";

/** Steps that only some kinds know. */
const kindsOfStep: ReadonlyMap<CleaningStep["step"], readonly SourceKind[]> = new Map([
  ["cancellations", ["transactions"]],
  ["non-products", ["transactions"]],
  ["zero-price", ["transactions"]],
  ["currencies", ["transactions"]],
  ["outliers", ["customers", "transactions", "web", "social", "campaigns", "subscriptions", "support"]],
  ["time-zone", ["transactions", "web", "support"]],
]);

/**
 * Checks what the schema cannot say about the steps of cleaning: that the kind knows them, that they say what they need.
 *
 * @throws InputError with key path and place.
 */
export function checkCleaning(check: SourceCheck, sources: WrittenWorkbook["sources"]): void {
  const { source, document } = check;
  (source.cleaning ?? []).forEach((step, i) => {
    const path = [...check.path, "cleaning", i];
    const kinds = kindsOfStep.get(step.step);
    if (kinds !== undefined && !kinds.includes(source.kind))
      refuse(document, [...path, "step"], {
        must: `stand in a source of kind ${kinds.join(" or ")}`,
        got: `${step.step} in one of kind ${source.kind}`,
      });
    checkStep(step, { source, path, document });
    const { through, rates } = step;
    if (through !== undefined)
      checkHelper("mapping", through, sources, { path: [...path, "through"], document });
    if (rates !== undefined) checkHelper("rates", rates, sources, { path: [...path, "rates"], document });
    const earlier = source.cleaning!.findIndex((other) => isSame(other, step));
    if (earlier < i)
      refuse(document, [...path, "step"], {
        must: "be taken once",
        got: `${step.step} as step ${earlier + 1} and ${i + 1}`,
      });
  });
}

/** Duplicates and outliers may be looked for several times, by other columns. */
function isSame(a: WrittenStep, b: WrittenStep): boolean {
  return a.step === b.step && a.column === b.column && String(a.by) === String(b.by);
}

function checkStep(step: WrittenStep, check: SourceCheck): void {
  const { source, path, document } = check;
  const { pattern } = step;
  if (pattern !== undefined && !isRegularExpression(pattern))
    refuse(document, [...path, "pattern"], { must: "be a regular expression", got: describeValue(pattern) });
  switch (step.step) {
    case "test-accounts":
      needsOne(step, ["customers", "pattern"], check);
      break;
    case "non-products":
      needsColumn("product", check);
      needsOne(step, ["products", "pattern"], check);
      break;
    case "cancellations":
      needsColumn("product", check);
      needsColumn("price", check);
      break;
    case "outliers":
      checkOutliers(step, check);
      break;
    case "time-zone":
      checkZone(step.from!, { source, path: [...path, "from"], document });
      checkZone(step.to!, { source, path: [...path, "to"], document });
      break;
    case "households":
      if (step.by !== undefined && source.kind !== "customers")
        refuse(document, [...path, "by"], {
          must: "stand in a source of kind customers",
          got: `it in one of kind ${source.kind}`,
        });
      needsOne(step, ["through", "by"], check);
  }
}

function checkOutliers(step: WrittenStep, check: SourceCheck): void {
  const { path, document } = check;
  if ((step.limits === undefined) === (step.quantiles === undefined))
    refuse(document, path, {
      must: "have either limits or quantiles",
      got: step.limits === undefined ? "neither" : "both",
    });
  for (const key of ["limits", "quantiles"] as const) {
    const [low, high] = step[key] ?? [0, 1];
    if (low >= high)
      refuse(document, [...path, key], { must: "go from low to high", got: `[${low}, ${high}]` });
  }
}

function needsOne(
  step: WrittenStep,
  keys: readonly (keyof WrittenStep)[],
  { path, document }: SourceCheck,
): void {
  if (keys.some((key) => step[key] !== undefined)) return;
  refuse(document, path, { must: `have the key ${keys.join(" or ")}`, got: "neither" });
}

function needsColumn(word: string, { source, path, document }: SourceCheck): void {
  if (source.columns[word] === undefined)
    refuse(document, path, { must: `come with columns.${word}`, got: "no such column" });
}

function checkZone(zone: string, { path, document }: SourceCheck): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    refuse(document, path, {
      must: "be the name of a time zone such as UTC or Europe/Berlin",
      got: describeValue(zone),
    });
  }
}
