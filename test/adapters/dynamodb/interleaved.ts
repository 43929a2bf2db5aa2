import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What dies at a request. */
class CutOff extends Error {
  override readonly name = 'CutOff';
}

/** Lets something happen in the middle of a run: before its n-th request, the first being 0. */
export interface Interleaver {
  /** Runs `run`, and before that request `inBetween`, whole; false where the run has fewer requests. */
  interrupted(run: () => Promise<unknown>, request: number, inBetween: () => Promise<unknown>): Promise<boolean>;
  /** Runs `run` until it dies at that request; false where the run has fewer requests. */
  cutOff(run: () => Promise<unknown>, request: number): Promise<boolean>;
}

interface Watched {
  requests: number;
  reached: boolean;
  readonly request: number;
  readonly happen: () => Promise<unknown>;
}

/** Watches the requests of a client. Those that are sent in between are not counted. */
export function interleaverOf(client: DynamoDBClient): Interleaver {
  const watching = new AsyncLocalStorage<Watched | undefined>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const watched = watching.getStore();
      if (watched !== undefined && watched.requests++ === watched.request) {
        watched.reached = true;
        await watching.run(undefined, watched.happen);
      }
      return next(args);
    },
    { step: 'initialize', name: 'interleaver' },
  );

  const watch = async (run: () => Promise<unknown>, request: number, happen: () => Promise<unknown>) => {
    const watched: Watched = { requests: 0, reached: false, request, happen };
    await watching.run(watched, run);
    return watched.reached;
  };

  return {
    interrupted: watch,
    cutOff: (run, request) =>
      watch(
        () => run().catch(ignoreCut),
        request,
        () => Promise.reject(new CutOff()),
      ),
  };
}

function ignoreCut(error: unknown): void {
  if (!(error instanceof CutOff)) throw error;
}

/**
 * Tells a story again and again, in a new world each time, with its turn before the first request, the second, and so on to the last.
 * @returns how many requests there were
 */
export async function atEveryRequest(story: (request: number) => Promise<boolean>): Promise<number> {
  let request = 0;
  while (await story(request)) request += 1;
  return request;
}
