import { describeThrown } from "../evaluator/kernel-error.js";
import type { KernelMessage } from "../evaluator/kernel-message.js";
import type { CommTable } from "./kernel-comms.js";
import type { KernelExecutions } from "./kernel-executions.js";
import type { KernelHistory } from "./kernel-history.js";
import { describeKernel } from "./kernel-info.js";
import type { KernelSockets } from "./kernel-sockets.js";

type Content = Readonly<Record<string, unknown>>;

/** What answers are made from. */
export interface AnswerParts {
  readonly sockets: KernelSockets;
  readonly executions: KernelExecutions;
  readonly history: KernelHistory;
  readonly comms: CommTable;
}

/** Requests that need no evaluator: they are answered at once, also while a cell runs. */
export const answeredAtOnce: ReadonlySet<string> = new Set([
  "kernel_info_request",
  "comm_info_request",
  "comm_open",
  "comm_msg",
  "comm_close",
  "history_request",
]);

/** The content of the reply to a request; undefined for one that gets no reply, such as one that is not known. */
export async function answerKernelRequest(
  parts: AnswerParts,
  request: KernelMessage,
): Promise<Content | undefined> {
  try {
    return await contentOf(parts, request);
  } catch (error) {
    return { status: "error", ...describeThrown(error) };
  }
}

async function contentOf(parts: AnswerParts, request: KernelMessage): Promise<Content | undefined> {
  const { executions, history, comms, sockets } = parts;
  const { header, content } = request;
  switch (header.msg_type) {
    case "kernel_info_request":
      return describeKernel();
    case "execute_request":
      return executions.execute(request);
    case "complete_request":
    case "inspect_request":
    case "is_complete_request":
      return executions.ask(header.msg_type, content);
    case "history_request":
      return { status: "ok", history: history.find(content) };
    case "comm_info_request":
      return { status: "ok", comms: comms.list(targetOf(content)) };
    case "comm_open":
    case "comm_msg":
    case "comm_close":
      comms.receive(header.msg_type, content, (type, sent) => sockets.publish(type, sent, header));
      return undefined;
    case "interrupt_request":
      executions.interrupt();
      return { status: "ok" };
    case "shutdown_request":
      return { status: "ok", restart: content.restart === true };
    default:
      return undefined;
  }
}

function targetOf({ target_name }: Content): string | undefined {
  return typeof target_name === "string" && target_name !== "" ? target_name : undefined;
}
