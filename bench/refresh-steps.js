/** A refresh of a made shop, by the steps that `segbook refresh` takes, without files. */
import { readWorkbook } from "../dist/config/read-workbook.js";
import { basisMatrix } from "../dist/features/basis-matrix.js";
import { listFeatures } from "../dist/features/catalogue.js";
import { fitRecipe } from "../dist/features/fit-recipe.js";
import { findCommonRows } from "../dist/refresh/common-rows.js";
import { classifyDates } from "../dist/refresh/domain-classifier.js";
import { measureDrift } from "../dist/refresh/drift-measure.js";
import { holdAssignments } from "../dist/refresh/hold-assignments.js";
import { assignToCentres } from "../dist/segments/assign-to-centres.js";
import { defineSegments } from "../dist/segments/define-segments.js";
import { findSegments } from "../dist/workbook/find-segments.js";
import { judgeRefresh } from "../dist/workbook/refresh-judge.js";
import { refitSegments } from "../dist/workbook/refresh-refit.js";
import { describeMatching, sizesOf } from "../dist/workbook/refresh-segments.js";
import { verdictOf } from "../dist/workbook/verdict-of.js";

/** The sample shop's workbook, whose sources are never read here. */
function readShop(asOf) {
  const config = readWorkbook("data/sample/segbook.yaml", { asOf });
  return { config: { ...config, names: new Map() }, features: listFeatures(config) };
}

const [first, second] = ["2026-03-31", "2026-06-30"].map(readShop);

/** What the shop's sources would give: one row per customer. */
export function tableOf({ keys, columns }) {
  const named = new Map(first.features.map((feature) => [feature.name, feature]));
  return {
    keyName: first.config.key,
    keys,
    columns: [...columns].map(([name, values]) => ({ kind: "number", feature: named.get(name), values })),
  };
}

/** Segments of a shop at the beginning, as `segbook fit` finds them. */
export function firstDefinition(table) {
  const { config, features } = first;
  const { weights: _weights, ...wishes } = config.segmentation;
  const found = findSegments(basisMatrix(table, config.basis), wishes);
  const names = found.verdicts.map((_, i) => `Segment ${i + 1}`);
  return defineSegments({
    id: "control",
    createdFor: config.asOf,
    keyName: config.key,
    features,
    recipe: found.recipe,
    fit: found.fit,
    ...verdictOf(found, names),
  });
}

/** Where a definition puts the customers of a table. */
export function place({ recipe, model }, table) {
  const raw = recipe.steps.map(
    ({ feature }) => table.columns.find((column) => column.feature.name === feature).values,
  );
  return assignToCentres(recipe, model.centres, raw);
}

/** One refresh under a definition: statuses, drift, gates and the recommendation. */
export function refreshOnce(former, [before, after], memory) {
  const { config, features } = second;
  const common = findCommonRows(before.keys, after.keys);
  const [was, is] = [place(former, before).labels, place(former, after).labels];
  const refit = refitSegments(
    {
      config,
      features,
      former,
      table: after,
      formerLabels: was,
      common,
      highestKey: former.segments.length,
    },
    { memory },
  );
  const labels = place(refit.definition, after).labels;
  const { segments, former: formerSegments } = describeMatching({
    matching: refit.matching,
    former,
    refit: refit.definition,
    sizesBefore: sizesOf(was, former.segments.length),
    sizes: sizesOf(labels, refit.definition.segments.length),
  });
  const account = {
    sources: [],
    customers: { found: after.keys.length, kept: after.keys.length, dropped: [] },
  };
  const judgement = judgeRefresh({
    config,
    former,
    baseline: { asOf: first.config.asOf, table: before, labels: was },
    before: { table: before, account, labels: was },
    after: { table: after, account, labels: is },
    common,
    repeatedLines: null,
    segments,
    formerSegments,
    refit: { definition: refit.definition, labels },
  });
  const statuses = new Set([...segments, ...formerSegments].map(({ status }) => status));
  return {
    segments: segments.length,
    not_continued: [...statuses].filter((status) => status !== "continued"),
    lowest_jaccard: Math.min(...segments.map(({ jaccard }) => jaccard)).toFixed(4),
    recommendation: judgement.recommendation.word,
    failed_gates: judgement.gates.filter(({ passed }) => !passed).map(({ name }) => name),
    ...alarms(judgement),
    mix_drifts: judgement.mix.isDrifting,
  };
}

/** Drift alone, of two tables whose customers are told apart by all features together as well. */
export function driftOnce(before, after) {
  const { config } = second;
  const recipe = fitRecipe(basisMatrix(before, config.basis));
  const rowsOf = (table) => ({ keys: table.keys, matrix: basisMatrix(table, config.basis) });
  return alarms({
    drift: measureDrift(before.columns, after.columns),
    classifier: classifyDates(recipe, [rowsOf(before), rowsOf(after)]),
  });
}

/** What drifts, what chance alone does not explain however small it is, and the area of the classifier beside its band. */
function alarms({ drift, classifier }) {
  const isSignificant = ({ tests }) => tests.some(({ adjustedPValue }) => adjustedPValue < 0.05);
  return {
    drifting: drift.drifting,
    significant: drift.features.filter(isSignificant).map(({ name }) => name),
    auc: classifier.auc.toFixed(4),
    above_band: classifier.auc > classifier.nullHigh,
    classifier_drifts: classifier.isDrifting,
  };
}

/**
 * Refreshes in a row under one definition, as hysteresis with this limit holds customers; 0 lets everybody move.
 *
 * @returns How often a customer changed segment, how often one was held, and who is held at the last refresh.
 */
export function followCustomers(definition, tables, limit) {
  const keys = definition.segments.map(({ key }) => key);
  let [last, changes, heldBack, held] = [new Map(), 0, 0, []];
  for (const table of tables) {
    const placed = place(definition, table);
    const nearest = Array.from(placed.labels, (label) => keys[label] ?? definition.fallback.key);
    const before = table.keys.map((key) => last.get(key));
    const result = holdAssignments(
      {
        held: before.map((one) => one?.segment ?? null),
        lastNearest: before.map((one) => one?.nearest ?? null),
        nearest,
        margins: placed.margins,
      },
      limit,
      new Set(keys),
    );
    changes += before.filter((one, i) => one !== undefined && one.segment !== result.segments[i]).length;
    heldBack += result.heldBack;
    held = table.keys.flatMap((customer, i) =>
      result.isHeld[i]
        ? [
            {
              customer,
              held_in: result.segments[i],
              nearest: nearest[i],
              margin: placed.margins[i].toFixed(4),
            },
          ]
        : [],
    );
    last = new Map(table.keys.map((key, i) => [key, { segment: result.segments[i], nearest: nearest[i] }]));
  }
  return { changes, heldBack, held };
}
