import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { apiResources, eventually, functionResource, startSmallCloud, stopAndRemove, writeAssembly } from './small-assembly.ts';

const SLOW = `import { setTimeout } from 'node:timers/promises';
  export const handler = async () => { console.log('begun'); await setTimeout(400); return { statusCode: 200, body: 'answered' }; };`;

/** Servers and processes that this process holds. */
function held(): readonly string[] {
  return process.getActiveResourcesInfo().filter((resource) => ['TCPServerWrap', 'ProcessWrap'].includes(resource));
}

it('answers the calls that run, takes no new ones, and leaves neither server nor process behind', async () => {
  const before = held();
  const running = await startSmallCloud({ resources: { ...apiResources({ 'GET /slow': { target: 'Slow' } }), Slow: functionResource('slow') }, functions: { slow: SLOW } });
  const { api } = running.cloud;
  const call = fetch(`${api}/slow`);
  await eventually(() => running.events.find((event) => event.kind === 'log'));
  const stopped = stopAndRemove(running);
  expect(await (await call).text()).toBe('answered');
  await stopped;
  await expect(fetch(`${api}/slow`)).rejects.toThrow('fetch failed');
  await expect.poll(held).toEqual(before);
});

it('ends what it had begun where the template cannot be made real', async () => {
  const before = held();
  const rule = { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 4 * * ? *)' } };
  await expect(startSmallCloud({ resources: { Queue: { Type: 'AWS::SQS::Queue' }, Rule: rule } })).rejects.toThrow('cron');
  await expect.poll(held).toEqual(before);
});

it('takes the processes of its functions along when it is killed', async () => {
  const folder = await writeAssembly({
    resources: { ...apiResources({ 'GET /pid': { target: 'Pid' } }), Pid: functionResource('pid') },
    functions: { pid: 'export const handler = async () => ({ statusCode: 200, body: String(process.pid) });' },
  });
  const script = join(folder, 'run.mjs');
  const module = new URL('../../lib/local/local-cloud.ts', import.meta.url).href;
  await writeFile(
    script,
    `const { startLocalCloud } = await import(${JSON.stringify(module)});
     const cloud = await startLocalCloud({ assembly: ${JSON.stringify(join(folder, 'assembly'))}, dataDir: ${JSON.stringify(join(folder, 'data'))} });
     console.log(await (await fetch(cloud.api + '/pid')).text());`,
  );
  const machine = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: machine.stdout }), 'line');
  machine.kill('SIGKILL');
  await eventually(() => (exists(Number(line)) ? undefined : true));
  await rm(folder, { recursive: true });
});

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
