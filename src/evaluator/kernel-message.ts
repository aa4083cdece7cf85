import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { MachineError } from "../core/errors.js";

/** Who sent a Jupyter message and what it is. */
export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly version: string;
  readonly date: string;
}

/** A Jupyter message as it is handled here; on the wire it is signed and cut into frames. */
export interface KernelMessage {
  /** Routing frames in front of the delimiter; replies repeat them. */
  readonly identities: readonly Uint8Array[];
  readonly header: MessageHeader;
  /** Header of the request that this message answers; absent in a request. */
  readonly parent?: MessageHeader | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

const delimiter = Buffer.from("<IDS|MSG>");

/** A header of our own. `now` is in milliseconds since 1970. */
export function createHeader(type: string, session: string, now: number): MessageHeader {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "segbook",
    version: "5.4",
    date: new Date(now).toISOString(),
  };
}

/** A message to send; content that is JSON already travels as it is. */
export type OutgoingMessage = Omit<KernelMessage, "content"> & {
  readonly content: Readonly<Record<string, unknown>> | Uint8Array;
};

/** The frames of a message, signed with the key of the connection. */
export function encodeMessage(message: OutgoingMessage, key: string): Uint8Array[] {
  const body = [message.header, message.parent ?? {}, {}, message.content].map((part) =>
    part instanceof Uint8Array ? part : Buffer.from(JSON.stringify(part)),
  );
  return [...message.identities, delimiter, Buffer.from(sign(body, key)), ...body];
}

/**
 * Reads the frames of a message, after any number of routing frames.
 * @throws {@link MachineError} if a frame is missing, is not JSON, or the signature is wrong.
 */
export function decodeMessage(frames: readonly Uint8Array[], key: string): KernelMessage {
  const position = frames.findIndex((frame) => delimiter.equals(frame));
  const signature = frames[position + 1];
  const body = frames.slice(position + 2, position + 6);
  if (position < 0 || signature === undefined || body.length < 4) {
    throw new MachineError(
      `decodeMessage: frames must hold a signature and four parts, got ${frames.length} frames`,
    );
  }
  const expected = Buffer.from(sign(frames.slice(position + 2), key));
  if (key !== "" && (expected.length !== signature.length || !timingSafeEqual(expected, signature))) {
    throw new MachineError("decodeMessage: frames must carry the signature of this connection, got another");
  }
  const [header, parent, , content] = body.map((part) => JSON.parse(Buffer.from(part).toString("utf8")));
  return {
    identities: frames.slice(0, position),
    header,
    parent: parent.msg_id === undefined ? undefined : parent,
    content,
  };
}

function sign(body: readonly Uint8Array[], key: string): string {
  if (key === "") return "";
  const hash = createHmac("sha256", key);
  for (const part of body) hash.update(part);
  return hash.digest("hex");
}
