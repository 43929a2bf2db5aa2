import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCall, UsageError } from '../../lib/cli/command-line.ts';
import { type VerifyResult, verifyJournal, verifyReport } from '../../lib/cli/verify-journal-command.ts';
import { wireEntry } from '../../lib/http/schemas/journal.ts';
import { wireTache } from '../../lib/http/schemas/tache.ts';
import { matchedWorld } from '../exports/a-result.ts';

const folder = mkdtempSync(join(tmpdir(), 'journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function verified(words: readonly string[]): Promise<VerifyResult> {
  const call = readCall(['verify-journal', ...words]);
  if (call.command !== 'verify-journal') throw new Error('another command');
  return verifyJournal(call);
}

type Wire = ReturnType<typeof wireEntry>;

async function written(change: (entries: readonly Wire[]) => readonly Wire[] = (entries) => entries) {
  const { journal, tache } = await matchedWorld();
  const entries = (await journal.entries(1)).map(wireEntry);
  const path = join(folder, 'journal.json');
  writeFileSync(path, JSON.stringify(change(entries)));
  return { path, entries, tache };
}

describe('verify-journal', () => {
  it('proves a journal that was saved, and names its last hash', async () => {
    const { path, entries } = await written();
    const result = await verified(['--file', path]);
    expect(result).toEqual({ kind: 'holds', tacheId: 1, entries: 2, hash: entries.at(-1)?.empreinte });
    expect(verifyReport(result)).toContain('2 écriture(s)');
  });

  it('names the entry that was changed', async () => {
    const { path } = await written((entries) => entries.map((entry) => (entry.numero === 2 ? { ...entry, donnees: { ...entry.donnees, montantCinetpay: '1' } } : entry)));
    const result = await verified(['--file', path, '--tache', '1']);
    expect(result).toMatchObject({ kind: 'broken', number: 2 });
    expect(verifyReport(result)).toContain('modifiée');
  });

  it('finds a hash that was noted on paper, and misses it in a journal that was written anew', async () => {
    const { path, entries } = await written();
    expect((await verified(['--file', path, '--empreinte', (entries[0]?.empreinte ?? '').toUpperCase()])).kind).toBe('holds');
    expect(await verified(['--file', path, '--empreinte', 'f'.repeat(64)])).toMatchObject({ kind: 'broken', detail: expect.stringContaining('réécrit') });
  });

  it('from an API follows its pages, and finds an end that was cut off by what the tache says', async () => {
    const { entries, tache } = await written();
    const answers =
      (kept: readonly Wire[], shown = wireTache(tache)) =>
      (address: string) => {
        if (!address.includes('/journal')) return Response.json(shown);
        const at = Number(new URL(address).searchParams.get('cursor') ?? 0);
        const link = at + 1 < kept.length ? { link: `<https://api.test/v1/taches/1/journal?cursor=${at + 1}>; rel="next"` } : {};
        return Response.json(kept.slice(at, at + 1), { headers: link });
      };
    const from = async (answer: (address: string) => Response) => {
      const before = globalThis.fetch;
      globalThis.fetch = async (address) => answer(String(address));
      try {
        return await verified(['--api', 'https://api.test/v1/', '--tache', '1']);
      } finally {
        globalThis.fetch = before;
      }
    };
    expect(await from(answers(entries))).toMatchObject({ kind: 'holds', entries: 2 });
    expect(await from(answers(entries.slice(0, 1)))).toMatchObject({ kind: 'broken', number: 2, detail: expect.stringContaining('coupée') });
    expect(await from(answers(entries, { ...wireTache(tache), montantCinetpay: 1 }))).toMatchObject({ kind: 'broken', number: 2, detail: expect.stringContaining('chiffres') });
    expect(await from(() => new Response('', { status: 401 }))).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('RECONCILIATION_TOKEN') });
  });

  it.each([['--json'], ['--api', 'https://x'], ['--api', 'https://x', '--tache', 'un'], ['--api', 'https://x', '--tache', '1', '--file', 'y']])(
    'called with %j is told how',
    (...words) => {
      expect(() => readCall(['verify-journal', ...words])).toThrow(UsageError);
    },
  );
});
