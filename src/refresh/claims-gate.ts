import { countText } from "../core/number-text.js";
import { type CheckedClaim, failedClaims } from "./check-claims.js";
import type { RefreshGate } from "./refresh-record.js";

/**
 * The gate on published sentences: the number of those that are false or were not tested, at most none.
 *
 * @param mode - `warn`: the gate says so and passes; `fail`: it does not pass.
 * @param failures - Notebooks that stopped; at a first state nothing is published, but a notebook may stop all the same.
 */
export function claimsGate(
  checked: readonly CheckedClaim[],
  mode: "warn" | "fail",
  failures: readonly { readonly notebook: string; readonly cell: number }[] = [],
): RefreshGate {
  const failed = failedClaims(checked);
  const count = failed.length + (failed.length === 0 ? failures.length : 0);
  const passed = count === 0 || mode === "warn";
  return { name: "claims", passed, value: count, limit: 0, reason: reasonOf(checked, failed, failures) };
}

function reasonOf(
  checked: readonly CheckedClaim[],
  failed: readonly CheckedClaim[],
  failures: readonly { readonly notebook: string; readonly cell: number }[],
): string {
  const tested = checked.filter(({ status }) => status !== "withdrawn").length;
  const stopped = failures.map(({ notebook, cell }) => ` ${notebook} stopped at cell ${cell}.`).join("");
  if (tested === 0) return `No sentence is bound to a number.${stopped}`;
  const all = tested === 1 ? "The one published sentence" : `All ${countText(tested)} published sentences`;
  if (failed.length === 0) return `${all} ${tested === 1 ? "holds" : "hold"}.${stopped}`;
  const count = failed.length === 1 ? "1 is" : `${countText(failed.length)} are`;
  const first = failed[0]!.sentence;
  return `Of ${countText(tested)} published sentences ${count} no longer borne out, the first: “${first.length > 120 ? `${first.slice(0, 120)}…` : first}”.${stopped}`;
}
