import { StringDecoder } from "node:string_decoder";
import type { Frame, ReportHead } from "./kernel-frames.js";
import type { MessageHeader } from "./kernel-message.js";
import type { StreamName } from "./kernel-streams.js";
import { createStreamBuffer } from "./stream-buffer.js";

type Content = Readonly<Record<string, unknown>>;

/** Sends the outputs of cells to everybody who listens, each as an answer to the request that started its cell. */
export interface KernelOutputs {
  /** Begins a cell; what comes from a silent one is dropped. */
  readonly open: (cell: number, request: MessageHeader, isSilent: boolean) => void;
  /** The cell that was begun last: what cannot say where it comes from is taken for its output. */
  readonly latest: () => number;
  readonly publish: (cell: number, type: string, content: Content | Uint8Array) => void;
  /** Handles a stream or a message of the evaluator. */
  readonly receive: (frame: Frame<ReportHead & { readonly cell: number }>) => void;
  readonly addRaw: (name: StreamName, piece: Uint8Array) => void;
  readonly flush: () => void;
}

/** How the dump begins that Node writes when it runs out of memory or aborts: its addresses and paths are nobody's output. */
const crashDump =
  /\n*(<--- Last few GCs --->|#\n# Fatal error in |FATAL ERROR: |----- Native stack trace -----)/;

/** Outputs that leave through `publish`. */
export function createOutputs(
  publish: (type: string, content: Content | Uint8Array, parent: MessageHeader) => void,
): KernelOutputs {
  const requests = new Map<number, MessageHeader>();
  const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  let latest = 0;
  let isCrashing = false;
  const send = (cell: number, type: string, content: Content | Uint8Array): void => {
    const request = requests.get(cell);
    if (request !== undefined) publish(type, content, request);
  };
  const streams = createStreamBuffer((cell, name, text) => send(cell, "stream", { name, text }));
  function publishAfterStreams(cell: number, type: string, content: Content | Uint8Array): void {
    streams.flush();
    send(cell, type, content);
  }
  return {
    open: (cell, request, isSilent) => {
      latest = cell;
      if (!isSilent) requests.set(cell, request);
    },
    latest: () => latest,
    publish: publishAfterStreams,
    receive: ({ head, body }) => {
      if (head.kind === "stream") streams.add(head.cell, head.name, textOf(body));
      else if (head.kind === "publish") publishAfterStreams(head.cell, head.type, body);
    },
    addRaw: (name, piece) => {
      const text = decoders[name].write(Buffer.from(piece));
      const dump = name === "stderr" ? text.search(crashDump) : -1;
      const shown = isCrashing && name === "stderr" ? "" : dump < 0 ? text : text.slice(0, dump);
      isCrashing ||= dump >= 0;
      if (shown !== "") streams.add(latest, name, shown);
    },
    flush: streams.flush,
  };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}
