import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

export const trinoVersion = "435";
const plugins: readonly string[] = ["memory", "hive"];

/** Why Trino cannot be put together here; false where it can, or already was. */
export function whyNoTrino(): string | false {
  if (existsSync(trinoFolder())) return false;
  const missing = ["java", "javac", "mvn"].filter((program) => !isInstalled(program));
  if (missing.length === 0) return false;
  return `${missing.join(", ")} not installed, which Trino needs (apt-get install openjdk-17-jdk-headless maven)`;
}

/** Folder that SEGBOOK_TRINO names, else one in the system's cache: kept from run to run, some 300 MB. */
function trinoFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(process.env.SEGBOOK_TRINO || join(cache, "segbook-trino"), trinoVersion);
}

/**
 * Puts a Trino server together from its published modules, unless that was done before, and returns its folder: `lib`, `plugin`
 * and `classes`. Takes about two minutes the first time.
 *
 * The engine, its planner, connectors and protocol are the published code. Two small classes of ours stand for what is not in every
 * Maven mirror: the start class, and the local file system of the hive catalog.
 */
export function fetchTrino(): string {
  const folder = trinoFolder();
  if (existsSync(folder)) return folder;
  mkdirSync(resolve(folder, ".."), { recursive: true });
  const made = mkdtempSync(`${folder}-`);
  try {
    writeFileSync(join(made, "pom.xml"), projectFile);
    runMaven(
      made,
      "dependency:copy-dependencies",
      "-DincludeScope=runtime",
      `-DoutputDirectory=${join(made, "lib")}`,
    );
    for (const plugin of plugins) {
      const artifact = `-Dartifact=io.trino:trino-${plugin}:${trinoVersion}:zip`;
      runMaven(made, "dependency:unpack", artifact, `-DoutputDirectory=${join(made, "plugin")}`);
      renameSync(join(made, "plugin", `trino-${plugin}-${trinoVersion}`), join(made, "plugin", plugin));
    }
    compileOurs(made);
    renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}

const projectFile = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>trino</artifactId><version>1</version><packaging>pom</packaging>
  <dependencyManagement><dependencies><dependency>
    <groupId>io.trino</groupId><artifactId>trino-root</artifactId><version>${trinoVersion}</version>
    <type>pom</type><scope>import</scope>
  </dependency></dependencies></dependencyManagement>
  <dependencies><dependency>
    <groupId>io.trino</groupId><artifactId>trino-main</artifactId><version>${trinoVersion}</version>
  </dependency></dependencies>
</project>
`;

/** Beside the project file, or Maven would leave a folder named after a variable. */
function runMaven(folder: string, ...words: string[]): void {
  execFileSync("mvn", ["-B", "-q", "-ntp", "-f", "pom.xml", ...words], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function compileOurs(folder: string): void {
  const sources = resolve("test/engines/trino");
  const hive = join(folder, "plugin/hive");
  const compile = (name: string, to: string, path: string): void => {
    mkdirSync(to, { recursive: true });
    execFileSync("javac", ["-nowarn", "-cp", path, "-d", to, join(sources, `${name}.java`)], {
      stdio: "inherit",
    });
  };
  compile("TrinoServer", join(folder, "classes"), join(folder, "lib/*"));
  const classes = join(folder, "hdfs");
  compile("HdfsFileSystemManager", classes, `${join(folder, "lib/*")}:${join(hive, "*")}`);
  mkdirSync(join(hive, "hdfs"), { recursive: true });
  execFileSync("jar", ["cf", join(hive, "hdfs/local.jar"), "-C", classes, "."]);
  // Its class loader does not share that package with the plugin.
  const fileSystem = `trino-filesystem-${trinoVersion}.jar`;
  copyFileSync(join(hive, fileSystem), join(hive, "hdfs", fileSystem));
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, [program === "mvn" ? "-v" : "-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
