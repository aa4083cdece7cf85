import type { Progress } from "../core/progress.js";
import { shareTasks, type TaskJob } from "../core/shared-tasks.js";
import { type BasisModel, type BasisValues, modelBases, modelForms } from "./basis-model.js";
import { type BeyondOutcome, type BeyondProblem, testBeyond } from "./beyond-bases.js";

const kinds = ["few-rows", "cut", "explained", "nothing-left", "tested"] as const;
const resultLength = 7;

/** One problem per task; a thread that is sent here finds it under this name. */
export function openTask(problems: readonly BeyondProblem[]): (task: number, result: Float64Array) => void {
  let last: { readonly bases: readonly BasisValues[]; readonly model: BasisModel | undefined } | undefined;
  return (task, result) => {
    const problem = problems[task]!;
    const { bases, labels } = problem;
    if (last?.bases !== bases) last = { bases, model: modelBases(bases, labels.length) };
    result.set(packOutcome(testBeyond(problem, last.model)));
  };
}

const job: TaskJob<readonly BeyondProblem[]> = { module: import.meta.url, open: openTask };

/** {@link testBeyond} for many descriptors, over all threads; the outcomes do not depend on how many there are. */
export function shareBeyond(
  problems: readonly BeyondProblem[],
  options: {
    readonly threads?: number | undefined;
    readonly onProgress?: ((progress: Progress) => void) | undefined;
  },
): readonly BeyondOutcome[] {
  if (problems.length === 0) return [];
  // Those that stand beside the same bases follow one another, so that a thread models these once.
  const beside = [...new Set(problems.map(({ bases }) => bases))];
  const input = beside.flatMap((bases) => problems.filter((problem) => problem.bases === bases));
  const results = shareTasks(job, { input, taskCount: input.length, resultLength, ...options });
  return problems.map((problem) => {
    const task = input.indexOf(problem);
    return readOutcome(results.subarray(task * resultLength, (task + 1) * resultLength));
  });
}

function packOutcome(outcome: BeyondOutcome): number[] {
  const kind = kinds.indexOf(outcome.kind);
  if (outcome.kind === "explained") return [kind, outcome.explained];
  if (outcome.kind === "cut") return [kind, outcome.basis];
  if (outcome.kind === "nothing-left") return [kind, 0, outcome.left];
  if (outcome.kind === "few-rows") return [kind];
  const { explained, left, share, pValue, permutations, form } = outcome;
  return [kind, explained, left, share, pValue, permutations, modelForms.indexOf(form)];
}

function readOutcome([kind, first, left, share, pValue, permutations, form]: Float64Array): BeyondOutcome {
  const name = kinds[kind!]!;
  if (name === "few-rows") return { kind: name };
  if (name === "explained") return { kind: name, explained: first! };
  if (name === "cut") return { kind: name, basis: first! };
  if (name === "nothing-left") return { kind: name, left: left! };
  return {
    kind: name,
    explained: first!,
    left: left!,
    share: share!,
    pValue: pValue!,
    permutations: permutations!,
    form: modelForms[form!]!,
  };
}
