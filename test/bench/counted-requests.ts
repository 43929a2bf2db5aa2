import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';

/** What one kind of request to DynamoDB came to. Capacity in units, as DynamoDB reports it. */
export interface RequestCount {
  requests: number;
  readUnits: number;
  writeUnits: number;
}

export type RequestCounts = Record<string, RequestCount>;

const consumed = z.object({ CapacityUnits: z.number().optional() });
const answered = z.object({ output: z.object({ ConsumedCapacity: z.union([consumed, z.array(consumed)]).optional() }) });
const READS: ReadonlySet<string> = new Set(['QueryCommand', 'GetItemCommand', 'BatchGetItemCommand', 'ScanCommand']);

/** Counts the requests of a client from now on, and asks for the capacity that each consumed. */
export function countRequests(client: DynamoDBClient): RequestCounts {
  const counts: RequestCounts = {};
  client.middlewareStack.add(
    (next, { commandName = 'unknown' }) =>
      async (args) => {
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const { ConsumedCapacity: capacity } = answered.parse(answer).output;
        const units = (Array.isArray(capacity) ? capacity : capacity === undefined ? [] : [capacity]).reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        counts[commandName] ??= { requests: 0, readUnits: 0, writeUnits: 0 };
        const count = counts[commandName];
        count.requests += 1;
        if (READS.has(commandName)) count.readUnits += units;
        else count.writeUnits += units;
        return answer;
      },
    { step: 'initialize', name: 'countRequests' },
  );
  return counts;
}

export function total(counts: RequestCounts): RequestCount {
  const sum = { requests: 0, readUnits: 0, writeUnits: 0 };
  for (const { requests, readUnits, writeUnits } of Object.values(counts)) {
    sum.requests += requests;
    sum.readUnits += readUnits;
    sum.writeUnits += writeUnits;
  }
  return sum;
}
