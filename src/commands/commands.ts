import { assign } from "./assign.js";
import { check } from "./check.js";
import { clean } from "./clean.js";
import type { Command } from "./command.js";
import { exportCommand } from "./export.js";
import { features } from "./features.js";
import { fit } from "./fit.js";
import { init } from "./init.js";
import { inspect } from "./inspect.js";
import { kernelInstall } from "./kernel-install.js";
import { lab } from "./lab.js";
import { report } from "./report.js";
import { run } from "./run.js";
import { verify } from "./verify.js";

/** Every command, in the order of the help page. */
export const commands: readonly Command[] = [
  check,
  features,
  fit,
  assign,
  exportCommand,
  verify,
  run,
  report,
  inspect,
  clean,
  init,
  kernelInstall,
  lab,
];

/** Names that are agreed but come with a later version: refused with a sentence, never half done. */
export const notBuiltYet: readonly string[] = ["refresh", "compare"];
