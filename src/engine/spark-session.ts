import type { HiveClient } from "hive-driver";
import { MachineError } from "../core/errors.js";

/** Where the Thrift server is and who asks. */
export interface SparkAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly tls: boolean;
}

/** A session on a Thrift server; every request is answered, or fails once the server is silent or gone. */
export interface SparkSession {
  readonly hive: Awaited<ReturnType<HiveClient["openSession"]>>;
  /** Whether the connection is lost. */
  isLost(): boolean;
  /** The answer to a request, or a MachineError when the server is silent for too long or goes away. */
  answered<Answer>(request: Promise<Answer>): Promise<Answer>;
  close(): void;
}

/** Connects and opens a session. @throws MachineError if nobody answers, or the server does not let the user in. */
export async function openSession(address: SparkAddress, silenceMs: number): Promise<SparkSession> {
  // Here and not above: most who import segbook never see Spark, and its client takes a while to load.
  const { auth, connections, HiveClient, thrift } = await import("hive-driver");
  const place = `${address.host}:${address.port}`;
  const { TCLIService, TCLIService_types } = thrift;
  const client = new HiveClient(TCLIService, TCLIService_types);
  let isLost = false;
  const lost = new Promise<never>((_, reject) => {
    const lose = (error?: Error): void => {
      isLost = true;
      const said = error?.message ?? "a closed connection";
      reject(
        new MachineError(`spark: the server at ${place} must stay reachable, got ${said}`, {
          cause: error,
        }),
      );
    };
    client.on("error", lose);
    client.on("close", () => lose());
    client.on("timeout", () => lose());
  });
  lost.catch(() => undefined);
  const answered = <Answer>(request: Promise<Answer>): Promise<Answer> =>
    within(Promise.race([request, lost]), silenceMs, place);
  // The way in wants some password even where the server looks at none.
  const { user: username, password = "anonymous" } = address;
  const options = {
    host: address.host,
    port: address.port,
    options: address.tls ? { ssl: true } : {},
  };
  const way = new connections.TcpConnection();
  const proof = new auth.PlainTcpAuthentication({ username, password });
  try {
    await within(client.connect(options, way, proof), silenceMs, place);
    const { HIVE_CLI_SERVICE_PROTOCOL_V10 } = TCLIService_types.TProtocolVersion;
    const hive = await answered(client.openSession({ client_protocol: HIVE_CLI_SERVICE_PROTOCOL_V10 }));
    return { hive, answered, isLost: () => isLost, close: () => closeClient(client) };
  } catch (error) {
    closeClient(client);
    if (error instanceof MachineError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const wish = message.startsWith("Authentication") ? `let ${username} in` : "be reachable";
    throw new MachineError(`spark: the server at ${place} must ${wish}, got ${message}`, { cause: error });
  }
}

async function within<Answer>(request: Promise<Answer>, silenceMs: number, place: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new MachineError(
          `spark: the server at ${place} must answer within ${silenceMs / 1000} s, got no answer`,
        ),
      );
    }, silenceMs);
  });
  try {
    return await Promise.race([request, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function closeClient(client: HiveClient): void {
  try {
    client.close();
  } catch {
    // Never connected: nothing to close.
  }
}
