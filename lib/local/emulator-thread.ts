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
 * Starts a service on a thread. A service that breaks later takes the process with it: nothing would work without it.
 * @throws Error that the service threw, for instance because another process holds its folder
 */
export async function startEmulatorThread(file: URL, settings: object): Promise<EmulatorThread> {
  // Without the caller's environment: an emulator must not find credentials or settings of its own there.
  const worker = new Worker(file, { workerData: settings, env: {}, execArgv: [] });
  const listening = Promise.withResolvers<Listening>();
  const ended = Promise.withResolvers<void>();
  worker.once('message', (message: Listening) => listening.resolve(message));
  worker.once('error', listening.reject);
  worker.once('exit', (code) => {
    listening.reject(new Error(`the service ended while it started (exit code ${code})`));
    ended.resolve();
  });
  const { port } = await listening.promise;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      worker.postMessage(STOP_EMULATOR);
      await ended.promise;
    },
  };
}
