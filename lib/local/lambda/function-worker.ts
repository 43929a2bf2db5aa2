import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FunctionSettings } from './function-settings.ts';
import type { InvocationFailure, RuntimeInvocation, RuntimeReport, RuntimeSettings } from './runtime-protocol.ts';

export type InvocationResult = { readonly ok: true; readonly payload: string } | { readonly ok: false; readonly failure: InvocationFailure };

/** One warm copy of a function. It runs one invocation at a time. */
export interface FunctionWorker {
  /** False once its process has ended: by a timeout, a crash or `process.exit`. */
  readonly usable: boolean;
  run(requestId: string, payload: string): Promise<InvocationResult>;
  stop(): Promise<void>;
}

// What Lambda grants the initialisation of a function on top of its own timeout.
const INITIALISATION_MS = 10_000;
const MODULE_ENDINGS = ['.mjs', '.js', '.cjs'] as const;
const RUNTIME = fileURLToPath(new URL('./runtime.ts', import.meta.url));

/**
 * Starts a copy of a function in a process of its own: a thread that runs out of memory takes the whole process with it.
 * Lines that the function writes go to `writeLine` with the request that was running.
 */
export function startFunctionWorker(settings: FunctionSettings, writeLine: (requestId: string, line: string) => void): FunctionWorker {
  const child = fork(RUNTIME, {
    env: { ...settings.environment },
    execArgv: memoryOptions(settings.memoryMegabytes),
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const initialised = Promise.withResolvers<InvocationFailure | undefined>();
  let settle: ((result: InvocationResult) => void) | undefined;
  let requestId = '-';
  let ended = false;

  const end = (failure: InvocationFailure): void => {
    ended = true;
    initialised.resolve(failure);
    settle?.({ ok: false, failure });
    child.kill('SIGKILL');
  };

  for (const output of [child.stdout, child.stderr]) {
    if (output !== null) createInterface({ input: output }).on('line', (line) => writeLine(requestId, line));
  }
  child.on('message', (report: RuntimeReport) => {
    switch (report.kind) {
      case 'ready':
        return initialised.resolve(undefined);
      case 'unloadable':
      case 'crash':
        writeLine(requestId, `Uncaught Exception\t${JSON.stringify(report.failure)}`);
        return end(report.failure);
      case 'answer':
        return settle?.({ ok: true, payload: report.payload });
      case 'failure':
        writeLine(requestId, `Invoke Error\t${JSON.stringify(report.failure)}`);
        return settle?.({ ok: false, failure: report.failure });
      default:
        return report satisfies never;
    }
  });
  child.on('error', (error) => end({ errorType: 'Runtime.ExitError', errorMessage: error.message }));
  child.on('exit', (code, signal) => end(exited(code, signal, requestId)));
  child.send(runtimeSettings(settings));

  const seconds = settings.timeoutSeconds.toFixed(2);
  const timeOut = (): void => end({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds` });

  return {
    get usable() {
      return !ended;
    },
    async run(id, payload) {
      requestId = id;
      const milliseconds = settings.timeoutSeconds * 1_000;
      const failure = await limited(initialised.promise, INITIALISATION_MS + milliseconds, timeOut);
      if (failure !== undefined) return { ok: false, failure };
      const { promise, resolve } = Promise.withResolvers<InvocationResult>();
      settle = resolve;
      child.send({ kind: 'invocation', requestId, payload, deadline: Date.now() + milliseconds } satisfies RuntimeInvocation);
      const result = await limited(promise, milliseconds, timeOut);
      settle = undefined;
      return result;
    },
    async stop() {
      ended = true;
      await killed(child);
    },
  };
}

async function limited<Value>(work: Promise<Value>, milliseconds: number, timeOut: () => void): Promise<Value> {
  const timer = setTimeout(timeOut, milliseconds);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** The shares of a function's memory that Lambda gives to V8. */
function memoryOptions(megabytes: number): string[] {
  return [`--max-old-space-size=${Math.floor(megabytes * 0.9)}`, `--max-semi-space-size=${Math.max(1, Math.floor(megabytes * 0.05))}`];
}

/**
 * Where a function's handler is.
 * @throws Error if the code has no such module.
 */
export function runtimeSettings({ name, arn, codeFolder, handler, memoryMegabytes }: FunctionSettings): RuntimeSettings {
  const dot = handler.lastIndexOf('.');
  const path = join(codeFolder, handler.slice(0, dot));
  const file = MODULE_ENDINGS.map((ending) => `${path}${ending}`).find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`the code of ${name} has no module for the handler ${handler}`);
  return { kind: 'settings', module: pathToFileURL(file).href, handler: handler.slice(dot + 1), memoryMegabytes, functionName: name, functionArn: arn };
}

function exited(code: number | null, signal: string | null, requestId: string): InvocationFailure {
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${exitReason(code, signal)}` };
}

function exitReason(code: number | null, signal: string | null): string {
  if (signal === 'SIGKILL') return 'Runtime exited with error: signal: killed';
  if (signal === 'SIGABRT') return 'Runtime exited with error: signal: aborted (core dumped)';
  if (signal !== null) return `Runtime exited with error: signal: ${signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}
