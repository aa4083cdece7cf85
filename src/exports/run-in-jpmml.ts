import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../engine/connection-password.js";
import { jpmmlProgram } from "./jpmml-program.js";
import { nameModels } from "./pmml-names.js";
import { inNewFolder, runProgram } from "./run-program.js";
import { writeTabTable } from "./tab-table.js";
import type { NotRun, TargetRun, TargetTask } from "./target-task.js";

const toRun =
  "Name in SEGBOOK_JPMML a folder with the jars of org.jpmml:pmml-evaluator-metro, such as the one inside the Python package jpmml_evaluator; Java 11 or later must be there";

/** Loads a PMML document with JPMML, which checks the rows embedded in it, and places the rows of a task. */
export async function runInJpmml(
  pmml: string,
  task: TargetTask,
  environment: Environment,
): Promise<TargetRun | NotRun> {
  const { SEGBOOK_JPMML: jars, JAVA_HOME: home } = environment;
  if (!jars) return { notRun: "no JPMML was named", toRun };
  if (!existsSync(jars)) return { notRun: `SEGBOOK_JPMML names ${jars}, which is not there`, toRun };
  const classPath = statSync(jars).isDirectory() ? join(jars, "*") : jars;
  return inNewFolder(async (folder) => {
    const file = (name: string): string => join(folder, name);
    writeFileSync(file("PlaceRows.java"), jpmmlProgram);
    writeFileSync(file("segments.pmml"), pmml);
    await writeTabTable(file("rows.tsv"), task);
    const answer = nameModels(task.definition).at(-1)!.names.segment;
    const files = ["PlaceRows.java", "segments.pmml", "rows.tsv", "segments.txt"].map(file);
    const words = ["-Dfile.encoding=UTF-8", "--class-path", classPath, ...files, answer];
    const java = home ? join(home, "bin", "java") : "java";
    const result = await runProgram(java, words, { environment, folder });
    if (result === null) return { notRun: "there is no Java", toRun };
    if (result.exitCode !== 0) throw new Error(`JPMML ended with ${faultIn(result.errors)}`);
    const segments = readFileSync(file("segments.txt"), "utf8").split("\n").slice(0, -1);
    const engineVersion = `JPMML ${result.output.trim().replace(/\.jar$/, "")}`;
    return { rowNumbers: segments.map((_, row) => row), segments, engineVersion };
  });
}

/** The line in which Java names the exception. */
function faultIn(errors: string): string {
  const lines = errors.split("\n");
  return lines.find((line) => /exception|error/i.test(line))?.trim() ?? lines[0]!.trim();
}
