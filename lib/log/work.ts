import { AsyncLocalStorage } from 'node:async_hooks';

interface Work {
  correlationId: string;
  readonly requestId: string;
}

const works = new AsyncLocalStorage<Work>();

/** A UUID or a trace id of 32 hex digits: nothing else is taken from outside, for it will be written in logs. */
const CORRELATION_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/iu;

/** A correlation id that came from outside; `undefined` where it is none. */
export function readCorrelationId(text: string | undefined): string | undefined {
  return text !== undefined && CORRELATION_ID.test(text) ? text.toLowerCase() : undefined;
}

/** Does some work, all lines of which carry these ids. @param requestId of the invocation */
export function inWork<Result>(correlationId: string, requestId: string, work: () => Result): Result {
  return works.run({ correlationId, requestId }, work);
}

/** Of the request that all work began with, or of what stands for it; `undefined` outside of any work. */
export function correlationId(): string | undefined {
  return works.getStore()?.correlationId;
}

/** The ids of the work that is being done. */
export function idsOfWork(): Readonly<Work> | undefined {
  return works.getStore();
}

/** From now on the work goes by the id that came with what it works on; anything that is no correlation id changes nothing. */
export function adoptCorrelationId(text: string | undefined): void {
  const found = readCorrelationId(text);
  const work = works.getStore();
  if (found !== undefined && work !== undefined) work.correlationId = found;
}
