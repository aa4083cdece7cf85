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
    case "is_complete_request":
      return { ...executor.isComplete(code) };
    case "complete_request": {
      const { matches, start, end } = executor.complete(code, position);
      return { status: "ok", matches, cursor_start: start, cursor_end: end, metadata: {} };
    }
    case "inspect_request": {
      const text = executor.inspect(code, position);
      return {
        status: "ok",
        found: text !== undefined,
        data: text === undefined ? {} : { "text/plain": text },
        metadata: {},
      };
    }
    case "comm_info_request":
      return { status: "ok", comms: {} };
    case "history_request":
      return { status: "ok", history: [] };
    default:
      return undefined;
  }
}
