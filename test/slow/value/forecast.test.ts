import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom, type Random } from "#src/core/random.js";
import { forecastDemand } from "#src/value/forecast-demand.js";

const known = 48;
const ahead = 3;

/** Share of series whose next quarter lay in the 90 % interval, and by what rules they were forecast. */
function covered(draw: (random: Random) => readonly number[]): {
  share: number;
  rules: Record<string, number>;
} {
  const rules: Record<string, number> = {};
  let held = 0;
  for (let seed = 0; seed < 400; seed++) {
    const series = draw(createRandom(seed));
    const { interval, rule } = forecastDemand(series.slice(0, known), { ahead, season: 12 });
    const came = series.slice(known).reduce((sum, value) => sum + value, 0);
    if (came >= interval.low && came <= interval.high) held++;
    rules[rule] = (rules[rule] ?? 0) + 1;
  }
  return { share: held / 400, rules };
}

test("90 % intervals hold the next quarter of seasonal series in 84 to 94 of 100, and the model is used", (t) => {
  const { share, rules } = covered((random) =>
    Array.from(
      { length: known + ahead },
      (_, month) => 400 + 3 * month + 60 * Math.sin((month * Math.PI) / 6) + 20 * random.normal(),
    ),
  );
  t.diagnostic(`${(100 * share).toFixed(1)} %, ${JSON.stringify(rules)}`);
  assert.ok(share >= 0.84 && share <= 0.94 && rules.model! > 380, `${share}, ${JSON.stringify(rules)}`);
});

test("of random walks the model is hardly used, and their intervals hold the next quarter in at least 80 of 100", (t) => {
  const { share, rules } = covered((random) => {
    let level = 1000;
    return Array.from({ length: known + ahead }, () => (level += 20 * random.normal()));
  });
  t.diagnostic(`${(100 * share).toFixed(1)} %, ${JSON.stringify(rules)}`);
  assert.ok(share >= 0.8 && rules.naive! > 320, `${share}, ${JSON.stringify(rules)}`);
});
