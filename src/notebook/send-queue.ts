/** Anything that sends frames and takes one send at a time, as ZeroMQ sockets do. */
export interface FrameSender {
  send(frames: Uint8Array[]): Promise<void>;
}

/** Sends in order, each after the one before. */
export interface SendQueue {
  readonly send: (frames: Uint8Array[]) => void;
  /** Ends when everything handed over so far is out. */
  readonly settle: () => Promise<void>;
}

/**
 * Queues the sends of one socket. A socket refuses a second send while the first is under way, and a refused
 * message is a lost line of output or a cell that never ends.
 */
export function createSendQueue(socket: FrameSender): SendQueue {
  const waiting: Uint8Array[][] = [];
  let draining: Promise<void> | undefined;
  async function drain(): Promise<void> {
    try {
      for (let next = 0; next < waiting.length; next++) await socket.send(waiting[next]!);
    } catch {
      // The socket is closed: nobody is left who could hear of it.
    } finally {
      waiting.length = 0;
      draining = undefined;
    }
  }
  return {
    send: (frames) => {
      waiting.push(frames);
      if (waiting.length === 1) draining = drain();
    },
    settle: async () => {
      while (draining !== undefined) await draining;
    },
  };
}
