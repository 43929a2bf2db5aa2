import type { Context } from 'aws-lambda';
import { type LogFields, log } from '../log/log.ts';
import { inWork } from '../log/work.ts';

/** A handler for a schedule. It says what it did each time; a failure is Lambda's, which tries again and counts it. */
export function scheduledEndpoint(name: string, work: () => Promise<LogFields>): (event: unknown, context: Pick<Context, 'awsRequestId'>) => Promise<void> {
  return (_event, { awsRequestId }) =>
    inWork(awsRequestId, awsRequestId, async () => {
      try {
        log('INFO', name, await work());
      } catch (error) {
        log('ERROR', `${name} failed`, {}, error);
        throw new Error(`${name} failed`);
      }
    });
}
