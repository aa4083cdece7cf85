import type { WorkbookConfig } from "../config/workbook-config.js";
import { judgeResult } from "../refresh/refresh-gates.js";
import type { DefinitionInForce, RefreshGate } from "../refresh/refresh-record.js";
import type { Definition } from "../segments/definition.js";
import { ageOf, type RefreshJudgement } from "./refresh-judge.js";
import type { Refit } from "./refresh-refit.js";

/** What holds after a refresh. */
export interface Decision {
  readonly word: Exclude<DefinitionInForce["decision"], "first">;
  readonly definition: Definition;
  readonly gates: readonly RefreshGate[];
}

/** What {@link decideRefresh} weighs. */
export interface DecisionInputs {
  readonly former: Definition;
  readonly refit: Refit | null;
  readonly judgement: RefreshJudgement;
}

/**
 * Which definition holds from now on, by the recommendation and what the workbook lets a refresh adopt.
 *
 * Where a gate on the data fails, the refresh is refused: nothing changes, whatever the workbook says. So it is where continuity
 * fails, unless the workbook keeps the definition anyhow: then a refit that breaks with it is only told.
 */
export function decideRefresh(config: WorkbookConfig, inputs: DecisionInputs): Decision {
  const { former, refit, judgement } = inputs;
  const { recommendation, gates } = judgement;
  const refusing = gates.filter(({ name }) => name !== "continuity" || config.refresh.adopt !== "keep");
  const isRefused = refusing.some(({ passed }) => !passed);
  const wantsRefit = wishOf(config, recommendation.word) === "refit" && refit !== null;
  const definition = wantsRefit && !isRefused ? refit.definition : former;
  return {
    word: isRefused ? "refused" : definition === former ? "kept" : "refitted",
    definition,
    gates: [
      ...gates,
      ...judgeAge(definition, config),
      {
        name: "recommendation",
        passed: recommendation.word !== "rethink",
        value: null,
        limit: null,
        reason: `The recommendation is to ${recommendation.word}.`,
      },
    ],
  };
}

function wishOf({ refresh }: WorkbookConfig, recommended: "keep" | "refit" | "rethink"): string {
  return refresh.adopt === "recommended" ? recommended : refresh.adopt;
}

/** Continuity was judged before; what is left is the age of what holds now. */
function judgeAge(definition: Definition, { asOf, refresh }: WorkbookConfig): readonly RefreshGate[] {
  return judgeResult({ continuity: null, age: ageOf(definition, asOf) }, refresh.gates).filter(
    ({ name }) => name === "age",
  );
}
