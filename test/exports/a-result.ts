import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerTransaction } from '../../lib/core/ledger.ts';
import type { Tache } from '../../lib/core/tache.ts';
import type { ExportSubject } from '../../lib/exports/export-subject.ts';
import { readResultLines } from '../../lib/exports/read-result-lines.ts';
import type { ResultLine } from '../../lib/exports/result-line.ts';
import { matchStatement } from '../../lib/use-cases/match-statement.ts';
import { resultKey } from '../../lib/use-cases/result-lines.ts';
import { failed, paid, transaction } from '../core/ledger-rows.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { aTache } from '../use-cases/a-tache.ts';

/** What a cell must not be able to do, and what must not be lost of it. */
export const HOSTILE = '=HYPERLINK("http://x";"<&>")';
export const LONG_REFERENCE = '00012345678901234567890123';

/** A row of each class, some with texts that are hard to keep. */
export const ROWS: readonly object[] = [
  paid(0, { Référence: 'PP1' }),
  paid(60, { Référence: 'PP2', Crédit: 900 }),
  paid(70, { Référence: 'PP1' }),
  paid(100, { Référence: LONG_REFERENCE, Correspondant: '0707000003' }),
  paid(200, { Référence: HOSTILE, Correspondant: '0707000004' }),
  paid(300, { Crédit: '-', Référence: '@mise' }),
  paid(400, { Crédit: 'mille', Référence: 'PP9' }),
];
export const TRANSACTIONS: readonly LedgerTransaction[] = [
  transaction({ transId: 'T1', payid: 'PP1' }),
  transaction({ transId: 'T2', payid: 'PP2', amount: '1000' }),
  failed(110, { transId: '+T3', phone: '0707000003' }),
  transaction({ transId: 'T5', payid: 'PP1', createdAt: '2026-03-07T13:00:00Z' }),
  transaction({ transId: 'T6', payid: 'PP6', createdAt: '2026-03-07T23:30:00Z' }),
];

export interface MatchedWorld extends World {
  readonly tache: Tache;
}

/** A tache that was matched, bad rows set apart. */
export async function matchedWorld(rows: readonly object[] = ROWS, transactions: readonly LedgerTransaction[] = TRANSACTIONS, changes: Partial<Tache> = {}): Promise<MatchedWorld> {
  const world = aWorld({ transactions, operators: [operatorNamed('OMCI', { badRows: 'quarantine' })] });
  const source = await world.objects.put('statements/OMCI/1', JSON.stringify(rows), 'application/json');
  const id = await world.taches.nextId();
  await world.taches.create(aTache({ id, bounds: { start: '2026-03-07T00:00', end: '2026-03-07T23:59' }, fileName: 'relevé <mars> & "avril".csv', ...changes, source }));
  await matchStatement(world, id);
  const tache = await world.taches.get(id);
  if (tache?.outcome === undefined) throw new Error(`the tache has no result: ${tache?.description}`);
  return { ...world, tache };
}

export interface Result {
  readonly subject: ExportSubject;
  readonly lines: () => AsyncIterable<readonly ResultLine[]>;
}

/** What exports are made of. */
export async function aResult(world: MatchedWorld, changes: Partial<ExportSubject> = {}): Promise<Result> {
  const { tache } = world;
  if (tache.outcome === undefined) throw new Error('no result');
  const path = join(tmpdir(), `lignes-${randomUUID()}`);
  await writeFile(path, world.objects.text(resultKey(tache.id, tache.outcome.edition)) ?? '');
  const subject = {
    tache,
    outcome: tache.outcome,
    operatorName: 'Orange Côte d’Ivoire',
    timeZone: 'Africa/Abidjan',
    journal: undefined,
    madeAt: '2026-03-08T07:00:00.000000Z',
    ...changes,
  };
  return { subject, lines: () => readResultLines(path) };
}

export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
