import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiServer, apiServer, type Reply, type Seen } from './api-server.ts';
import { wireTache } from './wire-tache.ts';

const PROGRAM = join(import.meta.dirname, '../../../bin/reconcile.ts');

let home = '';
let server: ApiServer | undefined;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'process-'));
});
afterEach(async () => {
  await server?.close();
  rmSync(home, { recursive: true, force: true });
});

async function started(words: readonly string[], reply: (seen: Seen) => Reply) {
  server = await apiServer(reply);
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: home, env: { HOME: home, RECONCILE_API: server.address }, stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, err: text(child.stderr), code: new Promise<number | null>((resolve) => child.once('close', resolve)) };
}

describe('the process of a command', () => {
  it('ends at Ctrl-C with 130, and tells how to find the tache again', async () => {
    writeFileSync(join(home, 'releve.csv'), 'x');
    let looks = 0;
    const { child, err, code } = await started(['submit', 'releve.csv', '--operateur', 'OMCI', '--watch'], ({ request }) => {
      if (request.startsWith('POST')) return { body: { resultat: 'ok', details: wireTache({ etat: 'CREATION' }) } };
      if (++looks === 2) child.kill('SIGINT');
      return { body: wireTache({ etat: 'ENCOURS' }) };
    });
    expect(await code).toBe(130);
    expect(await err).toContain('La tâche 3 continue sans vous : « show 3 »');
  });

  it('ends quietly where whoever reads has had enough, as `| head` does', async () => {
    const row = { id: 1, payment_date: '', payid: 'P', status: '', phone_num: '', amount: '1', trans_id: '', account: '', agent: '', tache: 3 };
    const page = { ...wireTache(), correspondent: [], not_correspondent: Array.from({ length: 500 }, () => row), anomalies: [] };
    const { child, err, code } = await started(['show', '3', '--tout', '--json'], ({ request }) => {
      const at = Number(/cursor=(\d+)/u.exec(request)?.[1] ?? 0);
      return { body: page, headers: { link: `</details_taches/3?cursor=${at + 1}>; rel="next"` } };
    });
    child.stdout.once('data', () => child.stdout.destroy());
    expect([await code, await err]).toEqual([0, '']);
  });
});
