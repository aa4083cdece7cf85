import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "./free-port.js";

/** Why a test is skipped where there is no Spark. */
export const withoutSpark =
  "no Spark: python3 -m venv ~/.cache/segbook/spark && ~/.cache/segbook/spark/bin/pip install pyspark==4.3.0";

/** A master, workers and a Thrift server on loopback. */
export interface SparkCluster {
  /** Of the Thrift server. */
  readonly port: number;
  /** Of the Thrift server's pages about its queries. */
  readonly pagesPort: number;
  /** Kills a worker and its executor at once, as a crashed machine would. */
  killWorker(index: number): void;
  /** Starts a worker again in the place of a killed one and waits for its executor. */
  restartWorker(index: number): Promise<void>;
  /** Kills the Thrift server. */
  killServer(): void;
  /** How many executors there are, and how many tasks each has done. */
  executorTasks(): Promise<readonly number[]>;
  stop(): Promise<void>;
}

/** Folder of Spark: that of SEGBOOK_SPARK, else of pyspark in the cache; undefined where there is none. */
export function findSpark(): string | undefined {
  const cache = join(homedir(), ".cache", "segbook", "spark", "lib");
  const versions = ["python3.11", "python3.12", "python3.13", "python3.10", "python3.9"];
  const places = [
    process.env.SEGBOOK_SPARK ?? "",
    ...versions.map((version) => join(cache, version, "site-packages", "pyspark")),
  ];
  return places.find((place) => place !== "" && existsSync(join(place, "bin", "spark-class")));
}

/** Starts a cluster of the unmodified published Spark. Takes some 20 to 40 s on two cores. */
export async function startSpark(options: { readonly workers?: number } = {}): Promise<SparkCluster> {
  const { workers = 2 } = options;
  const home = findSpark();
  if (home === undefined) throw new Error(withoutSpark);
  const [masterPort, port, pagesPort] = (await freePorts(3)) as [number, number, number];
  const folder = join(tmpdir(), `segbook-spark-${process.pid}-${port}`);
  mkdirSync(folder, { recursive: true });
  const start = (name: string, program: string, args: readonly string[]) =>
    startProcess(join(home, "bin", program), args, { home, folder, name });
  const masterUrl = `spark://127.0.0.1:${masterPort}`;
  const startWorker = (index: number) =>
    start(`worker-${index}`, "spark-class", [
      ...["org.apache.spark.deploy.worker.Worker", masterUrl, "--host", "127.0.0.1", "--cores", "1"],
      ...["--memory", "2g", "--webui-port", "0", "--work-dir", join(folder, `work-${index}`)],
    ]);
  const master = start("master", "spark-class", [
    ...["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", String(masterPort)],
    ...["--webui-port", "0"],
  ]);
  const hands = Array.from({ length: workers }, (_, index) => startWorker(index));
  const server = start("server", "spark-submit", serverArguments(masterUrl, folder, { port, pagesPort }));
  const executorTasks = () => readTasks(pagesPort);
  const stop = async () => {
    for (const child of [server, ...hands, master]) await stopProcess(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitForLog(folder, "server", /HiveThriftServer2 started/);
    await waitForExecutors(executorTasks, workers);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    pagesPort,
    killWorker: (index) => killFamily(hands[index]!.pid!),
    restartWorker: async (index) => {
      hands[index] = startWorker(index);
      await waitForExecutors(executorTasks, workers);
    },
    killServer: () => process.kill(server.pid!, "SIGKILL"),
    executorTasks,
    stop,
  };
}

function serverArguments(
  master: string,
  folder: string,
  ports: { readonly port: number; readonly pagesPort: number },
): string[] {
  const settings = {
    "spark.executor.memory": "1g",
    "spark.executor.cores": "1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.port": String(ports.pagesPort),
    "spark.sql.ansi.enabled": "true",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.warehouse.dir": join(folder, "warehouse"),
    "spark.driver.extraJavaOptions": `-Dderby.system.home=${folder}`,
  };
  return [
    ...["--master", master, "--driver-memory", "1g"],
    ...Object.entries(settings).flatMap(([name, value]) => ["--conf", `${name}=${value}`]),
    ...["--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2", "spark-internal"],
    ...["--hiveconf", `hive.server2.thrift.port=${ports.port}`],
    ...["--hiveconf", "hive.server2.thrift.bind.host=127.0.0.1"],
  ];
}

function startProcess(
  file: string,
  args: readonly string[],
  { home, folder, name }: { readonly home: string; readonly folder: string; readonly name: string },
): ChildProcess {
  const log = openSync(join(folder, `${name}.log`), "a");
  const env = {
    ...process.env,
    SPARK_HOME: home,
    SPARK_LOCAL_IP: "127.0.0.1",
    SPARK_LOCAL_DIRS: folder,
    SPARK_DAEMON_MEMORY: "512m",
    SPARK_MASTER_OPTS: "-Dspark.master.rest.enabled=false",
  };
  // The scripts replace themselves by Java, so that the process started here is the server.
  const child = spawn("bash", [file, ...args], { cwd: folder, env, stdio: ["ignore", log, log] });
  closeSync(log);
  return child;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => killFamily(child.pid!), 10_000);
  await exit;
  clearTimeout(late);
}

/** A process and what it started. */
function killFamily(pid: number): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  for (const own of [pid, ...children.map(Number)]) process.kill(own, "SIGKILL");
}

async function waitForLog(folder: string, name: string, pattern: RegExp): Promise<void> {
  for (let tenth = 0; tenth < 6000; tenth++) {
    if (pattern.test(readFileSync(join(folder, `${name}.log`), "utf8"))) return;
    await sleep(100);
  }
  throw new Error(
    `startSpark: ${name} did not start: ${readFileSync(join(folder, `${name}.log`), "utf8").slice(-2000)}`,
  );
}

async function waitForExecutors(tasks: () => Promise<readonly number[]>, workers: number): Promise<void> {
  for (let tenth = 0; tenth < 6000; tenth++) {
    if ((await tasks().catch(() => [])).length >= workers) return;
    await sleep(100);
  }
  throw new Error(`startSpark: ${workers} executors must come up, got ${(await tasks()).length}`);
}

async function readTasks(port: number): Promise<readonly number[]> {
  const base = `http://127.0.0.1:${port}/api/v1/applications`;
  const [application] = (await (await fetch(base)).json()) as readonly { readonly id: string }[];
  const executors = (await (await fetch(`${base}/${application!.id}/executors`)).json()) as readonly {
    readonly id: string;
    readonly isActive: boolean;
    readonly totalTasks: number;
  }[];
  return executors
    .filter(({ id, isActive }) => id !== "driver" && isActive)
    .map(({ totalTasks }) => totalTasks);
}
