import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { InputError } from "#src/core/errors.js";
import type { Recipe, RecipeStep } from "#src/features/recipe.js";
import { assignCustomers } from "#src/segments/assign.js";
import { defineSegments } from "#src/segments/define-segments.js";
import { writeAssignments } from "#src/segments/write-assignments.js";
import { smallParts } from "../made-definitions.js";

interface Reference {
  readonly steps: readonly RecipeStep[];
  readonly centres: readonly (readonly number[])[];
  readonly rows: readonly (readonly (number | null)[])[];
  readonly placed: readonly {
    readonly segment: number;
    readonly runnerUp?: number;
    readonly distance?: number;
    readonly margin?: number;
  }[];
}

test("assignment equals Python's whole-number arithmetic on 300 customers", () => {
  const reference: Reference = JSON.parse(readFileSync("test/reference/assign.json", "utf8"));
  const recipe: Recipe = { latticeBits: 20, clamp: 8, steps: reference.steps, notes: [] };
  const names = recipe.steps.map((step) => step.feature);
  const centres = reference.centres.map((centre) => centre.map((value) => value / 2 ** 20));
  const definition = defineSegments({
    ...smallParts(),
    features: names.map((name) => ({ ...smallParts().features[0]!, name })),
    recipe,
    fit: { centres: centres, sizes: [4, 3, 2, 1] },
    verdicts: reference.centres.map(() => "natural"),
  });
  const columns = new Map(names.map((name, j) => [name, reference.rows.map((row) => row[j] ?? Number.NaN)]));
  const keys = reference.rows.map((_, i) => String(i));
  const assignment = assignCustomers(definition, { keys, columns });
  const placed = keys.map((_, i) => {
    const segment = assignment.labels[i]!;
    if (segment < 0) return { segment };
    const [distance, margin] = [assignment.distances[i]!, assignment.margins[i]!];
    return { segment, runnerUp: assignment.runnersUp[i]!, distance, margin };
  });
  assert.deepEqual(placed, reference.placed);
});

test("a customer between two centres goes to the lower segment with margin 0", () => {
  // spend 10 is z = 0: one deviation from s1 at (−1, 0) and from s2 at (1, 0); visits e − 1 is z = (ln e − 1) / 0.5 = 0.
  const assignment = assignCustomers(defineSegments(smallParts()), {
    keys: ["a", "b"],
    columns: new Map([
      ["spend", [10, 12]],
      ["visits", [Math.E - 1, Math.E - 1]],
    ]),
  });
  assert.deepEqual([...assignment.labels], [0, 1]);
  assert.deepEqual([...assignment.runnersUp], [1, 0]);
  assert.deepEqual([...assignment.distances], [1, 0]);
  assert.deepEqual([...assignment.margins], [0, 1]);
});

test("a missing value is imputed or leads to the fallback, as the recipe says", () => {
  const assignment = assignCustomers(defineSegments(smallParts()), {
    keys: ["no visits", "no spend", "minus infinity"],
    columns: new Map([
      ["spend", [8, Number.NaN, -Infinity]],
      ["visits", [Number.NaN, 3, 3]],
    ]),
  });
  assert.deepEqual([...assignment.labels], [0, -1, -1]);
  assert.deepEqual([...assignment.runnersUp], [1, -1, -1]);
  assert.ok(Number.isNaN(assignment.distances[1]) && Number.isNaN(assignment.margins[1]));
});

test("with one segment everybody is in it, with margin 1 and no runner-up", () => {
  const centres = [[0, 0]];
  const definition = defineSegments({ ...smallParts(), fit: { centres, sizes: [9] }, verdicts: ["natural"] });
  const columns = new Map([
    ["spend", [14]],
    ["visits", [Number.NaN]],
  ]);
  const assignment = assignCustomers(definition, { keys: ["a"], columns });
  assert.deepEqual([assignment.labels[0], assignment.runnersUp[0], assignment.margins[0]], [0, -1, 1]);
});

test("a feature that is not there, or too short, is named", () => {
  const definition = defineSegments(smallParts());
  const assign = (columns: ReadonlyMap<string, readonly number[]>) => () =>
    assignCustomers(definition, { keys: ["a", "b"], columns });
  assert.throws(
    assign(new Map([["spent", [1, 2]]])),
    new InputError('assignCustomers: customers must have a column "spend", got none. Did you mean "spent"?'),
  );
  assert.throws(
    assign(new Map([["spend", [1]]])),
    new InputError('assignCustomers: column "spend" must have 2 values (one per key), got 1'),
  );
});

test("assignments are written as CSV, hostile keys and names quoted, always the same bytes", () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-assignments-"));
  const path = join(folder, "assignments.csv");
  const definition = defineSegments(
    smallParts({
      names: new Map([["s1", { name: 'Loyal, "old"' }]]),
      suggestedNames: new Map([["s2", { name: "New" }]]),
    }),
  );
  const assignment = assignCustomers(definition, {
    keys: ["007", 'a,"b"', "=cmd()", "x\ny"],
    columns: new Map([
      ["spend", [8, 12, Number.NaN, 9]],
      ["visits", [Math.E - 1, Math.E - 1, 0, Math.E - 1]],
    ]),
  });
  writeAssignments(path, definition, assignment);
  const text = readFileSync(path, "utf8");
  rmSync(folder, { recursive: true });
  assert.equal(
    text,
    [
      "customer_id,segment,segment_name,distance,runner_up,margin",
      '007,s1,"Loyal, ""old""",0.000000,s2,1.000000',
      '"a,""b""",s2,New,0.000000,s1,1.000000',
      "=cmd(),unassigned,Unassigned,,,",
      '"x\ny",s1,"Loyal, ""old""",0.500000,s2,0.666667',
      "",
    ].join("\n"),
  );
});
