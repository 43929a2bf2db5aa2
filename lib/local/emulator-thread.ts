import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A stand-in for a service that runs on a thread of its own, so that a busy table never delays an answer of the gateway. */
export interface EmulatorThread {
  /** Base address on loopback, without a final `/`. */
  readonly url: string;
  /** Lets the service write what it holds, then ends the thread. */
  stop(): Promise<void>;
}

/** What a thread reports when its service listens. */
export interface Listening {
  readonly port: number;
}

export const STOP_EMULATOR = 'stop';

/**
 * Starts a service on a thread.
 * @throws Error that the service threw, for instance because another process holds its folder.
 */
export async function startEmulatorThread(file: URL, settings: object): Promise<EmulatorThread> {
  // Without the caller's environment: an emulator must not find credentials or settings of its own there.
  const worker = new Worker(file, { workerData: settings, env: {}, execArgv: [] });
  const ended = once(worker, 'exit');
  const [{ port }]: [Listening] = await readyOf(worker);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      worker.postMessage(STOP_EMULATOR);
      await ended;
    },
  };
}

async function readyOf(worker: Worker): Promise<[Listening]> {
  const exit = once(worker, 'exit').then(([code]) => {
    throw new Error(`the service ended while it started (exit code ${code})`);
  });
  const [listening] = await Promise.race([once(worker, 'message'), exit]);
  return [listening];
}
