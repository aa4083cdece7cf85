import { checkChoice } from "../core/check.js";

/** What becomes of rows and cells of a file that a definition cannot take as they are. All are counted. */
export interface AssignmentPolicy {
  /** A number or date cell that holds something else: stop with its line, take it as missing, or leave the row out. */
  readonly unreadable: "refuse" | "missing" | "skip";
  /** A row that names no customer: stop, or leave it out. */
  readonly missingKey: "refuse" | "skip";
  /** A customer that comes again: stop, or take the first of its rows. */
  readonly repeatedKey: "refuse" | "first";
  /**
   * A text that no rule mentions, of a feature that rules compare with texts: compare it as it is (it equals none), take it as
   * missing, or stop.
   */
  readonly unknownCategory: "keep" | "missing" | "refuse";
}

const choices: { readonly [name in keyof AssignmentPolicy]: readonly AssignmentPolicy[name][] } = {
  unreadable: ["refuse", "missing", "skip"],
  missingKey: ["refuse", "skip"],
  repeatedKey: ["refuse", "first"],
  unknownCategory: ["keep", "missing", "refuse"],
};

/**
 * A policy with its defaults: refuse what is a fault of the file, keep what is only new.
 *
 * @throws InputError if a choice is none of those that there are.
 */
export function completePolicy(caller: string, policy: Partial<AssignmentPolicy>): AssignmentPolicy {
  const complete: AssignmentPolicy = {
    unreadable: policy.unreadable ?? "refuse",
    missingKey: policy.missingKey ?? "refuse",
    repeatedKey: policy.repeatedKey ?? "refuse",
    unknownCategory: policy.unknownCategory ?? "keep",
  };
  for (const name of Object.keys(choices) as (keyof AssignmentPolicy)[])
    checkChoice(caller, name, complete[name], choices[name]);
  return complete;
}
