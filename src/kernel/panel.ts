import { InputError } from "../core/errors.js";
import { isObject, type Notebook, type NotebookCell } from "../notebook/notebook.js";
import { injectValues } from "../parameters/parameter-cell.js";
import { secretsIn } from "../parameters/parameter-secrets.js";
import { readText } from "../parameters/parameter-text.js";
import type { ParameterValue } from "../parameters/parameter-type.js";
import { findParameterProblems } from "../parameters/parameter-values.js";
import { readParameters } from "../parameters/parameters.js";
import { findLastRun } from "./last-run.js";
import { panelFields } from "./panel-fields.js";
import type { CheckAnswer, PanelAnswer, PanelRequest, ParametersAnswer } from "./panel-messages.js";

/** What messages call the notebook: the panel shows one at a time. */
const place = "this notebook";

/**
 * Answers the Segments panel of JupyterLab. Reads files, changes none.
 *
 * @param request - What the front end sent, unchecked.
 * @param folder - The kernel's folder, absolute.
 * @returns A fault instead of throwing: whatever happens here, the kernel lives on.
 */
export function answerPanel(request: unknown, folder: string): PanelAnswer {
  try {
    return answer(checkRequest(request), folder);
  } catch (error) {
    return { kind: "fault", message: error instanceof Error ? error.message : String(error) };
  }
}

function answer(request: PanelRequest, folder: string): PanelAnswer {
  if (request.kind === "parameters") return readFields(request);
  if (request.kind === "check") return checkValues(request);
  return { kind: "lastRun", run: findLastRun(folder) };
}

function readFields({ source, injected }: PanelRequest & { readonly kind: "parameters" }): ParametersAnswer {
  const declared = readParameters(notebookOf(source), place);
  return { kind: "parameters", fields: panelFields(declared, presentValues(injected)) };
}

/** Values of an earlier injection; a cell that somebody has rewritten by hand says nothing. */
function presentValues(injected: string): ReadonlyMap<string, ParameterValue> {
  try {
    const present = readParameters(notebookOf(injected), place);
    return new Map(present.map(({ name, defaultValue }) => [name, defaultValue]));
  } catch (error) {
    if (error instanceof InputError) return new Map();
    throw error;
  }
}

function checkValues({ source, values }: PanelRequest & { readonly kind: "check" }): CheckAnswer {
  const notebook = notebookOf(source);
  const declared = readParameters(notebook, place);
  const texts = new Map(values);
  const chosen = new Map<string, ParameterValue>();
  const faults: [string, string][] = [];
  const secrets = secretsIn(process.env, declared);
  for (const parameter of declared) {
    const { name, type } = parameter;
    const text = texts.get(name);
    const given = new Map(text === undefined ? [] : [[name, readText(text, type)]]);
    const [problem] = findParameterProblems(given, [{ file: place, declared: [parameter] }], secrets);
    if (problem !== undefined) faults.push([name, faultOf(problem, name)]);
    else if (text !== undefined) chosen.set(name, given.get(name) as ParameterValue);
  }
  if (faults.length > 0) return { kind: "check", injected: "", faults };
  const { cells } = injectValues(notebook, declared, { values: chosen, secrets });
  return { kind: "check", injected: cells[1]?.source ?? "", faults };
}

/** The field's name stands above the sentence, and there is one notebook only. */
function faultOf(message: string, name: string): string {
  return message.replace(`parameter ${name} `, "");
}

function notebookOf(source: string): Notebook {
  const cell: NotebookCell = {
    cell_type: "code",
    id: "parameters",
    metadata: { tags: ["parameters"] },
    source,
  };
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
}

function checkRequest(request: unknown): PanelRequest {
  const { kind, source, injected, values } = isObject(request) ? request : {};
  const isText = typeof source === "string";
  if (kind === "parameters" && isText) return { kind, source, injected: String(injected ?? "") };
  if (kind === "lastRun") return { kind };
  if (kind === "check" && isText && Array.isArray(values)) {
    const pairs = values.filter(Array.isArray).map(([name, text]) => [String(name), String(text)] as const);
    return { kind, source, values: pairs };
  }
  throw new InputError("panel: request must be parameters, check or lastRun, got something else");
}
