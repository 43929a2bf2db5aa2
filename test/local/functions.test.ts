import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { FunctionSettings } from '../../lib/local/lambda/function-settings.ts';
import { createLocalFunction, type LocalFunction } from '../../lib/local/lambda/local-function.ts';
import { warmWorkers } from '../../lib/local/lambda/warm-workers.ts';
import type { LocalEvent } from '../../lib/local/local-event.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

async function functionOf(source: string, settings: Partial<FunctionSettings> = {}): Promise<{ readonly fn: LocalFunction; readonly events: LocalEvent[] }> {
  const codeFolder = await mkdtemp(join(tmpdir(), 'function-'));
  await writeFile(join(codeFolder, 'index.mjs'), source);
  const events: LocalEvent[] = [];
  const warm = warmWorkers(4);
  const fn = createLocalFunction(
    {
      name: 'small',
      arn: 'arn:aws:lambda:eu-west-1:000000000000:function:small',
      codeFolder,
      handler: 'index.handler',
      timeoutSeconds: 20,
      memoryMegabytes: 128,
      concurrency: 3,
      environment: { GIVEN: 'yes' },
      ...settings,
    },
    warm,
    (event) => events.push(event),
  );
  cleanups.push(async () => {
    await fn.stop();
    await warm.stop();
    await rm(codeFolder, { recursive: true });
  });
  return { fn, events };
}

const alternating = (fault: string) => `export const handler = async (event) => { if (event.fault) { ${fault} } return 'fine'; };`;

it('answers what the handler returns, as JSON', async () => {
  const { fn } = await functionOf('export const handler = async (event) => ({ doubled: event.n * 2, nothing: undefined });');
  expect(await fn.invoke('{"n":21}')).toEqual({ ok: true, payload: '{"doubled":42}' });
});

it('answers null where the handler returns nothing', async () => {
  const { fn } = await functionOf('export const handler = async () => {};');
  expect(await fn.invoke('{}')).toEqual({ ok: true, payload: 'null' });
});

it('sees only the environment that it was given', async () => {
  const { fn } = await functionOf('export const handler = async () => process.env;');
  expect(await fn.invoke('{}')).toEqual({ ok: true, payload: '{"GIVEN":"yes"}' });
});

it('stays warm: what a module remembers is there at the next call', async () => {
  const { fn } = await functionOf('let calls = 0; export const handler = async () => (calls += 1);');
  await fn.invoke('{}');
  expect(await fn.invoke('{}')).toEqual({ ok: true, payload: '2' });
});

it('runs no more copies at once than it may, and makes the others wait', async () => {
  const source = `import { setTimeout } from 'node:timers/promises';
    export const handler = async () => { const from = Date.now(); await setTimeout(150); return [from, Date.now()]; };`;
  const { fn } = await functionOf(source, { concurrency: 2 });
  const results = await Promise.all(Array.from({ length: 5 }, () => fn.invoke('{}')));
  const spans = results.map((result) => (result.ok ? JSON.parse(result.payload) : undefined));
  const together = spans.map(([from]) => spans.filter(([otherFrom, otherTo]) => otherFrom <= from && from < otherTo).length);
  expect(Math.max(...together)).toBe(2);
});

it('tells the handler who it is and how much time is left', async () => {
  const source = 'export const handler = async (_, c) => [c.functionName, c.memoryLimitInMB, c.invokedFunctionArn, c.awsRequestId.length, c.getRemainingTimeInMillis() <= 20000];';
  const { fn } = await functionOf(source);
  expect(await fn.invoke('{}')).toEqual({ ok: true, payload: '["small","128","arn:aws:lambda:eu-west-1:000000000000:function:small",36,true]' });
});

it('is stopped at its timeout, also in the middle of a loop, and the next call finds a fresh copy', async () => {
  const { fn } = await functionOf(alternating('for (;;);'), { timeoutSeconds: 1 });
  const result = await fn.invoke('{"fault":true}');
  expect(result).toMatchObject({ ok: false, failure: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('Task timed out after 1.00 seconds') } });
  expect(await fn.invoke('{}')).toEqual({ ok: true, payload: '"fine"' });
});

it.each([
  ['an error that the handler throws', "throw new RangeError('too far')", { errorType: 'RangeError', errorMessage: 'too far' }],
  ['an error outside of the handler', "setTimeout(() => { throw new TypeError('late'); }); await new Promise(() => {});", { errorType: 'TypeError', errorMessage: 'late' }],
  ['a rejection that nobody handles', "Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 5000));", { errorMessage: 'lost' }],
  ['process.exit', 'process.exit(3)', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') }],
  [
    'objects beyond its memory',
    'const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length));',
    { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching('signal: (aborted|killed)') },
  ],
  [
    'buffers beyond its memory',
    'const kept = []; for (;;) { kept.push(Buffer.alloc(8 * 1024 * 1024, 1)); await new Promise((r) => setTimeout(r, 10)); }',
    { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('signal: killed') },
  ],
  ['an answer that is no JSON', 'return 1n;', { errorType: 'TypeError' }],
  ['an answer over 6 MB', "return 'x'.repeat(6 * 1024 * 1024 + 200);", { errorType: 'Function.ResponseSizeTooLarge' }],
])('%s fails that call and no other', async (_, fault, failure) => {
  const { fn } = await functionOf(alternating(fault));
  expect(await fn.invoke('{"fault":true}')).toMatchObject({ ok: false, failure });
  expect(await fn.invoke('{}')).toEqual({ ok: true, payload: '"fine"' });
});

it.each([
  ['a module that cannot be loaded', "throw new Error('no settings');", 'no settings'],
  ['a module without the handler', 'export const other = 1;', 'handler is undefined or not exported'],
  ['a handler with a callback', 'export const handler = (event, context, callback) => callback(null, 1);', 'callback handlers are not supported'],
])('%s fails every call', async (_, source, message) => {
  const { fn } = await functionOf(source);
  expect(await fn.invoke('{}')).toMatchObject({ ok: false, failure: { errorMessage: message.includes('callback') ? expect.stringContaining(message) : message } });
});

it('refuses an event over 6 MB', async () => {
  const { fn } = await functionOf('export const handler = async () => 1;');
  expect(await fn.invoke(JSON.stringify('x'.repeat(6 * 1024 * 1024)))).toMatchObject({ ok: false, failure: { errorType: 'RequestEntityTooLargeException' } });
});

it('keeps the lines that a call writes, under the id of the call', async () => {
  const { fn, events } = await functionOf(
    "export const handler = async (_, c) => { console.log('one'); console.error('two'); await new Promise((r) => setTimeout(r, 50)); return c.awsRequestId; };",
  );
  const result = await fn.invoke('{}');
  const requestId = result.ok ? JSON.parse(result.payload) : '';
  const lines = events.flatMap((event) => (event.kind === 'log' ? [[event.requestId, event.line]] : []));
  expect(lines.toSorted()).toEqual([
    [requestId, 'one'],
    [requestId, 'two'],
  ]);
});

it('writes the errors of a call into its log, as Lambda does', async () => {
  const { fn, events } = await functionOf("export const handler = async () => { throw new RangeError('too far'); };");
  await fn.invoke('{}');
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'log', line: expect.stringMatching(/^Invoke Error\t\{"errorType":"RangeError","errorMessage":"too far","trace":\[.*index\.mjs/) }),
  );
});

it('cuts off calls when it stops, those that wait too, and refuses new ones', async () => {
  const { fn } = await functionOf('export const handler = () => new Promise(() => setInterval(() => {}, 1000));', { concurrency: 1 });
  const calls = [fn.invoke('{}'), fn.invoke('{}'), fn.invoke('{}')];
  await fn.stop();
  expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual([false, false, false]);
  expect(await fn.invoke('{}')).toMatchObject({ ok: false, failure: { errorType: 'ServiceException' } });
});
