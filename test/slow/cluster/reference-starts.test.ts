// With at most 1,000 starts, as good as the best of the reference's thousand.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DistanceName } from "#src/cluster/row-distance.js";
import { fitKMedoids } from "#src/distances/kmedoids.js";
import { fitKPrototypes } from "#src/distances/kprototypes.js";
import { rawCampaign, scaledCampaign } from "../../cluster/marketing-table.js";
import { referenceTable } from "../../cluster/reference-tables.js";
import { withoutDataset } from "../../datasets.js";
import { referenceNumbers } from "../../reference-numbers.js";

interface Case {
  readonly data: string;
  readonly distance: DistanceName;
  readonly clusterCount: number;
  readonly gamma: number;
  readonly starts: number;
  readonly objective: number;
}

interface Campaign {
  readonly numbers: readonly string[];
  readonly words: readonly string[];
  readonly cases: readonly Case[];
}

for (const { data, distance, clusterCount, objective } of referenceNumbers<Campaign>("kmedoids").cases) {
  const table = referenceTable(data, { words: distance === "gower" });
  test(`k-medoids on ${data}, ${distance}, ${clusterCount} clusters, against 1,000 random starts of FasterPAM`, {
    skip: table === undefined && withoutDataset,
  }, () => {
    const starts = data === "wholesale" ? 300 : 60;
    const fit = fitKMedoids(table!, { clusterCount, distance, seed: 1, starts });
    assert.ok(fit.objective <= objective * (1 + 1e-6), `${fit.objective} against ${objective}`);
  });
}

test("k-medoids on customers some of whose incomes are missing, by Gower's distance", (t) => {
  const { numbers, words, cases } = referenceNumbers<Campaign>("marketing");
  const table = rawCampaign(numbers, words);
  if (table === undefined) return t.skip(withoutDataset);
  for (const { clusterCount, objective } of cases) {
    const fit = fitKMedoids(table, { clusterCount, seed: 1, starts: 40 });
    assert.ok(
      fit.objective <= objective * (1 + 1e-9),
      `${clusterCount}: ${fit.objective} against ${objective}`,
    );
  }
});

const starts = referenceNumbers<Campaign>("kprototypes-starts");
for (const { data, clusterCount, gamma, objective } of starts.cases) {
  const isCampaign = data === "marketing";
  const table = isCampaign
    ? scaledCampaign(starts.numbers, starts.words)
    : referenceTable(data, { words: true });
  test(`k-prototypes on ${data}, gamma ${gamma}, ${clusterCount} clusters, against the kmodes package's best`, {
    skip: table === undefined && withoutDataset,
  }, () => {
    const fit = fitKPrototypes(table!, { clusterCount, gamma, seed: 1, starts: isCampaign ? 40 : 300 });
    assert.ok(fit.objective <= objective * (1 + 1e-9), `${fit.objective} against ${objective}`);
  });
}
