import * as z from 'zod';

const delays = z.looseObject({ DelaySeconds: z.number().optional(), VisibilityTimeout: z.number().optional() });
const SOON_SECONDS = 1;
const LATE_SECONDS = 3;
const WAITS = new Set(['SendMessage', 'ChangeMessageVisibility']);

/**
 * A request to SQS whose waits last a second at most, so that a test need not sit out half a minute.
 * The real waits stand in the template: test/infrastructure holds the visibility to the timeout of its function.
 */
export function quickened(operation: string, body: Buffer): Buffer {
  return WAITS.has(operation) ? changed(body, (seconds) => Math.min(SOON_SECONDS, seconds)) : body;
}

/** For how long a request asks a message to be hidden, in seconds. */
export function visibilityIn(body: Buffer): number {
  return delays.parse(JSON.parse(body.toString('utf8'))).VisibilityTimeout ?? Number.POSITIVE_INFINITY;
}

/** A message that comes when everybody is through with its work. */
export function belated(body: Buffer): Buffer {
  return changed(body, () => LATE_SECONDS);
}

function changed(body: Buffer, wait: (seconds: number) => number): Buffer {
  const { DelaySeconds, VisibilityTimeout, ...rest } = delays.parse(JSON.parse(body.toString('utf8')));
  const waits = VisibilityTimeout === undefined ? { DelaySeconds: wait(DelaySeconds ?? 0) } : { VisibilityTimeout: wait(VisibilityTimeout) };
  return Buffer.from(JSON.stringify({ ...rest, ...waits }));
}
