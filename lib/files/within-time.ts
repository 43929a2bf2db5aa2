import { runInNewContext } from 'node:vm';
import * as z from 'zod';

const timedOut = z.object({ code: z.literal('ERR_SCRIPT_EXECUTION_TIMEOUT') });

/**
 * Does work that waits for nothing, and ends it where it takes longer than so many milliseconds: a library that trusts what a file says of itself may never come back.
 * @returns `undefined` where time ran out
 * @throws what the work throws
 */
export function withinTime<Result>(milliseconds: number, work: () => Result): { readonly result: Result } | undefined {
  let done: { readonly result: Result } | undefined;
  const run = () => {
    done = { result: work() };
  };
  try {
    runInNewContext('run()', { run }, { timeout: Math.ceil(milliseconds) });
    return done;
  } catch (error) {
    if (timedOut.safeParse(error).success) return undefined;
    throw error;
  }
}
