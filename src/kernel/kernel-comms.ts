import { panelTarget } from "./panel-messages.js";

type Content = Readonly<Record<string, unknown>>;

/**
 * Answers one message of a front end to a comm target. Runs in the process that speaks for the kernel, so it is heard while a cell
 * computes and must not compute for long itself. `data` is what the front end sent, unchecked; `reply` may be called any number of
 * times, also later. A handler that throws ends its comm.
 */
export type CommHandler = (data: unknown, reply: (data: unknown) => void) => void | Promise<void>;

/** Handlers by comm target. A front end that opens a target that is not here is told that it is closed. */
export const commHandlers: ReadonlyMap<string, CommHandler> = new Map([[panelTarget, answerFromPanel]]);

/** What the panel needs, the TypeScript compiler among it, is loaded when it is asked for the first time. */
async function answerFromPanel(data: unknown, reply: (data: unknown) => void): Promise<void> {
  const { answerPanel } = await import("./panel.js");
  reply(answerPanel(data, process.cwd()));
}

/** Publishes one message as an answer to the request at hand. */
export type PublishComm = (type: "comm_msg" | "comm_close", content: Content) => void;

/** The comms that front ends have open with this kernel. */
export interface CommTable {
  /** Handles a `comm_open`, `comm_msg` or `comm_close` of a front end. */
  readonly receive: (type: string, content: Content, publish: PublishComm) => void;
  /** The `comms` of a `comm_info_reply`: all that are open, or those of one target. */
  readonly list: (target?: string) => Content;
}

/** A comm that is opened with data gets them handled as its first message, if there are any. */
export function createCommTable(handlers: ReadonlyMap<string, CommHandler> = commHandlers): CommTable {
  const targets = new Map<string, string>();
  function receive(type: string, content: Content, publish: PublishComm): void {
    const id = String(content.comm_id);
    if (type === "comm_close") {
      targets.delete(id);
      return;
    }
    if (type === "comm_open") targets.set(id, String(content.target_name));
    const close = (): void => {
      targets.delete(id);
      publish("comm_close", { comm_id: id, data: {} });
    };
    const handler = handlers.get(targets.get(id) ?? "");
    if (handler === undefined) close();
    else if (type === "comm_msg" || hasData(content.data)) {
      const reply = (data: unknown): void => publish("comm_msg", { comm_id: id, data });
      void handle(handler, content.data, reply).catch(close);
    }
  }
  function list(target?: string): Content {
    const open = [...targets].filter(([, name]) => target === undefined || name === target);
    return Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }]));
  }
  return { receive, list };
}

async function handle(handler: CommHandler, data: unknown, reply: (data: unknown) => void): Promise<void> {
  await handler(data, reply);
}

function hasData(data: unknown): boolean {
  return typeof data === "object" && data !== null && Object.keys(data).length > 0;
}
