import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { makeMeetingPlace, removeMeetingPlace } from "#src/runner/meeting-place.js";

/** A temporary folder of the test's own: other kernels of this machine start and end meanwhile. */
function ownTemporaryFolder(
  context: { after: (end: () => void) => void },
  parent: string = tmpdir(),
): string {
  const folder = mkdtempSync(join(parent, "segbook-test-"));
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  context.after(() => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

test("a place carries our number, only we may read its key, and nothing is left of it", async (context) => {
  const folder = ownTemporaryFolder(context);
  const { path, connection } = await makeMeetingPlace();
  assert.match(dirname(path), new RegExp(`segbook-kernel-${process.pid}-`));
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(connection.key.length, 64);
  removeMeetingPlace(path);
  assert.deepEqual(readdirSync(folder), []);
});

test("places that dead processes left are removed once they are old, and no others", async (context) => {
  const folder = ownTemporaryFolder(context);
  const [dead, fresh, alive, other] = [
    "segbook-kernel-999999999-a",
    "segbook-kernel-999999999-b",
    `segbook-kernel-${process.ppid}-c`,
    "segbook-kernel-notes",
  ].map((name) => join(folder, name)) as [string, string, string, string];
  for (const place of [dead, fresh, alive, other]) mkdirSync(place);
  for (const place of [dead, alive, other]) utimesSync(place, 1000, 1000);
  removeMeetingPlace((await makeMeetingPlace()).path);
  assert.deepEqual([dead, fresh, alive, other].map(existsSync), [false, true, true, true]);
});

test("where the temporary folder's name is too long for a socket, kernel and client meet at ports", async (context) => {
  const parent = ownTemporaryFolder(context);
  const long = join(parent, "x".repeat(80));
  mkdirSync(long);
  ownTemporaryFolder(context, long);
  const { path, connection } = await makeMeetingPlace();
  assert.deepEqual([connection.transport, connection.ip], ["tcp", "127.0.0.1"]);
  const ports = [connection.shell_port, connection.iopub_port, connection.control_port];
  assert.ok(ports.every((port) => port > 1023) && new Set(ports).size === 3);
  removeMeetingPlace(path);
});
