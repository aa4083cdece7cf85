import assert from "node:assert/strict";
import { test } from "node:test";
import { campaignResponse } from "#src/charts/campaign-response.js";

const families = { key: "s1", name: "Families", size: 600 };
const retirees = { key: "s2", name: "Retirees", size: 400 };

function cell(
  segment: typeof families,
  campaign: string,
  counts: readonly [number, number],
  interval: readonly [number, number],
) {
  return {
    segment,
    campaign,
    sent: counts[0],
    responses: counts[1],
    interval: { low: interval[0], high: interval[1] },
  };
}

test("the finding is the answer whose interval clears the campaign’s average by most, not a lucky handful", () => {
  const figure = campaignResponse(
    [
      cell(families, "Spring", [500, 100], [0.167, 0.237]),
      cell(retirees, "Spring", [400, 20], [0.033, 0.076]),
      cell(retirees, "Sale", [3, 1], [0.06, 0.79]),
      cell(families, "Sale", [500, 25], [0.034, 0.073]),
    ],
    { response: "bought" },
  );
  assert.equal(figure.title, "“Spring”: 20 % of “Families” bought (n = 500), 13.3 % over all segments");
});

test("only the campaigns that reached most are drawn; the table has all and says so", () => {
  const cells = Array.from({ length: 12 }, (_, i) => cell(families, `C${i}`, [100 + i, 10], [0.05, 0.16]));
  const figure = campaignResponse(cells, { campaigns: 3 });
  assert.equal(figure.data.length, 3);
  assert.equal(figure.table.rows.length, 12);
  assert.match(figure.table.note!, /the 3 of 12 campaigns that reached most/);
});

test("a campaign that was sent to nobody is refused", () => {
  assert.throws(() => campaignResponse([cell(families, "Spring", [0, 0], [0, 1])]), { name: "InputError" });
});
