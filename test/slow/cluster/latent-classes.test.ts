// Two surveys with missing answers, and bootstrap tests of the number of classes, beside other programs' numbers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type MixedTable, mixedTableOf, toMixedTable } from "#src/cluster/mixed-table.js";
import { matrixOfColumns } from "#src/core/matrix.js";
import { fitLatentClass } from "#src/models/latent-class.js";
import { latentClassTest } from "#src/models/latent-class-test.js";
import { datasetFile, withoutDataset } from "../../datasets.js";
import { referenceNumbers } from "../../reference-numbers.js";

interface Reference {
  readonly cases: readonly {
    readonly data: string;
    readonly clusterCount: number;
    readonly logLikelihood: number;
    readonly stepmix: number;
  }[];
  readonly samples: number;
  readonly tests: readonly {
    readonly data: string;
    readonly clusterCount: number;
    readonly statistic: number;
    readonly pValue: number;
    readonly meanUnderNull: number;
    readonly deviationUnderNull: number;
  }[];
}

type Answers = readonly (readonly (number | null)[])[];

const reference = referenceNumbers<Reference>("latent-class-surveys");
const marketingFile = datasetFile("marketing_campaign/marketing_campaign_iso_dates.csv");
const items = [
  "Education",
  "Marital_Status",
  "Kidhome",
  "Teenhome",
  "AcceptedCmp1",
  "AcceptedCmp2",
  "AcceptedCmp3",
  "AcceptedCmp4",
  "AcceptedCmp5",
  "Response",
  "Complain",
];

/** The columns of the script, without the answers that it leaves out. */
function readMarketing(path: string): MixedTable {
  const [header, ...rows] = readFileSync(path, "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const columnOf = (item: string, j: number) =>
    rows.map((row, i) => ((7 * i + 13 * j) % 17 === 0 ? null : `${row[header!.indexOf(item)]}`));
  return mixedTableOf(Object.fromEntries(items.map((item, j) => [item, columnOf(item, j)])));
}

function tableOf(name: string): MixedTable {
  if (name === "marketing") return readMarketing(marketingFile!);
  if (name === "students")
    return mixedTableOf(
      referenceNumbers<{ students: Record<string, (string | null)[]> }>("survey-data").students,
    );
  const rows = referenceNumbers<Record<string, Answers>>("latent-class")[name]!;
  const names = rows[0]!.map((_, j) => `q${j}`);
  return toMixedTable(
    matrixOfColumns(
      names,
      names.map((_, j) => rows.map((row) => row[j] ?? Number.NaN)),
    ),
  );
}

for (const { data, clusterCount, logLikelihood, stepmix } of reference.cases)
  test(`${data}, ${clusterCount} classes: at most 1,000 starts come as high as 1,000 of the reference and as StepMix`, {
    skip: data === "marketing" && marketingFile === undefined && withoutDataset,
  }, () => {
    const least = Math.max(logLikelihood, stepmix) - 0.01;
    const reached = [50, 200, 1000].find(
      (starts) => fitLatentClass(tableOf(data), { clusterCount, seed: 1, starts }).logLikelihood >= least,
    );
    assert.ok(reached !== undefined, `not ${least}`);
  });

for (const one of reference.tests)
  test(`${one.data}, ${one.clusterCount} classes against one more: statistic and p-value agree within Monte Carlo error`, () => {
    const { clusterCount, statistic, pValue, meanUnderNull, deviationUnderNull } = one;
    const ours = latentClassTest(tableOf(one.data), { clusterCount, seed: 1 });
    assert.ok(Math.abs(ours.statistic - statistic) < 0.05, `${ours.statistic} against ${statistic}`);
    const error = Math.hypot(ours.pValueError, Math.sqrt((pValue * (1 - pValue)) / (reference.samples + 1)));
    assert.ok(Math.abs(ours.pValue - pValue) <= 3 * error + 0.01, `p ${ours.pValue} against ${pValue}`);
    const mean = ours.statisticsUnderNull.reduce((sum, value) => sum + value, 0) / ours.resamples;
    const meanError = deviationUnderNull * Math.sqrt(1 / ours.resamples + 1 / reference.samples);
    assert.ok(Math.abs(mean - meanUnderNull) < 3.5 * meanError, `mean ${mean} against ${meanUnderNull}`);
  });
