import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { InputError, MachineError } from "../core/errors.js";
import { maskPassword } from "./connection-password.js";
import type { TrinoServer } from "./trino-address.js";

/** One request to a Trino server. */
export interface TrinoRequest {
  readonly method: "POST" | "GET" | "DELETE";
  readonly url: URL;
  readonly body?: string;
  /** Whether it may be sent again after its connection was lost, when the server may have seen it. */
  readonly mayRepeat: boolean;
  /** How long the server may be silent, and how long its refusals are borne, in milliseconds. */
  readonly patience: number;
  readonly signal?: AbortSignal | undefined;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const busy: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Nothing reached the server. */
const unreached: ReadonlySet<string> = new Set(["ECONNREFUSED", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const lost: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);

/**
 * Asks the server, again and again while it is busy (502, 503, 504, 429), refuses connections or loses them, and returns its text.
 *
 * @throws InputError if the server refuses the user, the certificate or the request.
 * @throws MachineError if it is silent or still busy when the patience is over: after twice the patience at the latest.
 */
export async function askTrino(server: TrinoServer, request: TrinoRequest): Promise<string> {
  const { patience, signal } = request;
  const start = performance.now();
  for (let attempt = 0; ; attempt++) {
    const answer = await sendOnce(server, request).catch((error: NodeJS.ErrnoException) => error);
    signal?.throwIfAborted();
    if (!(answer instanceof Error) && answer.status >= 200 && answer.status < 300) return answer.text;
    if (!isPassing(answer, request)) throw refusal(server, request, answer);
    const rest = Math.min(50 * 2 ** attempt, 2000);
    if (performance.now() + rest - start > patience) throw refusal(server, request, answer);
    await pause(rest, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}

function isPassing(answer: Answer | NodeJS.ErrnoException, { mayRepeat }: TrinoRequest): boolean {
  if (!(answer instanceof Error)) return busy.has(answer.status);
  const code = answer.code ?? "";
  return unreached.has(code) || (mayRepeat && lost.has(code));
}

function sendOnce({ headers, agent }: TrinoServer, request: TrinoRequest): Promise<Answer> {
  const { method, url, body, patience, signal } = request;
  const open = url.protocol === "https:" ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    // Silence counts from before the connection stands, so that a host that never answers is noticed too.
    const sent = open(
      url,
      { method, headers, agent, timeout: patience, ...(signal && { signal }) },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString("utf8") }),
        );
      },
    );
    sent.on("timeout", () => sent.destroy(Object.assign(new Error("silence"), { code: "SILENCE" })));
    sent.on("error", reject);
    sent.end(body);
  });
}

/** The error that says why the server cannot be used. */
function refusal(
  { base, password }: TrinoServer,
  { method, patience }: TrinoRequest,
  answer: Answer | NodeJS.ErrnoException,
): Error {
  const seconds = patience / 1000;
  if (!(answer instanceof Error)) {
    if (answer.status === 401 || answer.status === 403)
      return new InputError(
        `trino: user and passwordFrom must be ones that ${base.host} accepts, got status ${answer.status}`,
      );
    if (busy.has(answer.status))
      return new MachineError(
        `trino: ${base.host} must take requests within ${seconds} s, got status ${answer.status} until then`,
      );
    const said = maskPassword(/^[^<\n]{0,200}/.exec(answer.text)![0], password);
    return new InputError(
      `trino: url must be the address of a Trino coordinator, got status ${answer.status} from ${base.host}${said && ` (${said})`}`,
    );
  }
  const code = answer.code ?? answer.message;
  if (code === "SILENCE")
    return new MachineError(`trino: ${base.host} must answer within ${seconds} s, got silence`);
  if (lost.has(code))
    return new MachineError(
      `trino: ${base.host} must keep its connections, got ${code} on ${method}. Look whether it still runs`,
    );
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|EPROTO|SSL|TLS/.test(code))
    return new InputError(
      `trino: the certificate of ${base.host} must be one that we trust, got ${code}. Name the authority's file with caFile`,
    );
  return new InputError(
    `trino: url must be the address of a server that can be reached, got ${code} for ${base.host}`,
  );
}
