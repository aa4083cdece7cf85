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
  let waiting: Uint8Array[][] = [];
  let draining: Promise<void> | undefined;
  async function drain(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const batch = waiting;
        waiting = [];
        for (const frames of batch) await socket.send(frames);
      }
    } catch {
      // The socket is closed: nobody is left who could hear of it.
      waiting = [];
    } finally {
      draining = undefined;
    }
  }
  return {
    send: (frames) => {
      waiting.push(frames);
      draining ??= drain();
    },
    settle: async () => {
      while (draining !== undefined) await draining;
    },
  };
}
