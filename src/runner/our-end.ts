const actions = new Set<() => void>();
let isWatching = false;

/**
 * Calls `action` when this process ends: by itself, by an error that nobody caught, by Ctrl-C, SIGTERM or SIGHUP. Only SIGKILL gives
 * no time for it. The action must be synchronous.
 * @returns A function that forgets the action.
 */
export function beforeOurEnd(action: () => void): () => void {
  actions.add(action);
  watchOurEnd();
  return () => {
    actions.delete(action);
  };
}

function watchOurEnd(): void {
  if (isWatching) return;
  isWatching = true;
  process.on("exit", runActions);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const end = (): void => {
      runActions();
      // Whoever else listens decides how we end; if nobody does, the signal does what it does without us.
      process.removeListener(name, end);
      if (process.listenerCount(name) === 0) process.kill(process.pid, name);
    };
    process.on(name, end);
  }
}

function runActions(): void {
  for (const action of actions) {
    try {
      action();
    } catch {
      // Nobody is left to hear of it, and the other actions must still run.
    }
  }
}
