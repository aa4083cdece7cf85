import { definitionPmml } from "./definition-pmml.js";
import { runInJpmml } from "./run-in-jpmml.js";
import { onlyText, type Target } from "./target.js";

/** A PMML document, run in JPMML. */
export const pmmlTarget: Target = {
  name: "pmml",
  to: "pmml",
  write: (definition) => new Map([["segments.pmml", definitionPmml(definition)]]),
  run: (files, task, { environment }) => runInJpmml(onlyText(files), task, environment),
};
