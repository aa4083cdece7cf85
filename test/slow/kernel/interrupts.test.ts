import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "#src/core/random.js";
import { kinds, resultText, startFrontEnd, until } from "../../kernel/front-end.js";

const moments = 200;
const answeredWithin = 10_000;

/** What a cell may be doing when it is interrupted; some end by themselves, some leave timers behind. */
const work: readonly string[] = [
  "while (true) {}",
  "while (true) await null",
  "await new Promise((r) => setTimeout(r, 3)); while (true) {}",
  "await new Promise(() => {})",
  'while (true) console.log("x")',
  "for (let i = 0; i < 50; i++) await new Promise((r) => setTimeout(r, 1))",
  "1 + 1",
  'import { display } from "tslab"; while (true) { display.html("x".repeat(1000)); await null }',
  "process.nextTick(function again() { process.nextTick(again) }); await new Promise(() => {})",
  'while (true) await require("fs/promises").stat(".")',
  'setInterval(() => { for (let i = 0; i < 1e5; i++); }, 1).unref(); throw new Error("x")',
  'while (true) { try { JSON.parse("{".repeat(1000)) } catch {} }',
];

test(`a kernel answers, and keeps its variables, through ${moments} interrupts at random moments`, async (context) => {
  const frontEnd = await startFrontEnd();
  context.after(() => frontEnd.close());
  const random = createRandom(7);
  await frontEnd.execute("const kept = 6");
  for (let moment = 0; moment < moments; moment++) {
    const code = work[random.below(work.length)]!;
    const milliseconds = random.below(random.below(3) === 0 ? 10 : 200);
    const place = `moment ${moment}: ${code} after ${milliseconds} ms`;
    const cell = frontEnd.send("execute_request", { code, stop_on_error: false });
    // An interrupt that overtakes its cell on the other channel finds nothing to interrupt.
    await until(() => kinds(cell).includes("execute_input"));
    await pause(milliseconds);
    frontEnd.send("interrupt_request", {}, "control");
    await until(() => cell.reply !== undefined, answeredWithin).catch(() => assert.fail(place));
    assert.notEqual(cell.reply?.content.ename, "KernelDied", place);
    const next = await frontEnd.execute("kept");
    assert.equal(resultText(next), "6", `${place}: ${JSON.stringify(next.reply?.content)}`);
  }
});
