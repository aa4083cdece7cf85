import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClaimLedger, LedgerClaim } from "#src/core/claim-ledger.js";
import { checkClaims } from "#src/refresh/check-claims.js";
import { claimsGate } from "#src/refresh/claims-gate.js";

function said(sentence: string, stated: number, value: number | null, notebook = "05.ipynb"): LedgerClaim {
  return { sentence, notebook, cell: 3, numbers: [{ stated, unit: "%", value, tolerance: 0.5 }] };
}

function ledger(claims: readonly LedgerClaim[], stopped?: string): ClaimLedger {
  const failures = stopped ? [{ notebook: stopped, cell: 7, message: "RangeError: too far" }] : [];
  return { asOf: "2026-06-30", claims, failures };
}

const published = ledger([
  said("Families are 27 %", 27, 27.2),
  said("Hunters are 20 %", 20, 20.1),
  said("Students are 8 %", 8, 8),
  said("Retirees are 5 %", 5, 5.1),
  said("Lapsed are 9 %", 9, 9.1, "06.ipynb"),
]);

test("a claim holds up to its border; what moved is false, what is gone is withdrawn, what a failure hid was not tested", () => {
  const now = ledger(
    [
      said("Hunters are 20 %", 20, 23),
      said("Families are 27 %", 27, 27.5),
      said("Students are 8 %", 8, null),
      said("Newcomers are 3 %", 3, 3),
    ],
    "06.ipynb",
  );
  assert.deepEqual(
    checkClaims(published, now).map(({ sentence, status, numbers }) => [sentence, status, numbers[0]!.now]),
    [
      ["Families are 27 %", "holds", 27.5],
      ["Hunters are 20 %", "false", 23],
      ["Students are 8 %", "false", null],
      ["Retirees are 5 %", "withdrawn", null],
      ["Lapsed are 9 %", "not-tested", null],
      ["Newcomers are 3 %", "new", 3],
    ],
  );
});

test("a sentence that stands twice is found again in order, one of another notebook is not", () => {
  const twice = ledger([
    said("It is 5 %", 5, 5),
    said("It is 5 %", 5, 5),
    said("It is 5 %", 5, 5, "06.ipynb"),
  ]);
  const now = ledger([said("It is 5 %", 5, 5), said("It is 5 %", 5, 9)]);
  assert.deepEqual(
    checkClaims(twice, now).map(({ status }) => status),
    ["holds", "false", "withdrawn"],
  );
});

test("the gate counts what is false or was not tested, and stops only where the workbook says so", () => {
  const now = ledger([said("Hunters are 20 %", 20, 23), said("Families are 27 %", 27, 27)]);
  const checked = checkClaims(ledger(published.claims.slice(0, 2)), now);
  const { passed, value, limit, reason } = claimsGate(checked, "fail");
  assert.deepEqual([passed, value, limit], [false, 1, 0]);
  assert.match(
    reason,
    /^Of 2 published sentences 1 is no longer borne out, the first: “Hunters are 20 %”\.$/,
  );
  assert.equal(claimsGate(checked, "warn").passed, true);
  assert.deepEqual(claimsGate([], "fail").passed, true);
});
