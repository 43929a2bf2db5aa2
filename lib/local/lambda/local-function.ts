import { randomUUID } from 'node:crypto';
import type { LocalLog } from '../local-event.ts';
import type { FunctionSettings } from './function-settings.ts';
import { type FunctionWorker, type InvocationResult, runtimeSettings, startFunctionWorker } from './function-worker.ts';
import type { WarmWorkers } from './warm-workers.ts';

/** A function that can be invoked. */
export interface LocalFunction {
  readonly settings: FunctionSettings;
  /** Runs the function on an event in JSON. Every fault of the function is a result, never an exception. */
  invoke(payload: string): Promise<InvocationResult>;
  /** Ends every copy at once, as a host that fails does: the invocations that run fail, and the next one begins cold. */
  kill(): Promise<void>;
  /** Cuts off the invocations that run and refuses new ones. */
  stop(): Promise<void>;
}

/** Largest event and largest answer of a synchronous invocation, in bytes. */
export const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;
// Lambda's own figure for answers carries some room for the envelope.
const ANSWER_LIMIT_BYTES = PAYLOAD_LIMIT_BYTES + 100;
const STOPPING = 'the local machine is stopping';

/** @throws Error if the function's code has no module for its handler. */
export function createLocalFunction(settings: FunctionSettings, warm: WarmWorkers, log: LocalLog): LocalFunction {
  runtimeSettings(settings);
  const busy = new Set<FunctionWorker>();
  const inFlight = new Set<Promise<InvocationResult>>();
  const waiting: (() => void)[] = [];
  let stopped = false;

  const acquire = async (): Promise<FunctionWorker | undefined> => {
    while (busy.size >= settings.concurrency && !stopped) await new Promise<void>((resolve) => waiting.push(resolve));
    if (stopped) return undefined;
    const worker = warm.take(settings.name) ?? startFunctionWorker(settings, (requestId, line) => log({ kind: 'log', functionName: settings.name, requestId, line }));
    busy.add(worker);
    return worker;
  };

  const release = (worker: FunctionWorker): void => {
    busy.delete(worker);
    if (worker.usable) warm.park(settings.name, worker);
    waiting.shift()?.();
  };

  const run = async (payload: string): Promise<InvocationResult> => {
    const worker = await acquire();
    if (worker === undefined) return refused('ServiceException', STOPPING);
    const requestId = randomUUID();
    const started = performance.now();
    try {
      const result = checkedAnswer(await worker.run(requestId, payload));
      const error = result.ok ? undefined : `${result.failure.errorType}: ${result.failure.errorMessage}`;
      log({ kind: 'invocation', functionName: settings.name, requestId, milliseconds: performance.now() - started, error });
      return result;
    } finally {
      release(worker);
    }
  };

  return {
    settings,
    async invoke(payload) {
      if (stopped) return refused('ServiceException', STOPPING);
      if (Buffer.byteLength(payload) > PAYLOAD_LIMIT_BYTES) {
        return refused('RequestEntityTooLargeException', `Request must be smaller than ${PAYLOAD_LIMIT_BYTES} bytes for the InvokeFunction operation`);
      }
      const result = run(payload);
      inFlight.add(result);
      return result.finally(() => inFlight.delete(result));
    },
    async kill() {
      for (let idle = warm.take(settings.name); idle !== undefined; idle = warm.take(settings.name)) await idle.stop();
      await Promise.all([...busy].map((worker) => worker.stop()));
    },
    async stop() {
      stopped = true;
      for (const wake of waiting.splice(0)) wake();
      await Promise.all([...busy].map((worker) => worker.stop()));
      await Promise.allSettled(inFlight);
    },
  };
}

function checkedAnswer(result: InvocationResult): InvocationResult {
  if (!result.ok || Buffer.byteLength(result.payload) <= ANSWER_LIMIT_BYTES) return result;
  return refused('Function.ResponseSizeTooLarge', `Response payload size exceeded maximum allowed payload size (${ANSWER_LIMIT_BYTES} bytes).`);
}

function refused(errorType: string, errorMessage: string): InvocationResult {
  return { ok: false, failure: { errorType, errorMessage } };
}
