import type { InvocationFailure, RuntimeInvocation, RuntimeReport, RuntimeSettings } from './runtime-protocol.ts';

// Entry point of the process in which one copy of a function lives. It imports nothing but the bundle, so that the bundle is all that a function gets.

type Handler = (event: unknown, context: object) => unknown;

interface LoadedFunction {
  readonly settings: RuntimeSettings;
  readonly handler: Handler;
}

const MEMORY_CHECK_MS = 100;
const MEGABYTE = 1024 * 1024;

function report(message: RuntimeReport): void {
  process.send?.(message);
}

function failureOf(error: unknown): InvocationFailure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

async function load(settings: RuntimeSettings): Promise<LoadedFunction> {
  endBeyond(settings.memoryMegabytes * MEGABYTE);
  const exported: Record<string, unknown> = await import(settings.module);
  const handler = exported[settings.handler];
  if (!isHandler(handler)) throw named('Runtime.HandlerNotFound', `${settings.handler} is undefined or not exported`);
  if (handler.length > 2) throw named('Runtime.CallbackHandlerDeprecated', 'callback handlers are not supported by Node.js 24');
  return { settings, handler };
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function endBeyond(bytes: number): void {
  // V8's own limit does not see buffers and typed arrays, which Lambda counts like everything else.
  const check = () => {
    if (process.memoryUsage.rss() > bytes) process.kill(process.pid, 'SIGKILL');
  };
  setInterval(check, MEMORY_CHECK_MS).unref();
}

function contextOf({ requestId, deadline }: RuntimeInvocation, { functionName, functionArn, memoryMegabytes }: RuntimeSettings): object {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    memoryLimitInMB: String(memoryMegabytes),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function run({ handler, settings }: LoadedFunction, invocation: RuntimeInvocation): Promise<RuntimeReport> {
  try {
    const answer = await handler(JSON.parse(invocation.payload), contextOf(invocation, settings));
    return { kind: 'answer', payload: JSON.stringify(answer) ?? 'null' };
  } catch (error) {
    return { kind: 'failure', failure: failureOf(error) };
  }
}

let loaded: LoadedFunction | undefined;

process.on('message', async (message: RuntimeSettings | RuntimeInvocation) => {
  if (message.kind === 'invocation') {
    if (loaded !== undefined) report(await run(loaded, message));
    return;
  }
  try {
    loaded = await load(message);
    report({ kind: 'ready' });
  } catch (error) {
    report({ kind: 'unloadable', failure: failureOf(error) });
  }
});

// Whoever started this process has gone, perhaps without a word.
process.on('disconnect', () => process.exit(0));

// Ctrl-C reaches every process of a terminal; the one that started this one decides when it ends.
process.on('SIGINT', () => {});

// Reported here, because Node would only write them to stderr and exit.
process.on('uncaughtException', (error) => {
  report({ kind: 'crash', failure: failureOf(error) });
});
