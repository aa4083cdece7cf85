import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openTrino } from "#src/engine/trino.js";
import { fetchTrino, trinoVersion, whyNoTrino } from "./fetch-trino.js";
import { freePorts } from "./free-port.js";

/** A Trino cluster on loopback with the catalogs `memory` and `hive` (Parquet files of a local folder). */
export interface RunningTrino {
  readonly url: string;
  /** Folder of the hive catalog, made empty: `FOLDER/orders` is `external_location = 'local:///orders'` in SQL. */
  readonly files: string;
  readonly workers: readonly TrinoWorker[];
  /** Stops the cluster and removes all that it wrote; safe to call twice. */
  stop(): Promise<void>;
}

/** A node that works but does not coordinate. */
export interface TrinoWorker {
  readonly pid: number;
  /** Ends it at once, as a machine that loses power. */
  kill(): void;
}

/** A Trino cluster for the tests of one file. */
export interface TestTrino {
  /** What a skipped test says; false where Trino can be started. */
  readonly skip: string | false;
  /** Known once the tests run. */
  server(): RunningTrino;
}

/** Starts a coordinator and two workers before the tests of a file; in CI it is a failure if that cannot be, never a skip. */
export function useTrino(workers = 2): TestTrino {
  const skip = whyNoTrino();
  if (skip !== false && process.env.CI === "true") throw new Error(skip);
  let server: RunningTrino | undefined;
  if (skip === false) {
    before(async () => {
      server = await startTrino(workers);
    });
    after(() => server?.stop());
  }
  return { skip, server: () => server! };
}

/** Starts a coordinator and some workers; without any the coordinator works too. Ready when all nodes take work. */
export async function startTrino(workers = 2): Promise<RunningTrino> {
  const home = fetchTrino();
  const folder = mkdtempSync(join(tmpdir(), "segbook-trino-"));
  const files = join(folder, "files");
  mkdirSync(join(files, "warehouse"), { recursive: true });
  const ports = await freePorts(1 + workers);
  const url = `http://127.0.0.1:${ports[0]}`;
  const nodes = ports.map((port, i) =>
    startNode(home, {
      folder: join(folder, `node-${i}`),
      files,
      port,
      url,
      isCoordinator: i === 0,
      works: i > 0 || workers === 0,
    }),
  );
  const killAll = (): void => {
    for (const node of nodes) node.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", killAll);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map(stopNode));
    process.removeListener("exit", killAll);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, nodes, folder);
  } catch (error) {
    await stop();
    throw error;
  }
  const pids = nodes.slice(1).map((node) => ({ pid: node.pid!, kill: () => void node.kill("SIGKILL") }));
  return { url, files, workers: pids, stop };
}

interface NodeSettings {
  readonly folder: string;
  readonly files: string;
  readonly port: number;
  /** Of the coordinator. */
  readonly url: string;
  readonly isCoordinator: boolean;
  readonly works: boolean;
}

function startNode(home: string, settings: NodeSettings): ChildProcess {
  const { folder } = settings;
  const heapMegabytes = settings.works ? 2048 : 1024;
  mkdirSync(join(folder, "catalog"), { recursive: true });
  mkdirSync(join(folder, "tmp"));
  writeSettings(home, settings, heapMegabytes);
  // A cluster that lives for a minute spends most of it compiling unless it is kept from trying hard.
  const options = ["-server", `-Xmx${heapMegabytes}M`, "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"].concat([
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
  ]);
  const properties = [
    "jdk.attach.allowAttachSelf=true",
    "jdk.nio.maxCachedBufferSize=2000000",
    "file.encoding=UTF-8",
  ];
  const all = [
    ...properties,
    `java.io.tmpdir=${join(folder, "tmp")}`,
    `config=${join(folder, "config.properties")}`,
  ];
  const path = `${join(home, "classes")}:${join(home, "lib/*")}`;
  const log = openSync(join(folder, "server.log"), "w");
  return spawn(
    "java",
    [...options, ...all.map((text) => `-D${text}`), "-cp", path, "TrinoServer", trinoVersion],
    {
      cwd: folder,
      stdio: ["ignore", log, log],
    },
  );
}

/** Times after which a silent node counts as lost are Trino's own: five minutes, so that our client has to notice by itself. */
function writeSettings(home: string, settings: NodeSettings, heapMegabytes: number): void {
  const { folder, files, port, url, isCoordinator, works } = settings;
  const write = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  write("config.properties", [
    `coordinator=${isCoordinator}`,
    ...(isCoordinator ? [`node-scheduler.include-coordinator=${works}`] : []),
    `http-server.http.port=${port}`,
    `discovery.uri=${url}`,
    "node.environment=segbook",
    `node.id=node-${port}`,
    "node.internal-address=127.0.0.1",
    "node.bind-ip=127.0.0.1",
    `catalog.config-dir=${join(folder, "catalog")}`,
    `plugin.dir=${join(home, "plugin")}`,
    "query.max-memory=4GB",
    `query.max-memory-per-node=${Math.floor(heapMegabytes * 0.55)}MB`,
    `memory.heap-headroom-per-node=${Math.floor(heapMegabytes * 0.2)}MB`,
  ]);
  write("catalog/memory.properties", ["connector.name=memory", "memory.max-data-per-node=512MB"]);
  write("catalog/hive.properties", [
    "connector.name=hive",
    "hive.metastore=file",
    "hive.metastore.catalog.dir=local:///warehouse",
    "hive.storage-format=PARQUET",
    "hive.timestamp-precision=MICROSECONDS",
    "hive.non-managed-table-writes-enabled=true",
    // Else the file metastore refuses to drop tables.
    "hive.security=allow-all",
    `local.location=${files}`,
  ]);
}

const startSeconds = 480;

/** SQL sent before the server has started fails and slows the start, so its information page is asked first. */
async function untilReady(url: string, nodes: readonly ChildProcess[], folder: string): Promise<void> {
  for (let turn = 0; turn < 2 * startSeconds; turn++) {
    const ended = nodes.findIndex((node) => node.exitCode !== null || node.signalCode !== null);
    if (ended >= 0)
      throw new Error(`Trino's node ${ended} ended while starting:\n${lastLines(folder, ended)}`);
    const info = await fetch(`${url}/v1/info`).then(
      (answer) => answer.json() as Promise<{ readonly starting?: boolean }>,
      () => undefined,
    );
    if (info?.starting === false && (await countNodes(url)) === nodes.length) return;
    await pause(500);
  }
  throw new Error(`Trino was not ready after ${startSeconds} s:\n${lastLines(folder, 0)}`);
}

async function countNodes(url: string): Promise<number> {
  const engine = openTrino({ url });
  try {
    // Counted here: an aggregate would be done by a worker.
    return (await engine.rows("SELECT node_id FROM system.runtime.nodes WHERE state = 'active'")).length;
  } catch {
    return 0;
  } finally {
    engine.close();
  }
}

function lastLines(folder: string, node: number): string {
  return readFileSync(join(folder, `node-${node}`, "server.log"), "utf8")
    .split("\n")
    .slice(-20)
    .join("\n");
}

async function stopNode(node: ChildProcess): Promise<void> {
  if (node.exitCode !== null || node.signalCode !== null) return;
  const ended = new Promise((resolve) => node.once("exit", resolve));
  node.kill("SIGTERM");
  const patience = setTimeout(() => node.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(patience);
}
