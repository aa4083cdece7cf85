import { isCompleteCode } from "tslab/dist/converter.js";
import { printQuickInfo } from "tslab/dist/inspect.js";
import type { CodeExecutor } from "./kernel-executor.js";
import { loadTypeScript } from "./load-typescript.js";

type Content = Readonly<Record<string, unknown>>;

/** The content of a `kernel_info_reply`. */
function describeKernel(): Content {
  return {
    status: "ok",
    protocol_version: "5.4",
    implementation: "segbook",
    implementation_version: "1.0",
    language_info: {
      name: "typescript",
      version: loadTypeScript().version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
    banner: "TypeScript (segbook)",
    help_links: [],
  };
}

/** Answers what a front end asks about code without running it; undefined for a request that is not known. */
export function answerRequest(type: string, content: Content, executor: CodeExecutor): Content | undefined {
  const code = String(content.code ?? "");
  const position = Number(content.cursor_pos ?? code.length);
  switch (type) {
    case "kernel_info_request":
      return describeKernel();
    case "is_complete_request": {
      const { completed, indent } = isCompleteCode(code);
      return completed ? { status: "complete" } : { status: "incomplete", indent: indent ?? "" };
    }
    case "complete_request": {
      const { candidates, start, end } = executor.complete(code, position);
      return { status: "ok", matches: candidates, cursor_start: start, cursor_end: end, metadata: {} };
    }
    case "inspect_request": {
      const info = executor.inspect(code, position);
      if (!info) return { status: "ok", found: false, data: {}, metadata: {} };
      return { status: "ok", found: true, data: { "text/plain": printQuickInfo(info) }, metadata: {} };
    }
    case "comm_info_request":
      return { status: "ok", comms: {} };
    case "history_request":
      return { status: "ok", history: [] };
    default:
      return undefined;
  }
}
