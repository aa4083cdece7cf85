import type { KernelMessage } from "../evaluator/kernel-message.js";
import type { JsonObject } from "../notebook/notebook.js";
import { displayIdOf, readDisplay, readOutput } from "../notebook/output-message.js";
import { createTerminalText, type TerminalText } from "../notebook/terminal-text.js";
import type { Mask } from "./mask-secrets.js";

/** Turns the messages of one cell into the outputs that a notebook file holds. */
export interface CellOutputs {
  readonly receive: (message: KernelMessage) => void;
  readonly outputs: () => readonly JsonObject[];
  /** Grows with every change, also one that came from another cell. */
  readonly version: () => number;
}

/** What replaces the displays of one id, by id, across the cells of a notebook. */
export type Displays = Map<string, ((content: JsonObject) => void)[]>;

/** Options of {@link createCellOutputs}. */
export interface CellOutputsOptions {
  /** Applied to every text that is kept; absent: nothing is hidden. */
  readonly mask?: Mask | undefined;
  /** Most that is kept of one cell; absent: 20 MB. */
  readonly limitBytes?: number;
}

/** A cell that floods its notebook would make it unreadable for everybody. */
const outputLimitBytes: number = 20_000_000;

interface StreamOutput {
  readonly kind: "stream";
  readonly name: string;
  readonly text: TerminalText;
}

interface WholeOutput {
  readonly kind: "whole";
  content: JsonObject;
  bytes: number;
}

/** Stands where the first output is missing. */
interface LimitNotice {
  readonly kind: "notice";
}

interface OutputsInWork {
  readonly displays: Displays;
  readonly mask: Mask;
  readonly limitBytes: number;
  outputs: (StreamOutput | WholeOutput | LimitNotice)[];
  isClearedByNext: boolean;
  isStreamCut: boolean;
  keptBytes: number;
  leftOutBytes: number;
  version: number;
}

const empty = { isClearedByNext: false, isStreamCut: false, keptBytes: 0, leftOutBytes: 0 };

/**
 * Collects the outputs of one cell as nbclient does; `displays` is shared by the cells of a notebook. What is beyond the limit is left
 * out, which a notice in the cell tells; what still fits after it is kept, as is every error.
 */
export function createCellOutputs(
  displays: Displays,
  { mask = (value) => value, limitBytes = outputLimitBytes }: CellOutputsOptions = {},
): CellOutputs {
  const work: OutputsInWork = { displays, mask, limitBytes, outputs: [], version: 0, ...empty };
  return {
    receive: (message) => receive(work, message),
    outputs: () => work.outputs.map((output) => contentOf(output, work)),
    version: () => work.version,
  };
}

function receive(work: OutputsInWork, { header: { msg_type: type }, content }: KernelMessage): void {
  work.version++;
  if (type === "clear_output") {
    if (content.wait === true) work.isClearedByNext = true;
    else clear(work);
  }
  if (["display_data", "execute_result", "update_display_data"].includes(type)) {
    for (const replace of work.displays.get(displayIdOf(content) ?? "") ?? []) replace(content);
  }
  if (!["stream", "error", "display_data", "execute_result"].includes(type)) return;
  if (work.isClearedByNext) clear(work);
  if (type === "stream") addStream(work, content);
  else addWhole(work, type, content);
}

function clear(work: OutputsInWork): void {
  Object.assign(work, { outputs: [], ...empty });
}

function addStream(work: OutputsInWork, { name, text }: JsonObject): void {
  const added = String(text);
  const bytes = Buffer.byteLength(added);
  // A text with a hole would mislead more than one that ends.
  if (work.isStreamCut) work.leftOutBytes += bytes;
  else work.isStreamCut = !takeRoom(work, bytes);
  if (work.isStreamCut) return;
  const last = work.outputs.at(-1);
  if (last?.kind === "stream" && last.name === name) {
    last.text.add(added);
  } else {
    const grown = createTerminalText();
    grown.add(added);
    work.outputs.push({ kind: "stream", name: String(name), text: grown });
  }
}

function addWhole(work: OutputsInWork, type: string, content: JsonObject): void {
  const kept = work.mask(readOutput(type, content));
  const output: WholeOutput = { kind: "whole", content: kept, bytes: sizeOf(kept) };
  if (type !== "error" && !takeRoom(work, output.bytes)) return;
  work.outputs.push(output);
  const displayId = displayIdOf(content);
  if (displayId === undefined) return;
  const replace = (update: JsonObject): void => replaceOutput(work, output, update);
  const others = work.displays.get(displayId);
  if (others === undefined) work.displays.set(displayId, [replace]);
  else others.push(replace);
}

function replaceOutput(work: OutputsInWork, output: WholeOutput, update: JsonObject): void {
  // The cell may have been cleared since.
  if (!work.outputs.includes(output)) return;
  work.version++;
  const changed = { ...output.content, ...work.mask(readDisplay(update)) };
  work.keptBytes -= output.bytes;
  output.bytes = sizeOf(changed);
  if (takeRoom(work, output.bytes)) output.content = changed;
  else work.outputs = work.outputs.filter((other) => other !== output);
}

function takeRoom(work: OutputsInWork, bytes: number): boolean {
  const isRoom = work.keptBytes + bytes <= work.limitBytes;
  if (!isRoom && work.leftOutBytes === 0) work.outputs.push({ kind: "notice" });
  if (isRoom) work.keptBytes += bytes;
  else work.leftOutBytes += bytes;
  return isRoom;
}

function contentOf(output: OutputsInWork["outputs"][number], work: OutputsInWork): JsonObject {
  if (output.kind === "whole") return output.content;
  const isNotice = output.kind === "notice";
  const text = isNotice ? limitNotice(work) : work.mask(output.text.text());
  return { output_type: "stream", name: isNotice ? "stderr" : output.name, text };
}

function limitNotice({ limitBytes, leftOutBytes }: OutputsInWork): string {
  const [limit, leftOut] = [limitBytes, leftOutBytes].map((bytes) => (bytes / 1e6).toFixed(1));
  return `[segbook: this cell shows more than ${limit} MB; ${leftOut} MB are left out]\n`;
}

function sizeOf({ data, ...rest }: JsonObject): number {
  const values = Object.values({ ...(data as JsonObject | undefined), ...rest });
  const texts = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), 0);
}
