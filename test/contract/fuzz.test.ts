import fc from 'fast-check';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { problemAnswer } from '../../lib/http/schemas/problem.ts';
import { departures, documentedOperation, type WireAnswer } from './documented.ts';
import { type GeneratedRequest, generatedRequest } from './generated-request.ts';
import { rawRequest } from './raw-request.ts';
import { stageClient } from './stage-client.ts';

/** FUZZ_RUNS asks for more, FC_SEED for others. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100);

/** What the gateway says of an address that is no route: that it is none, or that it cannot be read. */
function isLost({ status, headers, text }: WireAnswer, method: string): boolean {
  if (status !== 404 && status !== 400) return false;
  if (method === 'HEAD') return true;
  return headers.get('content-type')?.startsWith('application/problem+json') === true && problemAnswer.safeParse(JSON.parse(text)).data?.status === status;
}

/** Why an answer is none that the document allows; `''` where it is. */
function objection({ method, route, target }: GeneratedRequest, answer: WireAnswer): string {
  if (answer.status >= 500) return `${method} ${target} → ${answer.status} ${answer.text.slice(0, 500)}`;
  // A path that cannot be read is told so before its route is looked for.
  const known = route !== undefined && documentedOperation(method, route) !== undefined;
  if (isLost(answer, method) && (!known || isUnreadable(target))) return '';
  const found = known ? departures(method, route, answer) : [`status ${answer.status} where there is no route`];
  return found.length === 0 ? '' : `${method} ${target} → ${answer.status} ${found.join('; ')}`;
}

function isUnreadable(target: string): boolean {
  try {
    decodeURIComponent(target.split('?')[0] ?? '');
    // An id that is empty or holds a slash leads to another path.
    return /\/\/|%2f/iu.test(target);
  } catch {
    return true;
  }
}

describe.each(inject('stages'))('in the stage $name', (stage) => {
  let tokens: readonly string[] = [];

  beforeAll(async () => {
    const client = stageClient(stage);
    tokens = await Promise.all(['autre-agent', 'administrateur-local'].map((username) => client.signIn(username)));
  });

  it('whatever is sent, the answer is one that is documented, and never ours to blame', { timeout: 120_000 + RUNS * 500 }, async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(generatedRequest, fc.nat(1), async (request, who) => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, text]) => [name, text.replaceAll('JETON', tokens[who] ?? '')]));
        const answer = await rawRequest(stage.api, request.method, request.target, headers, request.body);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        expect(objection(request, answer)).toBe('');
      }),
      { numRuns: RUNS },
    );
    // Requests that are all refused at the door would prove nothing.
    expect([...statuses.keys()].filter((status) => status < 300)).not.toEqual([]);
    expect(z.number().parse(statuses.get(400))).toBeGreaterThan(RUNS / 20);
  });

  it('many at once are answered as well as one by one', { timeout: 120_000 + RUNS * 500 }, async () => {
    const requests = fc.sample(generatedRequest, { numRuns: RUNS / 4, seed: 1 });
    const objections = await Promise.all(
      requests.map(async (request) => objection(request, await rawRequest(stage.api, request.method, request.target, request.headers, request.body))),
    );
    expect(objections.filter((text) => text !== '')).toEqual([]);
  });
});
