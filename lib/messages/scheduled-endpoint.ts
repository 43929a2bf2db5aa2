import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { now } from '../adapters/clock.ts';
import { type LogFields, log } from '../log/log.ts';
import { inWork } from '../log/work.ts';

/** EventBridge says for when it calls. */
const scheduledEvent = z.looseObject({ time: z.iso.datetime().optional() });

/**
 * A handler for a schedule. It says what it did each time; a failure is Lambda's, which tries again and counts it.
 * @param work is told the moment for which it is called, ISO 8601; called by hand, that is now
 */
export function scheduledEndpoint(name: string, work: (at: string) => Promise<LogFields>): (event: unknown, context: Pick<Context, 'awsRequestId'>) => Promise<void> {
  return (event, { awsRequestId }) =>
    inWork(awsRequestId, awsRequestId, async () => {
      try {
        log('INFO', name, await work(scheduledEvent.safeParse(event).data?.time ?? now()));
      } catch (error) {
        log('ERROR', `${name} failed`, {}, error);
        throw new Error(`${name} failed`);
      }
    });
}
