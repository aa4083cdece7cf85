import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { before, test } from "node:test";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { createRandom } from "#src/core/random.js";
import { refreshWorkbook } from "#src/workbook/refresh-workbook.js";
import { folderWith, segbook } from "../../commands/segbook.js";
import { assertNoneLeft } from "../runs/marked-processes.js";
import { madeDates, madeLines, madeWorkbook, ordersFile } from "./made-shop.js";
import { assertOpens, filesOf, unfinishedIn } from "./refresh-folder.js";

/** In all; SEGBOOK_KILLS asks for more. One in ten as many disks are full. */
const kills = Number(process.env.SEGBOOK_KILLS ?? 24);
const fullDisks = Math.ceil(kills / 10);
const [first, second] = madeDates;
const random = createRandom(9);
const mark = "SEGBOOK_INTERRUPTED";

/** What a refresh leaves on its way, in order: a kill may wait for one of them. */
const steps = [
  "history/states/.2025-09-30.part",
  "history/states/.2025-09-30.part/features.parquet",
  "history/states/.2025-09-30.part/definition.json",
  "history/states/.2025-09-30.part/assignments.parquet",
  "history/states/.2025-09-30.part/membership.parquet",
  "history/states/.2025-09-30.part/record.json",
  "history/states/2025-09-30",
] as const;

/** A workbook with a first state and nothing remembered, the same after its second date, and how long that took. */
interface Shop {
  readonly folder: string;
  readonly finished: ReadonlyMap<string, string>;
  /** Files of the states, by name. */
  readonly states: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly milliseconds: number;
}
let shop: Shop;

function refreshTo(folder: string, date: string) {
  return segbook(folder, ["refresh", "--as-of", date, "--quiet"]);
}

before(() => {
  const folder = folderWith({
    "segbook.yaml": madeWorkbook.replace("[1, 4]", "[3, 3]"),
    "orders.csv": ordersFile(madeLines(120)),
  });
  assert.equal(refreshTo(folder, first).exitCode, 0);
  rmSync(join(folder, ".segbook"), { recursive: true });
  const undisturbed = copyOf(folder);
  const started = performance.now();
  const { exitCode, errors } = refreshTo(undisturbed, second);
  const milliseconds = performance.now() - started;
  assert.equal(exitCode, 0, errors);
  assert.deepEqual(unfinishedIn(undisturbed), []);
  const filesAt = (date: string) => filesOf(join(undisturbed, "history/states", date));
  const states = new Map(madeDates.map((date) => [date, filesAt(date)]));
  shop = { folder, finished: filesOf(undisturbed), states, milliseconds };
});

function copyOf(folder: string): string {
  const copy = folderWith({});
  cpSync(folder, copy, { recursive: true });
  return copy;
}

function startRefresh(folder: string, name: string): ChildProcess {
  const words = [resolve("bin/segbook.js"), "refresh", "--as-of", second, "--quiet"];
  return spawn(process.execPath, words, {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, SEGBOOK_DATASETS: "", [mark]: name },
  });
}

/** Waits for a moment in the life of a refresh: any, or when it has come to a step. */
async function waitForMoment(folder: string, refresh: ChildProcess): Promise<string> {
  if (random.below(2) === 0) {
    const milliseconds = random.next() * shop.milliseconds;
    await pause(milliseconds);
    return `after ${milliseconds.toFixed(0)} ms`;
  }
  const step = steps[random.below(steps.length)]!;
  while (!existsSync(join(folder, step)) && refresh.exitCode === null) await nextTurn();
  // The next thing that it does is sometimes what is cut in two.
  await pause(random.below(2) * random.next() * 5);
  return `at ${step}`;
}

/** The same refresh once more: it completes, with the bytes of a run that nobody disturbed, and leaves nothing else. */
async function assertCompletes(folder: string): Promise<void> {
  const { word } = await refreshWorkbook(join(folder, "segbook.yaml"), { asOf: second, moreFolders: [] });
  assert.match(word, /^(published|already-done)$/);
  assert.deepEqual(filesOf(folder), shop.finished);
  assert.deepEqual(unfinishedIn(folder), []);
}

test(`a refresh that is killed at ${kills} random moments leaves the last good state, and the next run completes with the same bytes`, {
  skip: process.platform === "linux" ? false : "needs /proc",
}, async (context) => {
  const reached = new Map<string, number>();
  for (let kill = 0; kill < kills; kill++) {
    const folder = copyOf(shop.folder);
    const refresh = startRefresh(folder, `kill-${kill}`);
    const ended = once(refresh, "exit");
    const moment = await waitForMoment(folder, refresh);
    refresh.kill("SIGKILL");
    await ended;
    try {
      await assertNoneLeft(mark, `kill-${kill}`);
      const name = assertOpens(join(folder, "history"), shop.states);
      const left = unfinishedIn(folder).length > 0 ? ", something half-made beside it" : "";
      const seen = `${name}${left}`;
      reached.set(seen, (reached.get(seen) ?? 0) + 1);
      await assertCompletes(folder);
    } catch (error) {
      throw new Error(`kill ${kill}, ${moment}: ${(error as Error).message}`, { cause: error });
    }
    rmSync(folder, { recursive: true });
  }
  context.diagnostic([...reached].map(([seen, count]) => `${count} left ${seen}`).join("; "));
});

/** Fills a disk until only so many bytes are free. */
function leaveFree(disk: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "filler"), Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
}

test(`a disk that is full at ${fullDisks} random places stops a refresh with exit code 3, leaves the last good state, and the next run completes`, {
  skip: process.getuid?.() === 0 ? false : "a small file system can only be mounted as root",
}, async (context) => {
  const disk = mkdtempSync(join(tmpdir(), "segbook-disk-"));
  assert.equal(spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", disk]).status, 0);
  const ends = new Map<number | null, number>();
  try {
    for (let turn = 0; turn < fullDisks; turn++) {
      const folder = join(disk, "shop");
      cpSync(shop.folder, folder, { recursive: true });
      leaveFree(disk, random.below(turn % 2 === 0 ? 100_000 : 3_000_000));
      const { exitCode, errors } = refreshTo(folder, second);
      ends.set(exitCode, (ends.get(exitCode) ?? 0) + 1);
      if (exitCode !== 0) {
        assert.equal(exitCode, 3, errors);
        assert.match(errors, /disk is full/);
      }
      assertOpens(join(folder, "history"), shop.states);
      assert.deepEqual(unfinishedIn(join(folder, "history")), []);
      rmSync(join(disk, "filler"));
      await assertCompletes(folder);
      rmSync(folder, { recursive: true });
    }
  } finally {
    spawnSync("umount", [disk]);
    rmSync(disk, { recursive: true });
  }
  context.diagnostic([...ends].map(([code, count]) => `${count} ended with ${code}`).join("; "));
  assert.ok(ends.has(3), "one at least was full");
});

test("of two refreshes at once the second is refused, and told who is at work", async () => {
  const folder = copyOf(shop.folder);
  const refresh = startRefresh(folder, "first");
  const ended = once(refresh, "exit");
  while (!existsSync(join(folder, ".history.lock")) && refresh.exitCode === null) await nextTurn();
  refresh.kill("SIGSTOP");
  const { exitCode, errors } = refreshTo(folder, second);
  assert.equal(exitCode, 2, errors);
  assert.match(errors, new RegExp(`another refresh of it at work, process ${refresh.pid}`));
  refresh.kill("SIGCONT");
  assert.deepEqual(await ended, [0, null]);
  assert.deepEqual(filesOf(folder), shop.finished);
});

test("a refresh that is interrupted leaves no lock, and the state that it made again has the same bytes", async () => {
  const folder = copyOf(shop.folder);
  const refresh = startRefresh(folder, "interrupted");
  const ended = once(refresh, "exit");
  while (!existsSync(join(folder, steps[0])) && refresh.exitCode === null) await nextTurn();
  refresh.kill("SIGINT");
  const [code, signal] = await ended;
  assert.ok(code === 130 || signal === "SIGINT", `${code} ${signal}`);
  assert.equal(JSON.parse(readFileSync(join(folder, "history/current.json"), "utf8")).state, first);
  await assertCompletes(folder);
});
