import { describe, expect, it } from 'vitest';
import { later } from '../../lib/core/later.ts';
import type { LedgerTransaction } from '../../lib/core/ledger.ts';
import type { Tache } from '../../lib/core/tache.ts';
import { wireBalance, wireOpenItem } from '../../lib/http/schemas/open-items.ts';
import { carryForward, importAndRetry } from '../../lib/use-cases/carry-forward.ts';
import { keepManualWork } from '../../lib/use-cases/keep-manual-work.ts';
import { listOpenItems, type OpenItemFilter, openBalance } from '../../lib/use-cases/list-open-items.ts';
import { matchStatement } from '../../lib/use-cases/match-statement.ts';
import { retryOpenItems } from '../../lib/use-cases/retry-open-items.ts';
import { workByHand } from '../../lib/use-cases/work-by-hand.ts';
import { failed, paid, transaction } from '../core/ledger-rows.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { openItemsInMemory } from '../fakes/open-items-in-memory.ts';
import { queueInMemory } from '../fakes/queue-in-memory.ts';
import { aWorld } from '../fakes/world.ts';
import { aTache } from './a-tache.ts';

const DAY_MS = 86_400_000;
/** How long a worker lives. */
const LIFE_MS = 15 * 60_000;
const EVERYBODY = { mayRead: async () => true, mayValidate: async () => true };

/** Two days of Orange CI: what each statement and each import brings, and what stays open after it. */
function story(before: readonly LedgerTransaction[] = []) {
  const world = { ...aWorld({ transactions: before }), openItems: openItemsInMemory(), retryQueue: queueInMemory<string>() };
  const deps = { ...world, transactions: { find: async (transId: string) => world.ledger.all().find((one) => one.transId === transId) } };
  const list = async (filter: OpenItemFilter = {}) => (await listOpenItems(deps, filter, 100, undefined, EVERYBODY)).items.map(wireOpenItem);
  return {
    ...deps,
    list,
    /** Matches a statement of a day of March 2026. */
    async statement(day: string, rows: readonly object[], changes: Partial<Tache> = {}): Promise<number> {
      const id = await world.taches.nextId();
      const source = await world.objects.put(`statements/OMCI/${id}`, JSON.stringify(rows), 'application/json');
      await world.taches.create(aTache({ id, bounds: { start: `2026-03-${day}T00:00`, end: `2026-03-${day}T23:59` }, ...changes, source }));
      await matchStatement(deps, id);
      await carryForward(deps, id);
      return id;
    },
    imported: (transactions: readonly LedgerTransaction[]) => importAndRetry(deps, (ledger) => ledger.importTransactions(transactions)),
    /** Does what the queue asks for. */
    async retried() {
      for (const operatorCode of deps.retryQueue.drain()) await retryOpenItems(deps, operatorCode, later(world.now(), LIFE_MS));
      world.clock.pass(60_000);
    },
    nextDay: () => world.clock.pass(DAY_MS),
    async byHand(id: number, ligne: number, action: 'lien' | 'lien-retire' | 'mise-de-cote' | 'mise-de-cote-retiree', transId = '') {
      const work = action === 'lien' ? { action, transId, reason: 'vu' } : { action, reason: 'vu' };
      await keepManualWork(deps, await workByHand(deps, id, ligne, work, { username: 'awa', ...EVERYBODY }));
    },
    actions: async (id: number) => (await world.journal.entries(id)).map(({ action }) => action),
    balance: async () => (await openBalance(deps, {}, EVERYBODY)).map(wireBalance),
  };
}

/** A port of which each call waits for something to happen first. */
function withEachCall<Port extends object>(port: Port, happens: () => Promise<void>): Port {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        await happens();
        return Reflect.apply(member, target, given);
      };
    },
  });
}

const LATE_ROW = paid(0, { Référence: 'PP-LATE', Correspondant: '0707000001' });
const LONELY_ROW = paid(60, { Référence: 'PP-LONELY', Correspondant: '0707000002', Crédit: 700 });
const LATE_SUCCESS = transaction({ transId: 'T-LATE', payid: 'PP-NIGHT', createdAt: '2026-03-07T12:30:00Z' });

/** Day 1: two rows that nothing explains and a success that the operator does not have. */
async function dayOne() {
  const world = story([LATE_SUCCESS]);
  const id = await world.statement('07', [LATE_ROW, LONELY_ROW]);
  await world.retried();
  return { ...world, id };
}

describe('what a reconciliation leaves open', () => {
  it('is listed as new, with its age in days of the operator and its bucket', async () => {
    const world = await dayOne();
    expect(await world.list()).toMatchObject([
      { type: 'absent_operateur', tache: 1, jour: '2026-03-07', age: 1, tranche: '0-1', etat: 'nouveau', cpm_trans_id: 'T-LATE', resolution: null },
      { type: 'not_correspondent', payid: 'PP-LATE', age: 1, etat: 'nouveau', resolution: null },
      { type: 'not_correspondent', payid: 'PP-LONELY', etat: 'nouveau' },
    ]);
    world.clock.pass(6 * DAY_MS);
    expect(await world.list()).toMatchObject([{ age: 7, tranche: '2-7' }, {}, {}]);
    world.clock.pass(DAY_MS);
    expect(await world.list()).toMatchObject([{ age: 8, tranche: '8-30' }, {}, {}]);
    world.clock.pass(23 * DAY_MS);
    expect(await world.list()).toMatchObject([{ age: 31, tranche: 'plus-de-30' }, {}, {}]);
  });

  it('is explained by a transaction of its reference and amount that comes later to the ledger', async () => {
    const world = await dayOne();
    world.nextDay();
    await world.imported([transaction({ transId: 'T-SO-LATE', payid: 'PP-LATE', phone: '0707000001' })]);
    await world.retried();
    expect(await world.list({ states: ['resolved'] })).toMatchObject([{ payid: 'PP-LATE', etat: 'resolu', resolution: { par: 'ligne_tardive', cpm_trans_id: 'T-SO-LATE' } }]);
    expect(await world.list({ states: ['new', 'persistent'] })).toMatchObject([
      { cpm_trans_id: 'T-LATE', etat: 'persistant' },
      { payid: 'PP-LONELY', etat: 'persistant' },
    ]);
  });

  it('is explained by the statement of the next day that has what the operator booked after midnight', async () => {
    const world = await dayOne();
    world.nextDay();
    const second = await world.statement('08', [paid(0, { Date: '08/03/2026', Référence: 'PP-NIGHT' })]);
    await world.retried();
    expect(await world.list({ kind: 'absent' })).toMatchObject([{ cpm_trans_id: 'T-LATE', etat: 'resolu', resolution: { par: 'succes_tardif', tache: second, ligne: 0 } }]);
    // The row of the second statement was open for its own tache: its success lies outside its window.
    expect(await world.list({ tacheId: second })).toMatchObject([{ payid: 'PP-NIGHT', etat: 'resolu', resolution: { par: 'ligne_tardive', cpm_trans_id: 'T-LATE' } }]);
  });

  it('is told once in the journal of its tache, whose classes, totals and bridge stay what the run found', async () => {
    const world = await dayOne();
    const before = (await world.taches.get(world.id))?.outcome;
    await world.imported([transaction({ transId: 'T-SO-LATE', payid: 'PP-LATE' })]);
    await world.retried();
    expect(await world.actions(world.id)).toEqual(['creation', 'resultat', 'ecarts-resolus']);
    expect((await world.journal.entries(world.id)).at(-1)).toMatchObject({
      by: 'systeme',
      data: { nombre: 1, montant: '5000', devise: 'XOF', ecarts: [{ montant: '5000', par: 'ligne_tardive', cpm_trans_id: 'T-SO-LATE' }] },
    });
    expect((await world.taches.get(world.id))?.outcome).toEqual(before);
  });

  it('stays as it is when everything comes a second time', async () => {
    const world = await dayOne();
    world.nextDay();
    const again = async () => {
      await world.imported([transaction({ transId: 'T-SO-LATE', payid: 'PP-LATE' })]);
      for (const id of [1, 2]) await carryForward(world, id);
      await world.retried();
    };
    await world.statement('08', [paid(0, { Date: '08/03/2026', Référence: 'PP-NIGHT' })]);
    await again();
    const [items, journals, balance] = [await world.list(), [await world.journal.entries(1), await world.journal.entries(2)], await world.balance()];
    await again();
    expect(await world.list()).toEqual(items);
    expect([await world.journal.entries(1), await world.journal.entries(2)]).toEqual(journals);
    expect(await world.balance()).toEqual(balance);
  });

  it('is new until something came that could have explained it, whatever came before it was open', async () => {
    const world = story();
    await world.imported([transaction({ transId: 'T-X' })]);
    world.clock.pass(1_000);
    await world.statement('07', [LONELY_ROW]);
    await world.retried();
    await world.imported([transaction({ transId: 'T-X' })]);
    expect(await world.list({ kind: 'unexplained' })).toMatchObject([{ etat: 'nouveau' }]);
    await world.retried();
    expect(await world.list({ kind: 'unexplained' })).toMatchObject([{ etat: 'persistant' }]);
  });
});

describe('what only looks alike', () => {
  it('is proposed, for a person to link: a transaction without success, of the same phone and amount', async () => {
    const world = await dayOne();
    await world.imported([failed(90, { transId: 'T-FAILED', phone: '0707000002', amount: '700' })]);
    await world.retried();
    expect(await world.list({ payid: 'PP-LONELY' })).toMatchObject([{ etat: 'persistant', resolution: null, proposition: { cpm_trans_id: 'T-FAILED', ambigu: false } }]);
    expect(await world.actions(world.id)).toEqual(['creation', 'resultat']);
  });

  it('is not proposed where the tache has that transaction for another of its rows', async () => {
    const taken = failed(20, { transId: 'T-TAKEN', phone: '0707000002', amount: '700' });
    const world = story([taken]);
    await world.statement('07', [LONELY_ROW, paid(20, { Référence: 'PP-TWIN', Correspondant: '0707000002', Crédit: 700 })]);
    await world.retried();
    await world.imported([taken]);
    await world.retried();
    expect(await world.list()).toMatchObject([{ payid: 'PP-LONELY', proposition: null }]);
  });

  it('is proposed where the reference is the same and the amount is not', async () => {
    const world = await dayOne();
    await world.imported([transaction({ transId: 'T-OTHER', payid: 'PP-LATE', amount: '4000' })]);
    await world.retried();
    expect(await world.list({ payid: 'PP-LATE' })).toMatchObject([{ etat: 'persistant', resolution: null, proposition: { cpm_trans_id: 'T-OTHER' } }]);
  });
});

describe('what stands in two taches', () => {
  it('is open in the later one only, so that nothing is counted twice', async () => {
    const world = await dayOne();
    await world.statement('07', [LATE_ROW, LONELY_ROW, paid(90, { Référence: 'PP-NIGHT' })]);
    await world.retried();
    expect(await world.list({ tacheId: 1 })).toMatchObject([
      { cpm_trans_id: 'T-LATE', resolution: { par: 'succes_tardif', tache: 2 } },
      { payid: 'PP-LATE', resolution: { par: 'reporte', tache: 2 } },
      { payid: 'PP-LONELY', resolution: { par: 'reporte', tache: 2 } },
    ]);
    expect(await world.balance()).toMatchObject([{ ouverts: { nombre: 2, montant: 5_700 }, resolus: { nombre: 3, montant: 10_700 } }]);
  });
});

describe('a success that the ledger takes back', () => {
  it('is missing at the operator no longer', async () => {
    const world = await dayOne();
    await world.imported([{ ...LATE_SUCCESS, status: 'FAILED' }]);
    await world.retried();
    expect(await world.list({ kind: 'absent' })).toMatchObject([{ etat: 'resolu', resolution: { par: 'corrige' } }]);
  });
});

describe('work by hand', () => {
  it('resolves an open item at once, and opens it again where it is taken back', async () => {
    const world = await dayOne();
    const [, , lonely] = await world.list();
    const ligne = lonely?.type === 'not_correspondent' ? lonely.ligne : 0;
    await world.byHand(world.id, ligne, 'mise-de-cote');
    expect(await world.list({ payid: 'PP-LONELY' })).toMatchObject([{ etat: 'resolu', resolution: { par: 'mise_de_cote' } }]);
    expect(await world.balance()).toMatchObject([{ ouverts: { nombre: 2, montant: 10_000 }, resolus: { nombre: 1, montant: 700 } }]);
    await world.byHand(world.id, ligne, 'mise-de-cote-retiree');
    expect(await world.list({ payid: 'PP-LONELY' })).toMatchObject([{ etat: 'nouveau', resolution: null }]);
    expect(await world.balance()).toMatchObject([{ ouverts: { nombre: 3 }, resolus: { nombre: 0, montant: 0 } }]);
  });

  it('counts though it was done before the item was open', async () => {
    const world = story();
    const id = await world.statement('07', [LONELY_ROW]);
    const [row] = await world.details.read(id, (await world.taches.get(id))?.outcome?.edition ?? '', 'unexplained', 0, 1);
    await world.byHand(id, row?.id ?? 0, 'mise-de-cote');
    await world.retried();
    expect(await world.balance()).toMatchObject([{ ouverts: { nombre: 0 }, resolus: { nombre: 1, montant: 700 } }]);
  });
});

describe('the list', () => {
  it('goes on where it ended, page by page, without losing or repeating an item', async () => {
    const world = story();
    const rows = Array.from({ length: 7 }, (_, index) => paid(index, { Référence: `PP-${index}`, Correspondant: `07070001${index}0` }));
    for (const day of ['05', '06'])
      await world.statement(
        day,
        rows.map((row) => ({ ...row, Date: `${day}/03/2026`, Référence: `${day}-${row['Référence']}` })),
      );
    await world.retried();
    const seen: string[] = [];
    for (let cursor: Parameters<typeof listOpenItems>[3] | 'start' = 'start'; cursor !== undefined; ) {
      const page: Awaited<ReturnType<typeof listOpenItems>> = await listOpenItems(world, {}, 3, cursor === 'start' ? undefined : cursor, EVERYBODY);
      seen.push(...page.items.map(wireOpenItem).map((item) => (item.type === 'not_correspondent' ? item.payid : '')));
      cursor = page.next;
    }
    expect(seen).toEqual(['05', '06'].flatMap((day) => rows.map((row) => `${day}-${row['Référence']}`)));
  });

  it('shows nobody what is of taches that they may not see', async () => {
    const world = await dayOne();
    const strangers = { mayRead: async () => false };
    expect((await listOpenItems(world, {}, 10, undefined, strangers)).items).toEqual([]);
    expect(await openBalance(world, {}, strangers)).toEqual([]);
  });

  it('finds by phone, reference, amount, day, age and kind', async () => {
    const world = await dayOne();
    const payids = async (filter: OpenItemFilter) => (await world.list(filter)).map((item) => (item.type === 'not_correspondent' ? item.payid : item.cpm_payid));
    expect(await payids({ phone: '0707000001' })).toEqual(['PP-LATE']);
    expect(await payids({ least: '600', most: '700' })).toEqual(['PP-LONELY']);
    expect(await payids({ kind: 'absent' })).toEqual(['PP-NIGHT']);
    expect(await payids({ from: '2026-03-08' })).toEqual([]);
    expect(await payids({ bucket: '2-7' })).toEqual([]);
    expect(await payids({ operatorCode: 'MTNCI' })).toEqual([]);
  });
});

describe('a retry', () => {
  /** The second day, with everything that it explains, up to its retry. */
  async function dayTwo() {
    const world = await dayOne();
    world.nextDay();
    await world.statement('08', [paid(0, { Date: '08/03/2026', Référence: 'PP-NIGHT' }), LATE_ROW]);
    await world.imported([transaction({ transId: 'T-LONELY', payid: 'PP-LONELY', amount: '700' }), failed(3, { transId: 'T-FAILED', phone: '0707000001' })]);
    return world;
  }
  const endOf = async (world: Awaited<ReturnType<typeof dayTwo>>) => {
    const journals = await Promise.all([1, 2].map((id) => world.journal.entries(id)));
    const told = journals.flat().flatMap(({ data, action }) => (action === 'ecarts-resolus' && Array.isArray(data['ecarts']) ? data['ecarts'] : []));
    return {
      items: (await world.list()).map(({ resolution, ...item }) => ({ ...item, par: resolution?.par })),
      balance: await world.balance(),
      told: told.map((one) => JSON.stringify(one)).sort(),
    };
  };

  it('may die at any step: who goes on resolves the rest, tells each resolution once, and counts all of them', async () => {
    const undisturbed = await dayTwo();
    await undisturbed.retried();
    const whole = await endOf(undisturbed);
    expect(whole.told).toHaveLength(4);
    const steps = await atEveryStep((through) => {
      const begun = dayTwo();
      return {
        work: async () => {
          const world = await begun;
          world.retryQueue.drain();
          const fragile = { ...world, openItems: through(world.openItems), journal: through(world.journal), details: through(world.details), retries: through(world.retries) };
          await retryOpenItems(fragile, 'OMCI', later(world.now(), LIFE_MS));
        },
        afterwards: async (step) => {
          const world = await begun;
          // Where it died while it held the operator, that ends.
          world.clock.pass(LIFE_MS + 1);
          await retryOpenItems(world, 'OMCI', later(world.now(), LIFE_MS));
          expect({ step, ...(await endOf(world)) }).toEqual({ step, ...whole });
          expect(await world.retries.due('OMCI', 10)).toEqual([]);
        },
      };
    });
    expect(steps).toBeGreaterThan(60);
  });

  it('of an operator that another worker is at is asked for again, and does nothing', async () => {
    const world = await dayOne();
    await world.imported([transaction({ transId: 'T-SO-LATE', payid: 'PP-LATE' })]);
    await world.retries.lease('OMCI', 'another', world.now(), '2027-01-01T00:00:00Z');
    world.retryQueue.drain();
    await retryOpenItems(world, 'OMCI', later(world.now(), LIFE_MS));
    expect(world.retryQueue.sent()).toEqual(['OMCI']);
    expect(await world.list({ states: ['resolved'] })).toEqual([]);
  });

  it('that fails for one statement goes on with what else is due, and fails in the end', async () => {
    const world = story();
    for (const day of ['05', '06']) await world.statement(day, [paid(0, { Date: `${day}/03/2026`, Référence: day })]);
    const [key = ''] = world.objects.keys().filter((one) => one.startsWith('resultats/1/'));
    world.objects.remove({ key });
    await expect(retryOpenItems(world, 'OMCI', later(world.now(), LIFE_MS))).rejects.toThrow('the result of tache 1 is gone');
    expect(await world.list()).toMatchObject([{ tache: 2, payid: '06' }]);
    expect(await world.retries.due('OMCI', 10)).toMatchObject([{ tacheId: 1 }]);
  });

  it('finds what was imported while the statement was being matched, at each of its steps', async () => {
    const late = transaction({ transId: 'T-SO-LATE', payid: 'PP-LATE', createdAt: '2026-03-07T12:30:00Z' });
    const row = paid(0, { Référence: 'PP-LATE' });
    const outcomes = new Set<string>();
    const steps = { count: 1 };
    for (let step = 0; step < steps.count; step += 1) {
      const world = story();
      const id = await world.taches.nextId();
      const source = await world.objects.put('statements/OMCI/1', JSON.stringify([row]), 'application/json');
      await world.taches.create(aTache({ id, bounds: { start: '2026-03-07T00:00', end: '2026-03-07T23:59' }, source }));
      let at = 0;
      const meanwhile = async () => {
        at += 1;
        if (at !== step) return;
        await world.imported([late]);
        await world.retried();
      };
      const ledger = {
        ...world.ledger,
        async *window(...given: Parameters<typeof world.ledger.window>) {
          await meanwhile();
          yield* world.ledger.window(...given);
          await meanwhile();
        },
      };
      const [taches, details, retries] = [withEachCall(world.taches, meanwhile), withEachCall(world.details, meanwhile), withEachCall(world.retries, meanwhile)];
      await matchStatement({ ...world, ledger, taches, details, retries }, id);
      await meanwhile();
      await carryForward(world, id);
      await world.retried();
      steps.count = at + 1;
      const items = await world.list();
      outcomes.add(items.map(({ etat, resolution }) => `${etat} ${resolution?.par}`).join());
      expect({ step, due: await world.retries.due('OMCI', 10) }).toEqual({ step, due: [] });
    }
    expect(steps.count).toBeGreaterThan(8);
    // Step 0 is the match to which nothing comes; where the import came first the match found it itself.
    expect(outcomes).toEqual(new Set(['nouveau undefined', '', 'resolu ligne_tardive']));
  });

  it('is held up by no statement that is being matched, however many there are, and tries again what came meanwhile until none is', async () => {
    const world = await dayOne();
    const ids = Array.from({ length: 60 }, (_, index) => 100 + index);
    for (const id of ids) {
      await world.taches.create(aTache({ id, state: 'ENCOURS' }));
      await world.retries.ask('OMCI', { kind: 'statement', tacheId: id, at: world.now() });
    }
    await world.imported([transaction({ transId: 'T-SO-LATE', payid: 'PP-LATE', createdAt: '2026-03-07T12:30:00Z' })]);
    const retried = () => retryOpenItems(world, 'OMCI', later(world.now(), LIFE_MS));
    expect(await retried()).toMatchObject({ days: 1, resolved: 1 });
    expect(await world.retries.due('OMCI', 100)).toHaveLength(61);
    for (const id of ids) await world.taches.fail(id, 'illisible', world.now());
    expect(await retried()).toMatchObject({ days: 1, resolved: 0 });
    expect(await world.retries.due('OMCI', 100)).toEqual([]);
  });

  it('keeps the operator to itself as long as it may live, however often it says so, and begins nothing in the second half of that time', async () => {
    const world = story();
    for (const day of ['05', '06', '07']) await world.statement(day, [paid(0, { Date: `${day}/03/2026`, Référence: day })]);
    const endsAt = later(world.now(), LIFE_MS);
    const leases: string[] = [];
    const retries = {
      ...world.retries,
      lease: async (operatorCode: string, holder: string, at: string, until: string) => {
        leases.push(until);
        return world.retries.lease(operatorCode, holder, at, until);
      },
      async done(...[operatorCode, retry]: Parameters<typeof world.retries.done>) {
        world.clock.pass(LIFE_MS / 4);
        await world.retries.done(operatorCode, retry);
      },
    };
    world.retryQueue.drain();
    expect(await retryOpenItems({ ...world, retries }, 'OMCI', endsAt)).toMatchObject({ statements: 2 });
    expect(leases.length).toBeGreaterThan(1);
    expect(new Set(leases)).toEqual(new Set([endsAt]));
    expect(world.retryQueue.drain()).toEqual(['OMCI']);
  });

  it('whose time has run out leaves the rest to a further message', async () => {
    const world = story();
    for (const day of ['05', '06']) await world.statement(day, [paid(0, { Date: `${day}/03/2026`, Référence: day })]);
    world.retryQueue.drain();
    expect(await retryOpenItems(world, 'OMCI', world.now())).toMatchObject({ statements: 1 });
    expect(world.retryQueue.drain()).toEqual(['OMCI']);
    expect(await retryOpenItems(world, 'OMCI', world.now())).toMatchObject({ statements: 1 });
    expect(await world.list()).toHaveLength(2);
  });

  it('sends one message an operator, however many transactions an import brings', async () => {
    const world = story();
    await world.imported(Array.from({ length: 500 }, (_, index) => transaction({ transId: `T${index}`, createdAt: `2026-03-0${1 + (index % 5)}T12:00:00Z` })));
    const sent = world.retryQueue.drain();
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent).toContain('OMCI');
    expect(await world.retries.due('OMCI', 100)).toHaveLength(5);
  });
});
