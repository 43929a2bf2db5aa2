import type { FunctionWorker } from './function-worker.ts';

/** The idle copies of all functions. Only a limited number stays warm: each costs tens of megabytes. */
export interface WarmWorkers {
  /** The copy of a function that was used last, which is now the caller's. */
  take(functionName: string): FunctionWorker | undefined;
  /** Keeps a copy for later; the one that waited longest of all is stopped when there are too many. */
  park(functionName: string, worker: FunctionWorker): void;
  stop(): Promise<void>;
}

export function warmWorkers(limit: number): WarmWorkers {
  // In the order in which they were parked.
  const parked = new Map<FunctionWorker, string>();
  return {
    take(functionName) {
      const candidates = [...parked].filter(([, owner]) => owner === functionName).map(([worker]) => worker);
      for (const worker of candidates.reverse()) {
        parked.delete(worker);
        if (worker.usable) return worker;
      }
      return undefined;
    },
    park(functionName, worker) {
      parked.set(worker, functionName);
      const [longestIdle] = parked.keys();
      if (parked.size <= limit || longestIdle === undefined) return;
      parked.delete(longestIdle);
      void longestIdle.stop();
    },
    async stop() {
      await Promise.all([...parked.keys()].map((worker) => worker.stop()));
      parked.clear();
    },
  };
}
