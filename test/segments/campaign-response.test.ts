import assert from "node:assert/strict";
import { test } from "node:test";
import { type CampaignRow, campaignResponse } from "#src/segments/campaign-response.js";

const segments = [
  { key: "s1", name: "Young" },
  { key: "s2", name: "Old" },
];

function row(
  customer: string,
  campaign: string,
  ...[sent, opened, clicked, converted]: number[]
): CampaignRow {
  return { customer, campaign, sent: sent!, opened: opened!, clicked: clicked!, converted: converted! };
}

test("a customer counts once for a campaign, and only if it was sent", () => {
  const response = campaignResponse(
    [
      row("a", "spring", 1, 1, 0, 0),
      row("a", "spring", 2, 3, 1, 0),
      row("b", "spring", 1, 0, 0, 0),
      row("c", "spring", 0, 1, 1, 1),
      row("c", "autumn", 1, 1, 1, 1),
      row("d", "spring", 1, 1, 1, 1),
      row("stranger", "spring", 1, 1, 1, 1),
    ],
    { keys: ["a", "b", "c", "d"], labels: [0, 0, 1, -1], segments },
  );
  assert.deepEqual(response.campaigns, ["autumn", "spring"]);
  const cell = (segment: string, campaign: string) =>
    response.cells.find((one) => one.segment === segment && one.campaign === campaign)!;
  const spring = cell("s1", "spring");
  assert.deepEqual(
    [spring.reached, spring.opened.count, spring.clicked.count, spring.converted.count],
    [2, 1, 1, 0],
  );
  assert.equal(spring.opened.rate, 0.5);
  // Wilson for 1 of 2: (1 + 1.9208) / (2 + 3.8415) ± …, 0.0945 to 0.9055.
  assert.ok(Math.abs(spring.opened.interval!.low - 0.094531) < 1e-6);
  assert.deepEqual(
    [cell("s2", "spring").reached, cell("s2", "spring").opened.rate, cell("s2", "spring").opened.interval],
    [0, null, null],
  );
  assert.equal(cell("s2", "autumn").converted.rate, 1);
  assert.deepEqual(
    response.totals.map(({ campaign, reached }) => [campaign, reached]),
    [
      ["autumn", 1],
      ["spring", 2],
    ],
  );
  assert.match(response.notes.join(" "), /2 rows belong to customers in no segment/);
});

test("no campaign at all gives an empty answer; labels must fit", () => {
  const empty = campaignResponse([], { keys: ["a"], labels: [0], segments });
  assert.deepEqual([empty.campaigns, empty.cells, empty.totals], [[], [], []]);
  assert.throws(
    () => campaignResponse([], { keys: ["a"], labels: [2], segments }),
    /labels must be whole numbers from -1 to 1/,
  );
});
