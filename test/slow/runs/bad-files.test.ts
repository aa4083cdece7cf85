import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { installKernel } from "#src/kernel/install-kernel.js";
import { type MadeCell, madeDocument, writeMade } from "../../notebook/made-notebook.js";
import { assertTidy, printedBy, runBad, workbookFolder } from "./bad-notebook.js";
import { watchNode } from "./watched-run.js";

const cells: readonly MadeCell[] = ['console.log("before")', 'console.log("after")'];

/** A notebook as its author never meant to write it. */
interface BadFile {
  readonly title: string;
  readonly text: string;
  readonly says: RegExp;
}

const refused: readonly BadFile[] = [
  { title: "is not JSON", text: '{ "cells": [', says: /bad\.ipynb.*JSON|JSON.*bad\.ipynb/ },
  { title: "is other JSON", text: "[1, 2]", says: /must be a Jupyter notebook/ },
  {
    title: "has format 3",
    text: JSON.stringify({ nbformat: 3, nbformat_minor: 0, metadata: {}, worksheets: [{ cells: [] }] }),
    says: /format.* 4.* 3/,
  },
  {
    title: "has a function among its parameters",
    text: JSON.stringify(madeDocument([["const double = (x: number) => 2 * x;", "parameters"], ...cells])),
    says: /parameter.*double.*function/i,
  },
];

for (const { title, text, says } of refused)
  test(`a notebook that ${title} is refused before any cell runs`, async (context) => {
    const folder = workbookFolder(context);
    writeFileSync(join(folder, "bad.ipynb"), text);
    const run = await runBad(folder);
    assertTidy(run);
    assert.equal(run.exitCode, 2, run.errors);
    assert.match(run.errors, says);
    assert.deepEqual(readdirSync(folder).sort(), ["bad.ipynb", "shop"]);
  });

/** The document with other ids; undefined: none. */
function withIds(id: string | undefined): string {
  const document = madeDocument(cells);
  const changed = (document.cells as object[]).map((cell) => ({ ...cell, id }));
  return JSON.stringify({ ...document, nbformat_minor: id === undefined ? 4 : 5, cells: changed });
}

const accepted: readonly Omit<BadFile, "says">[] = [
  { title: "without cell ids", text: withIds(undefined) },
  { title: "with the same id twice", text: withIds("twice") },
  {
    title: "with Windows line ends",
    text: JSON.stringify(madeDocument(cells), null, 1).replaceAll("\n", "\r\n"),
  },
  {
    title: "with Windows line ends in its cells",
    text: JSON.stringify(
      madeDocument(['// one line\r\nconsole.log(`be\r\nfore`.replace("\\n", ""))', cells[1]!]),
    ),
  },
  { title: "with a byte order mark", text: `\uFEFF${JSON.stringify(madeDocument(cells))}` },
];

for (const { title, text } of accepted)
  test(`a notebook ${title} runs, and its copy has an id for every cell`, async (context) => {
    const folder = workbookFolder(context);
    writeFileSync(join(folder, "bad.ipynb"), text);
    const run = await runBad(folder);
    assertTidy(run);
    assert.equal(run.exitCode, 0, run.errors);
    const written = JSON.parse(readFileSync(join(folder, "out/notebooks/bad.ipynb"), "utf8"));
    assert.equal(new Set(written.cells.map(({ id }: { id: string }) => id)).size, 2);
    assert.deepEqual(
      [...run.cells.keys()].map((id) => printedBy(run, id)),
      ["before\n", "after\n"],
    );
    assert.equal(readFileSync(join(folder, "bad.ipynb"), "utf8"), text);
  });

test("a disk that is full in the middle of a save ends the run; what was saved before is whole", {
  skip: process.getuid?.() === 0 ? false : "a file system of 1 MB can only be mounted as root",
}, async (context) => {
  const folder = workbookFolder(context);
  const disk = join(folder, "disk");
  mkdirSync(disk);
  assert.equal(spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]).status, 0);
  try {
    const flood = 'for (let i = 0; i < 50_000; i++) console.log(i, "x".repeat(60))';
    writeMade(folder, "bad.ipynb", [cells[0]!, flood, cells[1]!]);
    const run = await runBad(folder, { output: "disk/out" });
    assertTidy(run);
    assert.equal(run.exitCode, 3, run.errors);
    assert.match(run.errors, /notebook bad .*cell 2.*disk is full/);
    assert.equal(printedBy(run, "c1"), "before\n");
    assert.deepEqual(readdirSync(disk), ["out-failed"]);
    assert.deepEqual(readdirSync(join(disk, "out-failed/notebooks")), ["bad.ipynb"]);
  } finally {
    // Before the hooks of the test: they remove the folder.
    spawnSync("umount", [disk]);
  }
});

test("a kernel whose port is taken says which and ends at once", async (context) => {
  const folder = workbookFolder(context);
  const server = createServer().listen(0, "127.0.0.1");
  context.after(() => server.close());
  await new Promise((ready) => server.once("listening", ready));
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : 0;
  const description = JSON.parse(
    readFileSync(join(installKernel({ prefix: folder }).kernel, "kernel.json"), "utf8"),
  );
  const connection = join(folder, "connection.json");
  writeFileSync(connection, JSON.stringify(connectionWith(taken)));
  const words = description.argv.map((word: string) => word.replace("{connection_file}", connection));
  const kernel = await watchNode(words.slice(1), { folder, limitSeconds: 20 }).ended;
  assert.deepEqual(kernel.leftBehind, []);
  assert.equal(kernel.exitCode, 3);
  assert.match(kernel.errors, new RegExp(`^kernel-main: .*${taken}`));
  assert.equal(kernel.errors.trim().split("\n").length, 1);
  assert.ok(existsSync(connection));
});

function connectionWith(port: number): Record<string, unknown> {
  const ports = { shell_port: port, iopub_port: 0, control_port: 0, stdin_port: 0, hb_port: 0 };
  return { ...ports, transport: "tcp", ip: "127.0.0.1", key: "secret", signature_scheme: "hmac-sha256" };
}
