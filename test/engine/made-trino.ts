import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What came to the server. */
export interface MadeRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

/** How to answer a request: with an object as JSON, with text as it is, with a status, by ending the connection, or never. */
export type MadeAnswer = object | string | number | "hang up" | "silence";

/** A server that speaks as Trino does, as far as a test makes it up. */
export interface MadeTrino {
  readonly url: string;
  readonly requests: readonly MadeRequest[];
  stop(): Promise<void>;
}

/** Starts a server on loopback whose answers the test makes up; `base` is its address. */
export async function startMadeTrino(
  answer: (request: MadeRequest, base: string) => MadeAnswer | Promise<MadeAnswer>,
): Promise<MadeTrino> {
  const requests: MadeRequest[] = [];
  let url = "";
  const server: Server = createServer(async (incoming, outgoing) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const request = {
      method: incoming.method!,
      path: incoming.url!,
      body: Buffer.concat(pieces).toString(),
      headers: incoming.headers,
    };
    requests.push(request);
    const said = await answer(request, url);
    if (said === "silence") return;
    if (said === "hang up") incoming.socket.destroy();
    else if (typeof said === "number") outgoing.writeHead(said).end();
    else outgoing.end(typeof said === "string" ? said : JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
