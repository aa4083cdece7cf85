import type { KernelMessage } from "./kernel-message.js";
import { isObject, type JsonObject } from "./notebook.js";
import { appendTerminalText } from "./terminal-text.js";

/** Turns the messages of one cell into the outputs that a notebook file holds. */
export interface CellOutputs {
  /** Takes a message of the kernel; true if it changed what the cell shows. */
  readonly receive: (message: KernelMessage) => boolean;
  readonly outputs: () => readonly JsonObject[];
}

/** Outputs that a later message may replace, by display id, across the cells of a notebook. */
export type Displays = Map<string, OutputInWork[]>;

/** An output that may still grow or be replaced. */
export type OutputInWork = Record<string, unknown>;

/** A cell that floods its notebook would make it unreadable for everybody. */
const outputLimitBytes: number = 20_000_000;

/** Collects the outputs of one cell; `displays` is shared by the cells of a notebook. */
export function createCellOutputs(displays: Displays, limitBytes: number = outputLimitBytes): CellOutputs {
  let outputs: OutputInWork[] = [];
  let isClearedByNext = false;
  let size = 0;

  function add(output: OutputInWork): boolean {
    if (isClearedByNext) outputs = [];
    isClearedByNext = false;
    const before = size;
    size += sizeOf(output);
    if (before > limitBytes) return false;
    if (size > limitBytes) return append(limitNotice(limitBytes));
    return append(output);
  }

  function append(output: OutputInWork): boolean {
    const last = outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text = appendTerminalText(String(last.text), String(output.text));
    } else if (output.output_type === "stream") {
      outputs.push({ ...output, text: appendTerminalText("", String(output.text)) });
    } else {
      outputs.push(output);
    }
    return true;
  }

  function receive({ header, content }: KernelMessage): boolean {
    switch (header.msg_type) {
      case "stream":
        return add({ output_type: "stream", name: content.name, text: content.text });
      case "error":
        return add({
          output_type: "error",
          ename: content.ename,
          evalue: content.evalue,
          traceback: content.traceback,
        });
      case "execute_result":
      case "display_data": {
        const output = displayOutput(header.msg_type, content);
        const displayId = displayIdOf(content);
        if (displayId !== undefined) displays.set(displayId, [...(displays.get(displayId) ?? []), output]);
        return add(output);
      }
      case "update_display_data":
        return updateDisplays(displays, content);
      case "clear_output":
        isClearedByNext = content.wait === true;
        if (!isClearedByNext) outputs = [];
        return true;
      default:
        return false;
    }
  }
  return { receive, outputs: () => outputs };
}

function displayOutput(type: string, content: JsonObject): OutputInWork {
  return {
    output_type: type,
    data: content.data,
    metadata: isObject(content.metadata) ? content.metadata : {},
    ...(type === "execute_result" ? { execution_count: content.execution_count } : {}),
  };
}

function displayIdOf(content: JsonObject): string | undefined {
  const id = isObject(content.transient) ? content.transient.display_id : undefined;
  return typeof id === "string" ? id : undefined;
}

function updateDisplays(displays: Displays, content: JsonObject): boolean {
  const shown = displays.get(displayIdOf(content) ?? "") ?? [];
  for (const output of shown) {
    output.data = content.data;
    output.metadata = isObject(content.metadata) ? content.metadata : {};
  }
  return shown.length > 0;
}

function limitNotice(limitBytes: number): OutputInWork {
  const text = `\n[segbook: this cell showed more than ${Math.round(limitBytes / 1e6)} MB; the rest is left out]\n`;
  return { output_type: "stream", name: "stderr", text };
}

function sizeOf(output: OutputInWork): number {
  return output.output_type === "stream" ? String(output.text).length : JSON.stringify(output).length;
}
