import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LedgerTransaction } from '../../lib/core/ledger.ts';
import type { Tache } from '../../lib/core/tache.ts';
import type { MatchDependencies } from '../../lib/use-cases/match-statement.ts';
import { abandonTache, matchStatement } from '../../lib/use-cases/match-statement.ts';
import { failed, paid, transaction } from '../core/ledger-rows.ts';
import { orangeRow } from '../core/reading.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { aTache } from './a-tache.ts';

const DAY = { start: '2026-03-07T00:00', end: '2026-03-07T23:59' };
/** One row of each class that a statement can hold, and what the ledger has for it. */
const ROWS = [
  paid(0, { Référence: 'PP1' }),
  paid(60, { Référence: 'PP2', Crédit: 900 }),
  paid(70, { Référence: 'PP1' }),
  paid(100, { Référence: 'PP3', Correspondant: '0707000003' }),
  paid(200, { Référence: 'PP4', Correspondant: '0707000004' }),
  paid(300, { Crédit: '-' }),
];
const TRANSACTIONS = [
  transaction({ transId: 'T1', payid: 'PP1' }),
  transaction({ transId: 'T2', payid: 'PP2', amount: '1000' }),
  failed(110, { transId: 'T3', phone: '0707000003' }),
  transaction({ transId: 'T5', payid: 'PP1', createdAt: '2026-03-07T13:00:00Z' }),
  transaction({ transId: 'T6', payid: 'PP6', createdAt: '2026-03-07T14:00:00Z' }),
];

/** Keeps a statement and makes its tache, as a call does. */
async function given(world: World, rows: readonly object[] | Uint8Array = ROWS, changes: Partial<Tache> = {}): Promise<Tache> {
  const id = await world.taches.nextId();
  const source = await world.objects.put(changes.source?.key ?? `statements/OMCI/${id}`, rows instanceof Uint8Array ? rows : JSON.stringify(rows), 'application/json');
  const tache = aTache({ id, bounds: DAY, ...changes, source });
  await world.taches.create(tache);
  return tache;
}

async function detailsOf({ taches, details }: Pick<World, 'taches' | 'details'>, id: number) {
  const edition = (await taches.get(id))?.outcome?.edition ?? 'none';
  const [correspondents, unexplained, anomalies] = await Promise.all([
    details.read(id, edition, 'correspondent', 0, 100),
    details.read(id, edition, 'unexplained', 0, 100),
    details.read(id, edition, 'anomaly', 0, 100),
  ]);
  return { correspondents, unexplained, anomalies };
}

async function matched(world: World, rows: readonly object[] | Uint8Array = ROWS, changes: Partial<Tache> = {}) {
  const { id } = await given(world, rows, changes);
  await matchStatement(world, id);
  return { id, tache: await world.taches.get(id), ...(await detailsOf(world, id)) };
}

function resultsOf({ objects }: World, id: number): readonly string[] {
  const keys = objects.keys().filter((key) => key.startsWith(`resultats/${id}/`));
  expect(keys.length).toBeLessThanOrEqual(1);
  return (objects.text(keys[0] ?? '') ?? '').trimEnd().split('\n');
}

describe('a statement that is matched', () => {
  it('brings its tache to ATTENTE with figures, bridge, counts and period', async () => {
    const { tache } = await matched(aWorld({ transactions: TRANSACTIONS }));
    expect(tache).toMatchObject({
      state: 'ATTENTE',
      description: '',
      period: { start: '2026-03-07T00:00:00Z', end: '2026-03-07T23:59:00Z' },
      outcome: {
        totals: { operatorAmount: 20_900, ledgerAmount: 16_000, amountDifference: 4_900, operatorCount: 5, ledgerCount: 4, countDifference: 1 },
        bridge: { amountResidual: 0, countResidual: 0, amountDiffers: { amount: -100, count: 0 }, absent: { amount: -5_000, count: -1 } },
        counts: { matched: 1, amountDiffers: 1, statementDuplicates: 1, correspondents: 1, unexplained: 1, ledgerDuplicates: 1, absent: 1, read: 6, setAside: 1, bad: 0 },
      },
    });
    expect(tache).not.toHaveProperty('progress');
  });

  it('writes its exceptions under ids that go through', async () => {
    const { correspondents, unexplained, anomalies } = await matched(aWorld({ transactions: TRANSACTIONS }));
    expect(correspondents).toMatchObject([{ id: 1, row: { payid: 'PP3', amount: '5000' }, transaction: { transId: 'T3' } }]);
    expect(unexplained).toMatchObject([{ id: 2, row: { payid: 'PP4' } }]);
    expect(anomalies.map(({ type }) => type)).toEqual(['amount-differs', 'statement-duplicate', 'ledger-duplicate', 'absent']);
  });

  it('writes every row with its class to the results', async () => {
    const world = aWorld({ transactions: TRANSACTIONS });
    const { id } = await matched(world);
    const classes = resultsOf(world, id).map((line) => /"classe":"(\w+)"/u.exec(line)?.[1]);
    expect(classes.toSorted()).toEqual([
      'absent_operateur',
      'correspondent',
      'doublon_cinetpay',
      'doublon_operateur',
      'mis_de_cote',
      'montant_different',
      'not_correspondent',
      'rapproche',
    ]);
  });

  it('without bounds takes its period from its rows, a minute wider', async () => {
    const { tache } = await matched(aWorld({ transactions: TRANSACTIONS }), ROWS, { bounds: {} });
    expect(tache?.period).toEqual({ start: '2026-03-07T11:59:00Z', end: '2026-03-07T12:04:20Z' });
  });

  it('with one bound takes the other from its rows', async () => {
    const { tache } = await matched(aWorld(), ROWS, { bounds: { start: '2026-03-07T09:00' } });
    expect(tache?.period).toEqual({ start: '2026-03-07T09:00:00Z', end: '2026-03-07T12:04:20Z' });
  });

  it('of which no row counts and no bound is given has no period and no ledger rows', async () => {
    const { tache } = await matched(aWorld({ transactions: TRANSACTIONS }), [orangeRow({ Crédit: '-' })], { bounds: {} });
    expect(tache).toMatchObject({ state: 'ATTENTE', outcome: { totals: { operatorCount: 0, ledgerCount: 0 }, counts: { read: 1, setAside: 1 } } });
    expect(tache).not.toHaveProperty('period');
  });

  it('may be packed', async () => {
    expect((await matched(aWorld(), gzipSync(JSON.stringify(ROWS)))).tache).toMatchObject({ state: 'ATTENTE', outcome: { counts: { read: 6 } } });
  });

  it('leaves no file on the disk', async () => {
    const world = aWorld({ transactions: TRANSACTIONS });
    await matched(world);
    await matched(world, Buffer.from('%PDF-1.7 \u0000'));
    expect(world.objects.spooled()).toBe(0);
  });
});

describe('a second delivery', () => {
  it('after the end changes nothing', async () => {
    const world = aWorld({ transactions: TRANSACTIONS });
    const { id, tache, correspondents } = await matched(world);
    await world.ledger.importTransactions([transaction({ transId: 'T7', createdAt: '2026-03-07T15:00:00Z' })]);
    world.clock.pass(60_000);
    await matchStatement(world, id);
    expect(await world.taches.get(id)).toEqual(tache);
    expect((await detailsOf(world, id)).correspondents).toEqual(correspondents);
  });

  it('of a worker that died at any step comes to the same figures, details and ids', async () => {
    const undisturbed = await matched(aWorld({ transactions: TRANSACTIONS }));
    const steps = await atEveryStep((through) => {
      const world = aWorld({ transactions: TRANSACTIONS });
      const fragile: MatchDependencies = {
        ...world,
        taches: through(world.taches),
        details: through(world.details),
        objects: through(world.objects),
        ledger: through(world.ledger),
      };
      const begun = given(world);
      return {
        work: async () => matchStatement(fragile, (await begun).id),
        afterwards: async (step) => {
          const { id } = await begun;
          await matchStatement(world, id);
          expect({ step, id, tache: await world.taches.get(id), ...(await detailsOf(world, id)) }).toEqual({ step, ...undisturbed });
          expect(resultsOf(world, id), `step ${step}`).toHaveLength(8);
          expect(world.objects.spooled(), `step ${step}`).toBeLessThanOrEqual(1);
        },
      };
    });
    expect(steps).toBeGreaterThan(15);
  });

  it('that sees fewer exceptions than the run that died shows none of its rows', async () => {
    const world = aWorld();
    const { id } = await given(world);
    const dying: MatchDependencies = { ...world, taches: { ...world.taches, complete: () => Promise.reject(new Error('the worker dies')) } };
    await expect(matchStatement(dying, id)).rejects.toThrow('dies');
    await world.ledger.importTransactions(TRANSACTIONS);
    await matchStatement(world, id);
    expect((await detailsOf(world, id)).unexplained.map(({ row }) => row.payid)).toEqual(['PP4']);
  });

  it('at the same time: both come to the end, one result stands', async () => {
    const world = aWorld({ transactions: TRANSACTIONS });
    const { id } = await given(world);
    await Promise.all([matchStatement(world, id), matchStatement(world, id)]);
    const undisturbed = await matched(aWorld({ transactions: TRANSACTIONS }));
    expect(await world.taches.get(id)).toEqual(undisturbed.tache);
    expect(await detailsOf(world, id)).toMatchObject({ correspondents: undisturbed.correspondents, unexplained: undisturbed.unexplained });
  });

  it('that is slower and saw another ledger overwrites neither the details nor the results of the first', async () => {
    const world = aWorld({ transactions: TRANSACTIONS });
    const { id } = await given(world);
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow: MatchDependencies = {
      ...world,
      details: {
        ...world.details,
        write: async (tacheId, details) => {
          reached.resolve();
          await released.promise;
          return world.details.write(tacheId, details);
        },
      },
      ledger: { ...world.ledger, window: () => pagesOf([]) },
    };
    const late = matchStatement(slow, id);
    await reached.promise;
    await matchStatement(world, id);
    const first = { tache: await world.taches.get(id), details: await detailsOf(world, id), results: resultsOf(world, id) };
    released.resolve();
    await late;
    expect(first.details.unexplained).toHaveLength(1);
    expect({ tache: await world.taches.get(id), details: await detailsOf(world, id), results: resultsOf(world, id) }).toEqual(first);
  });

  it('whose progress comes late does not undo the end', async () => {
    const world = aWorld({ transactions: TRANSACTIONS });
    const { id, tache } = await matched(world);
    await world.taches.reportProgress(id, { step: 'lecture', rows: 1, percent: 25 }, world.now());
    expect(await world.taches.get(id)).toEqual(tache);
  });

  it('of a tache that is not there does nothing', async () => {
    const world = aWorld();
    await matchStatement(world, 404);
    expect(world.taches.all()).toEqual([]);
  });
});

describe('a file that cannot be used gives a tache in ECHEC that says why in French', () => {
  const REFUSED: readonly (readonly [string, readonly object[] | Uint8Array, string])[] = [
    ['without a column', [{ Date: '07/03/2026', Heure: '09:00:00', Référence: 'PP1', Statut: 'SUCCES', 'Compte OM': '0700000001', Correspondant: '0707123456' }], 'Crédit'],
    ['of another account', [orangeRow({ 'Compte OM': '0799999999' })], "compte de l'opérateur"],
    ['with bad rows', [orangeRow(), orangeRow({ Crédit: 'cinq' }), orangeRow({ Heure: '25:00' })], '2 ligne(s) à corriger'],
    ['without rows', [], 'vide'],
    ['with a header and no more', Buffer.from('Date;Heure;Référence;Statut;Crédit;Compte OM;Correspondant\n'), 'aucune ligne'],
    ['that is no table', Buffer.from('%PDF-1.7 \u0000'), 'classeur'],
    ['that is empty', Buffer.alloc(0), 'vide'],
    ['that breaks off', gzipSync(JSON.stringify(ROWS)).subarray(0, 40), 'incomplet'],
  ];

  it.each(REFUSED)('%s', async (_what, rows, words) => {
    const world = aWorld();
    const { tache } = await matched(world, rows);
    expect(tache).toMatchObject({ state: 'ECHEC', description: expect.stringContaining(words) });
    expect(tache).not.toHaveProperty('outcome');
    expect(tache).not.toHaveProperty('resumable');
    expect(world.objects.keys().filter((key) => key.startsWith('depot/'))).toEqual([]);
  });

  it.each(REFUSED)('%s, and where it was dropped a report stands beside it', async (_what, rows, words) => {
    const world = aWorld();
    const { id } = await matched(world, rows, { owner: 'depot', source: { key: 'depot/operateurs/OMCI/mars.json' } });
    const report = world.objects.text('depot/refus/operateurs/OMCI/mars.json.rapport.json') ?? '{}';
    expect(JSON.parse(report)).toMatchObject({ fichier: 'depot/operateurs/OMCI/mars.json', tache: id, raison: expect.stringContaining(words) });
  });

  it('the report lists every bad row with its columns, the description the first twenty', async () => {
    const world = aWorld();
    const bad = Array.from({ length: 25 }, (_, index) => orangeRow({ Référence: `PP${index}`, Crédit: 'cinq' }));
    const { tache } = await matched(world, bad, { source: { key: 'depot/operateurs/OMCI/mars.json' } });
    const report = JSON.parse(world.objects.text('depot/refus/operateurs/OMCI/mars.json.rapport.json') ?? '{}');
    expect(report).toMatchObject({ lignes: bad.map((_, ligne) => ({ ligne, problemes: [{ column: 'Crédit' }] })) });
    expect(tache?.description).toContain('ligne 19 (Crédit');
    expect(tache?.description).not.toContain('ligne 20 (');
    expect(tache?.description).toContain('et 5 autres');
  });

  it('whose object is gone', async () => {
    const world = aWorld();
    const { id, source } = await given(world);
    world.objects.remove(source);
    await matchStatement(world, id);
    expect(await world.taches.get(id)).toMatchObject({ state: 'ECHEC', description: expect.stringContaining("n'est plus là") });
  });

  it('whose operator is gone', async () => {
    const world = aWorld();
    const { id } = await given(world, ROWS, { operatorCode: 'OMXX' });
    await matchStatement(world, id);
    expect(await world.taches.get(id)).toMatchObject({ state: 'ECHEC', description: expect.stringContaining('OMXX') });
  });
});

describe('where the operator sets bad rows apart', () => {
  const operators = [operatorNamed('OMCI', { badRows: 'quarantine' })];
  const rows = [...ROWS, orangeRow({ Crédit: 'cinq' })];

  it('the good ones are matched and the bad ones listed on the tache', async () => {
    const { tache } = await matched(aWorld({ operators, transactions: TRANSACTIONS }), rows);
    expect(tache).toMatchObject({
      state: 'ATTENTE',
      outcome: { totals: { operatorCount: 5 }, counts: { bad: 1, read: 7 } },
      description: expect.stringContaining('ligne 6 (Crédit'),
    });
  });

  it('and in a report beside a dropped file', async () => {
    const world = aWorld({ operators, transactions: TRANSACTIONS });
    await matched(world, rows, { source: { key: 'depot/operateurs/OMCI/mars.json' } });
    expect(JSON.parse(world.objects.text('depot/refus/operateurs/OMCI/mars.json.rapport.json') ?? '{}')).toMatchObject({ lignes: [{ ligne: 6 }] });
  });

  it('another account for all rows still refuses the file', async () => {
    const { tache } = await matched(aWorld({ operators }), [orangeRow({ 'Compte OM': '0799999999' })]);
    expect(tache).toMatchObject({ state: 'ECHEC' });
  });
});

describe('work that failed at every try', () => {
  it('ends in ECHEC, and is taken up again where its message is delivered once more', async () => {
    const world = aWorld({ transactions: TRANSACTIONS });
    const { id } = await given(world);
    const broken: MatchDependencies = { ...world, ledger: { ...world.ledger, window: () => pagesOf([], new Error('no table')) } };
    await expect(matchStatement(broken, id)).rejects.toThrow('no table');
    await abandonTache(world, id);
    expect(await world.taches.get(id)).toMatchObject({ state: 'ECHEC', resumable: true, description: expect.stringContaining('raison technique') });
    await matchStatement(world, id);
    expect(await world.taches.get(id)).toMatchObject({ state: 'ATTENTE', description: '' });
    expect(await world.taches.get(id)).not.toHaveProperty('resumable');
  });

  it('given up after another worker came to the end changes nothing', async () => {
    const world = aWorld({ transactions: TRANSACTIONS });
    const { id, tache } = await matched(world);
    await abandonTache(world, id);
    expect(await world.taches.get(id)).toEqual(tache);
  });

  it('on a file that was refused stays refused', async () => {
    const world = aWorld();
    const { id, tache } = await matched(world, []);
    await abandonTache(world, id);
    await matchStatement(world, id);
    expect(await world.taches.get(id)).toEqual(tache);
  });
});

/** Pages of a window, then perhaps a failure. */
async function* pagesOf(pages: readonly (readonly LedgerTransaction[])[], failure?: Error): AsyncGenerator<readonly LedgerTransaction[]> {
  yield* pages;
  if (failure !== undefined) throw failure;
}
